"""What `moving_average` must do. Each check brings the numbers it expects."""

from __future__ import annotations

import numpy as np

from autograder import check
from autograder.sandbox import Lent

SERIES = [2.0, 4.0, 9.0, 3.0, 7.0, 5.0]


def numbers(got):
    """The result as an array of one dimension, or a sentence about what it is instead."""
    assert isinstance(got, np.ndarray), f"the result must be a NumPy array, not a {type(got).__name__}"
    assert got.ndim == 1, f"the result must have one dimension, not {got.ndim}"
    return got


@check(points=1, hint="there are n - window + 1 full windows")
def test_length(submission):
    """has one value for every full window"""
    for window, length in ((3, 4), (1, 6), (6, 1), (7, 0)):
        got = numbers(submission.moving_average(SERIES, window))

        assert len(got) == length, (
            f"6 values have {length} full windows of {window}; the result has {len(got)} values"
        )


@check(points=2, needs=["test_length"], hint="add up the values of a window and divide by `window`")
def test_means(submission):
    """averages each window"""
    got = numbers(submission.moving_average(SERIES, 3))

    for place, (mean, expected) in enumerate(zip(got, [5, 16 / 3, 19 / 3, 5], strict=True)):
        assert abs(mean - expected) < 1e-9, f"the mean of window {place} is {expected:.4g}, not {mean:.4g}"


@check(points=1, hint="`np.array(values, dtype=float)` turns whole numbers into decimal ones")
def test_whole_numbers(submission):
    """gives decimal numbers for whole ones"""
    got = numbers(submission.moving_average([1, 2], 2))

    assert list(got) == [1.5], f"the mean of 1 and 2 is 1.5; what came back is {list(got)}"


@check(points=1, needs=["test_length"], hint="work on a copy: `np.array(values, dtype=float)`")
def test_values_stay(submission):
    """leaves the values of the caller alone"""
    values = Lent(np.array(SERIES))
    submission.moving_average(values, 2)

    assert not values.changed, "the array that was given has changed"
