"""What a probe reads off numbers alone: their precision, how a row of sizes goes on, what sums they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from expect import Array


def digits(points: Array | None, start: Sequence[float]) -> str:
    """The precision that the points seem to have, in a word; *start* must have more digits than float32."""
    if points is None or not np.all(np.isfinite(points)) or np.all(points[1:] == points[0]):
        return ""
    moved = points[1:]
    steps = np.unique(np.round(np.abs(np.diff(points, axis=0)), 8))
    # Steps of a few equal sizes are round for another reason.
    few = np.all(np.abs(moved * 1e8 - np.round(moved * 1e8)) < 1e-4) or np.array_equal(
        moved, np.round(moved, 12)
    )
    if few and len(steps) > 3:
        return "rounded"
    for kind in (np.float16, np.float32):
        if np.array_equal(moved, moved.astype(kind)):
            return kind.__name__
        short = np.asarray(start, dtype=kind).astype(float)
        if np.array_equal(points[0], short) and np.any(short != start):
            return f"start in {kind.__name__}"
    return ""


def pattern(factors: Sequence[float]) -> str:
    """How the sizes of steps that should all be 1 go on: the same, or becoming smaller in one of the usual ways."""
    sizes = np.asarray(factors, dtype=float)
    if not np.all(np.isfinite(sizes)):
        return "not numbers"
    if _close(sizes, sizes[:1]):
        return "right" if _close(sizes, 1) else "one factor"
    slack = 1e-9 * np.max(np.abs(sizes))
    if np.all(np.diff(sizes) >= -slack) and sizes[0] > 0:
        return "larger and larger"
    number = np.arange(1, len(sizes) + 1)
    shapes = {
        "geometric": (sizes[1:] / sizes[:-1])[:1] ** (number - 1),
        "over the step": 1 / number,
        "over the root of the step": 1 / np.sqrt(number),
    }
    for name, shape in shapes.items():
        if _close(sizes / sizes[0], shape):
            return name
    inverse = 1 / sizes
    if _close(np.diff(inverse), np.diff(inverse)[:1]):
        return "over one plus a part of the step"
    return "smaller and smaller" if np.all(np.diff(sizes) <= slack) else "changing"


def _close(values: Array, others: Any) -> bool:
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(values - others) <= 1e-5 * (np.abs(values) + np.abs(others))))


def fits(targets: Array, *parts: Array) -> Array | None:
    """The weights with which *parts* add up to *targets*, to six digits; None if there are no such weights."""
    columns = np.column_stack([part.reshape(-1) for part in parts])
    wanted = targets.reshape(-1)
    if not (np.all(np.isfinite(columns)) and np.all(np.isfinite(wanted))) or len(wanted) <= columns.shape[1]:
        return None
    weights, _, rank, _ = np.linalg.lstsq(columns, wanted, rcond=None)
    missed = np.max(np.abs(columns @ weights - wanted))
    return weights if rank == columns.shape[1] and missed <= 1e-6 * np.max(np.abs(wanted)) else None
