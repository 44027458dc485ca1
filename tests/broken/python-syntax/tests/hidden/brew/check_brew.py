from autograder import check

@check(points=1
def test_strong(submission):
    pass
