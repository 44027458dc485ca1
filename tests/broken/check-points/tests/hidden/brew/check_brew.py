from autograder import check


@check(hint='x')
def test_strong(submission):
    """is strong after five minutes"""
    assert submission.brew(5) > 3, "too weak"


def test_more(submission):
    """is more"""


@check(points=0)
def test_none(submission):
    """is nothing"""
