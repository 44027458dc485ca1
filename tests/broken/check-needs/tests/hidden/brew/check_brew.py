from autograder import check


@check(points=1)
def test_strong(submission):
    """is strong after five minutes"""
    assert submission.brew(5) > 3, "too weak"


@check(points=1, needs=["test_stong"])
def test_weak(submission):
    """is weak"""


@check(points=1, needs=["test_cold"])
def test_hot(submission):
    """is hot"""


@check(points=1, needs=["test_hot"])
def test_cold(submission):
    """is cold"""
