from autograder import check
from kettle import HOT


@check(points=1)
def test_strong(submission):
    """is strong after five minutes"""
    assert submission.brew(5, HOT) > 3, "too weak"
