from autograder import check


@check(each="convergence")
def test_converges(submission, problems):
    """reaches the strength of {problem} in {minutes} minutes"""
    assert submission.brew(criterion.minutes) > 3, "too weak"


@check(points=1)
def test_strong(submission, criterion):
    """is strong after five minutes"""
    assert submission.brew(5) > 3, "too weak"
