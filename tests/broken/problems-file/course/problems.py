PROBLEMS = dict(sencha=1)
