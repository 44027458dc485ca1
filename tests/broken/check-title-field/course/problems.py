PROBLEMS = {"sencha": 1, "assam": 2}
