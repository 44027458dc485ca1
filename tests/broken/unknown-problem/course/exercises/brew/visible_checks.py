print(brew)
