def brew(minutes:
    pass
