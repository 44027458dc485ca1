"""Which step of the right walk each row of a result holds: a slip in how rows are kept shows in that, whatever it was written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from expect import Array
from trials import same_row, table_in

from autograder.sandbox import Call, Fault

EMPTY, OTHER = "-", "?"
Walker = Callable[[Any, Sequence[float], int], Array]
"""walker(gradient, start, n_steps) -> the points of a right walk."""


def rows_kept(*trials: tuple[Call | Fault, Array, int], lost: bool) -> list[Any]:
    """Of what kind the order of the rows is, told by several runs: each with what came back, a right walk of at least twice
    its length, and its steps. Nothing where all is right, where the rows are not those of a right walk, or where the points are
    *lost*: rows of nan were written then."""
    orders = [order(*trial) for trial in trials]
    return ["rows", orders] if all(orders) and not lost else []


def order(outcome: Call | Fault, right: Array, n_steps: int) -> str:
    """The steps after which each row of *outcome* was reached, in a word; nothing where that is right or cannot be told."""
    array = None if isinstance(outcome, Fault) else table_in(outcome.value, right.shape[1], n_steps)
    if array is None or len(array) > len(right):
        return ""
    steps = [_step(row, right) for row in array]
    moving = set(steps) - {"0", OTHER}
    if OTHER in steps[1:] or not moving or steps == [str(k) for k in range(n_steps + 1)]:
        return ""
    return " ".join(steps)


def _step(row: Array, right: Array) -> str:
    if np.all(np.isnan(row)) or not np.any(row):
        return EMPTY
    return next((str(k) for k, point in enumerate(right) if same_row(row, point)), OTHER)


def descent_walk(rate: float) -> Walker:
    """The walk of gradient descent with *rate*."""

    def walker(gradient: Any, start: Sequence[float], n_steps: int) -> Array:
        points = [np.array(start, dtype=float)]
        for _ in range(n_steps):
            points.append(points[-1] - rate * gradient(points[-1].copy()))
        return np.array(points)

    return walker


def adam_walk(rate: float, beta1: float, beta2: float, epsilon: float) -> Walker:
    """The walk of Algorithm 1 with these settings."""

    def walker(gradient: Any, start: Sequence[float], n_steps: int) -> Array:
        points = [np.array(start, dtype=float)]
        m = v = np.zeros(len(points[0]))
        for t in range(1, n_steps + 1):
            g = gradient(points[-1].copy())
            m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
            step = m / (1 - beta1**t) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
            points.append(points[-1] - rate * step)
        return np.array(points)

    return walker
