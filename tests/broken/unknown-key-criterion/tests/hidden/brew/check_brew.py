from autograder import check


@check(each="convergence")
def test_converges(submission, problems, criterion):
    """reaches the strength of {problem} in {minutes} minutes"""
    assert submission.brew(criterion.minutes) > 3, "too weak"
