"""Does it arrive? One check for each criterion in course.yaml, on the public problems.

Right implementations differ by rounding alone here, and each criterion is met with a wide margin, so none can miss one.
"""

from __future__ import annotations

import numpy as np
from expect import holds, is_whole, numbers, only_once
from sweeps import finds_losses, late

from autograder import check


@check(
    each="convergence",
    hint="Compare your rows with the table by hand in the exercise; then plot them",
)
def test_converges(submission, problems, criterion):
    """the row of learning rate {learning_rate} comes within {within} of the lowest loss of `{problem}` in {steps} steps"""
    problem = problems[criterion["problem"]]
    rate = criterion["learning_rate"]

    got = submission.learning_rate_sweep(
        problem.loss, problem.gradient, problem.start.copy(), [rate], criterion["steps"]
    )

    row = np.atleast_2d(numbers(got))[0]
    above = row[-1] - problem.minimum if row.size else np.nan
    assert above <= criterion["within"], (
        f"{criterion['problem']}, learning rate {rate}, {criterion['steps']} steps: the last loss in the row is {above:.3g} "
        f"above the lowest possible one; at most {criterion['within']:g} is asked for"
    )
    is_whole(
        submission,
        len(row),
        criterion["steps"],
        f"{criterion['problem']}, {criterion['steps']} steps",
        "columns",
    )
    if holds(finds_losses, submission):
        j = late(got, problem, rate, criterion["steps"])
        with only_once(submission, "late steps"):
            assert j is None, (
                f"{criterion['problem']}, learning rate {rate}: column {j} is the first that is not the loss after {j} such steps"
            )
