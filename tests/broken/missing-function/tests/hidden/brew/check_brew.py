from autograder import check


@check(points=1)
def test_strong(submission):
    """is strong after five minutes"""
    assert submission.brew(5) > 3, "too weak"
