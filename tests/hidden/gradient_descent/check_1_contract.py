"""The contract of `gradient_descent`: what goes in, and the form of what comes out. Nothing here looks at the steps."""

from __future__ import annotations

import numpy as np
from expect import decimal_without_a_step, describe, leaves_start, numbers, same, show, table

from autograder import check


@check(points=1, hint="Put a copy of the start in the history first, then one row after each step")
def test_shape(submission, problems):
    """returns one row for the start and one for each step"""
    bowl = problems["bowl"]

    for n_steps, rows in ((3, 4), (1, 2), (0, 1)):
        got = submission.gradient_descent(bowl.gradient, [4.0, 1.0], 0.1, n_steps)

        assert isinstance(got, np.ndarray), (
            f"the result must be a NumPy array; what came back is {describe(got)}"
        )
        assert got.shape == (rows, 2), (
            f"n_steps={n_steps} with 2 parameters needs the shape ({rows}, 2); what came back is {describe(got)}"
        )


@check(points=1, hint="Copy w into the history: w itself goes on changing, and every row with it")
def test_first_row(submission, problems):
    """row 0 is the start"""
    for start in ([4, 1.5], [-0.3, 2.7]):  # the first number may be whole, and another one not
        got = submission.gradient_descent(problems["bowl"].gradient, start, 0.1, 3)

        first = table(got, 2)[0]
        assert np.array_equal(first, start), (
            f"the start is {show(start)}; row 0 of the result is {show(first)}"
        )


@check(
    points=1,
    hint="Begin with `np.array(start, dtype=float)`: it copies, and makes decimal numbers of whole ones",
)
def test_kinds_of_start(submission, problems):
    """takes a list, a tuple, whole numbers or a read-only array as start, and returns float64"""
    gradient = problems["bowl"].gradient
    fixed = np.array([4.0, 1.0])
    fixed.setflags(write=False)
    reference = submission.gradient_descent(gradient, np.array([4.0, 1.0]), 0.3, 4)

    kinds = {
        "a list": [4.0, 1.0],
        "a tuple": (4.0, 1.0),
        "a list of whole numbers": [4, 1],
        "an array of whole numbers": np.array([4, 1]),
        "an array that cannot be written to": fixed,
    }
    for kind, start in kinds.items():
        got = submission.gradient_descent(gradient, start, 0.3, 4)

        numbers(got)
        assert submission.last.dtype == "float64", (
            f"the start was {kind}; the result must be an array of float64, what came back is {describe(got)} "
            f"of {submission.last.dtype or 'no NumPy type'}"
        )
        assert same(got, reference), (
            f"the start was {kind} with the numbers 4 and 1; the result differs from that of an array of decimal numbers"
        )
    decimal_without_a_step(submission.attempt("gradient_descent", gradient, [4, 1], 0.3, 0))


@check(points=1, hint="Work on a copy: `np.array(start, dtype=float)` makes one, `np.asarray(start)` may not")
def test_start_stays(submission, problems):
    """leaves `start` as it is"""
    leaves_start(lambda start: submission.gradient_descent(problems["bowl"].gradient, start, 0.1, 3))
