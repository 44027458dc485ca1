"""The contract of `learning_rate_sweep`: what goes in, and the form of what comes out. Nothing here looks at the steps."""

from __future__ import annotations

import numpy as np
from expect import describe, leaves_list, numbers, same, stay
from instances import NINE

from autograder import check
from autograder.sandbox import Lent

START = np.array([4.0, 1.0])


@check(points=1, hint="One row per learning rate, n_steps + 1 columns: the loss at the start counts too")
def test_shape(submission, problems):
    """returns one row for each learning rate, with one loss for the start and one for each step"""
    bowl = problems["bowl"]
    for rates, n_steps in (([0.1, 0.2, 0.05], 4), (np.array([0.3, 0.1]), 1), ([0.1], 2), ([0.1, 0.2], 0)):
        got = submission.learning_rate_sweep(bowl.loss, bowl.gradient, START, rates, n_steps)

        assert isinstance(got, np.ndarray), (
            f"the result must be a NumPy array; what came back is {describe(got)}"
        )
        assert got.shape == (len(rates), n_steps + 1), (
            f"{len(rates)} learning rate{'s' * (len(rates) > 1)} and n_steps={n_steps} need the shape "
            f"({len(rates)}, {n_steps + 1}); what came back is {describe(got)}"
        )


@check(
    points=1,
    hint="Begin with `np.array(start, dtype=float)`: it copies, and makes decimal numbers of whole ones",
)
def test_kinds_of_start(submission, problems):
    """takes a list, a tuple, whole numbers or a read-only array as start, and returns float64"""
    bowl = problems["bowl"]
    fixed = START.copy()
    fixed.setflags(write=False)
    reference = submission.learning_rate_sweep(bowl.loss, bowl.gradient, START, [0.3, 0.1], 4)

    kinds = {
        "a list": [4.0, 1.0],
        "a tuple": (4.0, 1.0),
        "a list of whole numbers": [4, 1],
        "an array of whole numbers": np.array([4, 1]),
        "an array that cannot be written to": fixed,
    }
    for kind, start in kinds.items():
        got = submission.learning_rate_sweep(bowl.loss, bowl.gradient, start, [0.3, 0.1], 4)

        numbers(got)
        assert submission.last.dtype == "float64", (
            f"the start was {kind}; the result must be an array of float64, what came back is {describe(got)} "
            f"of {submission.last.dtype or 'no NumPy type'}"
        )
        assert same(got, reference), (
            f"the start was {kind} with the numbers 4 and 1; the result differs from that of an array of decimal numbers"
        )


@check(points=1, hint="Work on a copy: `np.array(start, dtype=float)` makes one, `np.asarray(start)` may not")
def test_start_stays(submission):
    """leaves `start` as it is"""
    start, rates = Lent(np.array(NINE.start)), Lent(np.array([0.1, 0.2]))

    def sweep(rates):
        return submission.learning_rate_sweep(NINE.made.loss, NINE.gradient, start, rates, 3)

    numbers(sweep(rates))
    stay(start=start, learning_rates=rates)
    assert leaves_list(sweep, [0.1, 0.2]), "`learning_rates`, a list, was changed by the call: work on a copy"
