"""Does it arrive? One check for each criterion in course.yaml, on the public problems with data.

The orders of the rows differ between right implementations, and with them the last point. tests/test_hidden_chance.py
measures over many orders how far the loss stays below what the criterion allows.
"""

from __future__ import annotations

from expect import last_point, show

from autograder import check
from autograder.sandbox import Seed


@check(
    each="convergence", hint="Compare with the epoch by hand in the exercise; then plot the loss of each row"
)
def test_converges(submission, problems, criterion):
    """comes within {within} of the lowest loss of `{problem}` in {epochs} epochs of batches of {batch_size}"""
    problem = problems[criterion["problem"]]

    got = submission.sgd(
        problem.gradient,
        problem.X.copy(),
        problem.y.copy(),
        problem.start.copy(),
        criterion["learning_rate"],
        criterion["batch_size"],
        criterion["epochs"],
        Seed(criterion["seed"]),
    )

    end = last_point(got, len(problem.start))
    above = problem.loss(end) - problem.minimum
    assert above <= criterion["within"], (
        f"{criterion['problem']}, learning rate {criterion['learning_rate']}, batches of {criterion['batch_size']}, "
        f"{criterion['epochs']} epochs: the last point is {show(end)}, where the loss is {above:.3g} above its lowest value; "
        f"at most {criterion['within']:g} is asked for"
    )
