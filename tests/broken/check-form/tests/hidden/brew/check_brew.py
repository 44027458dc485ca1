from autograder import check


@check(points=1)
def test_strong(submission):
    """is strong after five minutes"""
    assert submission.brew(5) > 3, "too weak"


@check(points=1, hnit="pour")
def strong(submission):
    """is strong"""


@check(points=1, hnit="pour", hint=HINT)
def test_weak(submission):
    """is weak"""


class TestMore:
    pass


if True:

    def test_inside(submission):
        """is inside"""
