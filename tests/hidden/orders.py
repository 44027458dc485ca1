"""Which order was drawn in each of many epochs, read off the result of a training that runs beside the student's code.

With three rows and batches of one there are six orders, and each leads to a point of its own: no call of the gradient
need be watched, so many epochs are cheap. Bounds: `uneven` is a chi-squared sum with 5 degrees of freedom, P(above 43) =
4e-8; `serial` (Good's test of pairs) has 30, P(above 107) = 1e-10. tests/test_hidden_chance.py simulates both.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
from expect import Array

from autograder.sandbox import Call, Seed

EPOCHS = 300
ORDERS = tuple(permutations(range(3)))
UNEVEN, SERIAL = 43.0, 107.0

_X = np.array([[1.0, 0.4], [-0.6, 1.1], [0.5, -1.2]])
_Y = np.array([2.0, -1.5, 1.0])
_RATE = 0.3


START = (0.3, -0.2)


def result(submission: Any, gradient: Any) -> Any:
    """What came back from the training, None if it ended in an error, which other checks say; done once for all that look
    at it. *gradient* is that of `least_squares`."""
    if "orders" not in submission.kept:
        start = np.array(START)
        outcome = submission.attempt("sgd", gradient, _X.copy(), _Y.copy(), start, _RATE, 1, EPOCHS, Seed(7))
        submission.kept["orders"] = outcome.value if isinstance(outcome, Call) else None
    return submission.kept["orders"]


def drawn(submission: Any, gradient: Any) -> list[int] | None:
    """The number of the order that was drawn in each epoch; None where the result does not tell."""
    numbers = read(result(submission, gradient))
    return (
        None if numbers is None or None in numbers else [number for number in numbers if number is not None]
    )


EARLY = 20


def lost_at(submission: Any, gradient: Any) -> int | None:
    """The first epoch, counted from 0, that no order explains, if the first EARLY ones are explained; None if there is none. What
    is wrong from the beginning, or with the last row, is the matter of other checks."""
    numbers = read(result(submission, gradient)) or []
    late = [k for k, number in enumerate(numbers[:-1]) if number is None]
    return late[0] if late and late[0] >= EARLY else None


def read(value: Any) -> list[int | None] | None:
    """The number of the order of each epoch, None for a row to which none leads; None where there is no such table."""
    if not isinstance(value, np.ndarray) or value.shape != (EPOCHS + 1, 2) or value.dtype.kind not in "fiu":
        return None
    points = value.astype(float)
    with np.errstate(all="ignore"):
        apart = np.array(
            [np.linalg.norm(_epoch(points[:-1], order) - points[1:], axis=1) for order in ORDERS]
        )
    nearest = np.argmin(apart, axis=0)
    return [
        int(number) if gap < 1e-5 else None
        for number, gap in zip(nearest, np.min(apart, axis=0), strict=True)
    ]


def _epoch(points: Array, order: tuple[int, ...]) -> Array:
    """Where an epoch in this order leads from each of *points*."""
    for row in order:
        missed = points @ _X[row] - _Y[row]
        points = points - _RATE * missed[:, None] * _X[row]
    return points


def uneven(numbers: list[int]) -> float:
    """How unevenly the orders are spread: the sum of (count - mean) ** 2 / mean."""
    return _spread(np.bincount(numbers, minlength=len(ORDERS)))


def serial(numbers: list[int]) -> float:
    """How much the order of an epoch tells about the next one."""
    pairs = np.zeros((len(ORDERS), len(ORDERS)))
    # The last epoch is followed by the first, so that single orders and pairs are counted equally often.
    np.add.at(pairs, (numbers, np.roll(numbers, -1)), 1)
    return _spread(pairs.reshape(-1)) - uneven(numbers)


def _spread(counts: Array) -> float:
    mean = counts.sum() / counts.size
    return float(np.sum((counts - mean) ** 2) / mean)
