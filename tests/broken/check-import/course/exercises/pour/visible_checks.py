print(pour)
