from autograder import check


@check(points=1)
def test_full(submission):
    """fills the cup"""
    from brew.check_brew import HOT

    assert submission.pour(HOT) == 1, "not full"
