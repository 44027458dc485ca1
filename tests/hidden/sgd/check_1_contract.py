"""The contract of `sgd`: what goes in, and the form of what comes out. Nothing here looks at the steps."""

from __future__ import annotations

import numpy as np
from batches import Data, with_whole_data
from expect import decimal_without_a_step, describe, numbers, same, show, stay, table

from autograder import check
from autograder.sandbox import Lent, Seed


@check(
    points=1,
    hint="Put a copy of the start in the history first, then one row after each epoch (not after each batch)",
)
def test_shape(submission):
    """returns one row for the start and one for each epoch"""
    data = Data(7)
    for n_epochs, rows in ((3, 4), (1, 2), (0, 1)):
        got = submission.sgd(data.noted(), data.X, data.y, np.array([1.0, -2.0]), 0.1, 3, n_epochs, Seed(1))

        assert isinstance(got, np.ndarray), (
            f"the result must be a NumPy array; what came back is {describe(got)}"
        )
        assert got.shape == (rows, 2), (
            f"n_epochs={n_epochs} with 2 parameters needs the shape ({rows}, 2); what came back is {describe(got)}"
        )


@check(points=1, hint="Copy w into the history: w itself goes on changing, and every row with it")
def test_first_row(submission):
    """row 0 is the start"""
    data = Data(7)
    for start in ([4, 1.5], np.array([-0.3, 2.7])):  # the first number may be whole, and another one not
        got = submission.sgd(data.noted(), data.X, data.y, start, 0.1, 3, 2, Seed(1))

        first = table(got, 2)[0]
        assert np.array_equal(first, start), (
            f"the start is {show(start)}; row 0 of the result is {show(first)}"
        )


@check(
    points=1,
    hint="Begin with `np.array(start, dtype=float)`: it copies, and makes decimal numbers of whole ones",
)
def test_kinds_of_start(submission):
    """takes a list, a tuple, whole numbers or a read-only array as start, and returns float64"""
    # With one batch of all rows the order is of no importance, up to rounding.
    data = Data(6)
    fixed = np.array([4.0, 1.0])
    fixed.setflags(write=False)
    reference = submission.sgd(data.noted(), data.X, data.y, np.array([4.0, 1.0]), 0.3, 6, 3, Seed(1))

    kinds = {
        "a list": [4.0, 1.0],
        "a tuple": (4.0, 1.0),
        "a list of whole numbers": [4, 1],
        "an array of whole numbers": np.array([4, 1]),
        "an array that cannot be written to": fixed,
    }
    for kind, start in kinds.items():
        got = submission.sgd(data.noted(), data.X, data.y, start, 0.3, 6, 3, Seed(1))

        numbers(got)
        assert submission.last.dtype == "float64", (
            f"the start was {kind}; the result must be an array of float64, what came back is {describe(got)} "
            f"of {submission.last.dtype or 'no NumPy type'}"
        )
        assert same(got, reference, 1e-6), (
            f"the start was {kind} with the numbers 4 and 1; the result differs from that of an array of decimal numbers"
        )
    decimal_without_a_step(
        submission.attempt("sgd", data.noted(), data.X, data.y, [4, 1], 0.3, 6, 0, Seed(1))
    )
    decimal, whole = with_whole_data(submission.sgd)
    assert submission.last.dtype == "float64" and same(whole, decimal, 1e-6), (
        "X and y hold whole numbers: the result differs from that for the same numbers as decimal ones"
    )


@check(points=1, hint="Shuffle row numbers, not the data; and work on a copy of the start")
def test_inputs_stay(submission):
    """leaves `X`, `y` and `start` as they are"""
    data = Data(7)
    X, y, start = Lent(data.X.copy()), Lent(data.y.copy()), Lent(np.array([4.0, 1.0]))
    numbers(submission.sgd(data.noted(), X, y, start, 0.1, 3, 3, Seed(1)))

    stay(X=X, y=y, start=start)
