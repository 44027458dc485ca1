"""What the probe of `sgd` sees in the steps of a training: in proportion to their gradients, or in words where that is no proportion."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from batches import Training
from expect import Array
from figures import fits, pattern
from replay import steps_of


def steps_found(training: Training | str) -> Any:
    """Each step in proportion to the gradient of its batch, or in words where that is no proportion."""
    if isinstance(training, str):
        return training
    rate = training.rate
    points, slopes = training.points(), training.slopes()
    if len(points) < 3 or not np.all(np.isfinite(points)):
        return "no steps"
    if np.array_equal(points[0], points[1]):
        return ["waits", _waiting(points, slopes, rate)]
    moved = np.diff(points, axis=0)
    if np.allclose(np.abs(moved), np.abs(moved[0, 0]), rtol=1e-6, atol=0):
        return ["off", "sign only", float(f"{abs(moved[0, 0]) / rate:.6g}")]
    found = steps_of(points, slopes)
    if np.all(found.along | ~found.told):
        return _sizes(training, found.rates / rate, np.linalg.norm(slopes[: len(found.rates)], axis=1))
    return ["off", _off(moved, slopes[:-1], points[:-1], rate)]


def _sizes(training: Training, factors: Array, lengths: Array) -> Any:
    """The sizes of the steps in proportion to what they should be; in words where they depend on the order of the rows."""
    right = np.abs(factors - 1) < 1e-6
    if not right.all() and pattern((factors * lengths)[~right]) in ("right", "one factor"):
        if not right.any():
            return ["size", "length one"] if pattern(factors) != "one factor" else ["along", _short(factors)]
        if np.min(lengths[~right]) > np.max(lengths[right]):
            return ["size", "length limited"]
    told = pattern(factors)
    if told in SMALLER:
        each = [len(epoch) for epoch in training.epochs()]
        starts = np.cumsum([0, *each])[:-1]
        by_epoch = all(
            np.ptp(factors[first : first + size]) < 1e-9
            for first, size in zip(starts, each, strict=True)
            if first < len(factors)
        )
        return [
            "size",
            "smaller with the epochs" if by_epoch else "smaller with the steps",
            _short(factors),
        ]
    return ["along", _short(factors)]


SMALLER = (
    *("geometric", "over the step", "over the root of the step", "over one plus a part of the step"),
    "smaller and smaller",
)


def _short(values: Array) -> Array:
    """*values* with six digits."""
    return np.array([float(f"{value:.6g}") for value in values])


def _waiting(points: Array, slopes: Array, rate: float) -> Any:
    """Where the parameters stay for several calls: after how many they move, and by which part of all their gradients."""
    moves = np.flatnonzero(np.any(np.diff(points, axis=0) != 0, axis=1))
    told = []
    for first, last in pairwise([-1, *moves.tolist()]):
        total = np.sum(slopes[first + 1 : last + 1], axis=0)
        told.append(
            [
                last - first,
                round(float(-(points[last + 1] - points[last]) @ total / (total @ total) / rate), 6),
            ]
        )
    return told


def _off(moved: Array, slopes: Array, points: Array, rate: float) -> Any:
    """What the steps have to do with the gradients, if not by one factor each."""
    cut = np.abs(moved + rate * slopes) > 1e-6 * np.abs(rate * slopes)
    if cut.any() and not cut.all() and np.allclose(np.abs(moved[cut]), np.abs(moved[cut][0]), rtol=1e-6):
        return "entries limited"
    for name, targets, parts in (
        ("pulled to zero", moved, (slopes, points)),
        ("carries the last step along", moved[1:], (slopes[1:], moved[:-1])),
        ("an earlier gradient", moved[1:], (slopes[1:], slopes[:-1])),
    ):
        weights = fits(targets, *parts)
        if weights is not None:
            return [
                name,
                np.round(weights / np.array([rate, 1.0 if name != "an earlier gradient" else rate]), 6),
            ]
    weights = fits(moved[1:], slopes[1:], slopes[:-1], moved[:-1])
    if weights is not None:
        return ["asked ahead", np.round(weights / np.array([rate, rate, 1]), 6)]
    if np.allclose(moved, -rate * np.cumsum(slopes, axis=0), rtol=1e-6):
        return "adds up"
    return "other"
