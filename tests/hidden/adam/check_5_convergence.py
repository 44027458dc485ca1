"""Does it arrive? One check for each criterion in course.yaml, on the public problems.

Right implementations differ by rounding alone here, and each criterion is met with a wide margin
(tests/test_hidden_margins.py measures it), so none can miss one.
"""

from __future__ import annotations

from expect import holds, is_whole, last_point, only_once, path_from, show
from replay import follows_algorithm_1, late_adam

from autograder import check


@check(
    each="convergence",
    hint="Compare your steps with the run by hand in the exercise; then plot the loss of each row",
)
def test_converges(submission, problems, criterion):
    """comes within {within} of the lowest loss of `{problem}` in {steps} steps with learning rate {learning_rate}"""
    problem = problems[criterion["problem"]]

    got = submission.adam(problem.gradient, problem.start, criterion["learning_rate"], criterion["steps"])

    end = last_point(got, len(problem.start))
    above = problem.loss(end) - problem.minimum
    assert above <= criterion["within"], (
        f"{criterion['problem']}, learning rate {criterion['learning_rate']}, {criterion['steps']} steps: "
        f"the last point is {show(end)}, where the loss is {above:.3g} above its lowest value; "
        f"at most {criterion['within']:g} is asked for"
    )
    run = f"{criterion['problem']}, {criterion['steps']} steps"
    is_whole(submission, len(got), criterion["steps"], run)
    if holds(follows_algorithm_1, submission):
        points = path_from(problem.start, got, criterion["steps"])
        k = late_adam(points, problem.gradient, criterion["learning_rate"])
        with only_once(submission, "late steps"):
            assert k is None, f"{run}: step t = {k + 1} no longer follows Algorithm 1"
