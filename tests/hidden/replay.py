"""Replays a trajectory on our side: from each point that the student's code reached, the next one is computed anew.

Since each step begins at the student's own point, rounding does not add up over a run, and the first step that is off
is the one in which the mistake shows. How much two sound ways of writing a step may differ:

- The point itself is rounded, so a step cannot be told more finely than a few units in the last place of the point
  (`ROUND` of them are allowed).
- The step is a handful of products, sums and one root. Each costs half a unit in the last place, 1.1e-16 of its size;
  in Adam the powers of beta may be taken one by one (t roundings, 1e-13 for 1,000 steps) and `1 - beta2 ** t` loses
  three digits for t = 1 (1e-13). 1e-9 of the size of the terms is far above all of that, and 60 times below what
  float32 does to a step (6e-8).

`COARSE` is for checks that look at something else than precision, so that float32 costs one check and not all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from expect import EPS, Array, path, path_from
from instances import WAVES

ROUND = 64
FINE = 1e-9
COARSE = 1e-4
HUGE = 1e280
FLOAT32 = 2.0**-29  # how much finer float64 is than float32
Gradient = Callable[[Array], Array]


def gradients(points: Array, gradient: Gradient) -> Array:
    """The gradient at every point."""
    with np.errstate(all="ignore"):
        return np.array([np.asarray(gradient(point), dtype=float) for point in points.copy()]).reshape(
            points.shape
        )


def first_off(got: Array, expected: Array, tolerance: Array) -> int | None:
    """The first row of *got* that differs from *expected* by more than *tolerance*, counted from 0; None if none does.

    Where the exact number is beyond what a float can hold, any inf, nan or huge number is right.
    """
    with np.errstate(all="ignore"):
        close = (np.abs(got - expected) <= tolerance) & np.isfinite(expected)
        overflown = (~np.isfinite(expected) | (np.abs(expected) > HUGE)) & (
            ~np.isfinite(got) | (np.abs(got) > HUGE)
        )
    rows = np.flatnonzero(~np.all(close | overflown, axis=1))
    return int(rows[0]) if rows.size else None


def rounding(points: Array) -> Array:
    """What rounding of the points does to the step from each point to the next."""
    with np.errstate(all="ignore"):
        return ROUND * EPS * np.maximum(np.abs(points[:-1]), np.abs(points[1:]))


# Gradient descent.


def descent(points: Array, slopes: Array, rate: float) -> tuple[Array, Array]:
    """Where each point should have gone, and the tolerance."""
    with np.errstate(all="ignore"):
        step = rate * slopes[: len(points) - 1]
        return points[:-1] - step, FINE * np.abs(step) + rounding(points)


@dataclass(frozen=True)
class Steps:
    """Each step of a trajectory split into a direction and a size: `points[k + 1] = points[k] - rates[k] * slopes[k]`.

    `told` says in which steps there is something to see: the step or the gradient is not lost in rounding.
    """

    rates: Array
    along: Array
    told: Array


def steps_of(points: Array, slopes: Array) -> Steps:
    """The learning rate that each step seems to have used, and whether the step is along the gradient, coarsely."""
    moved = -np.diff(points, axis=0)
    slopes = slopes[: len(moved)]
    noise = rounding(points)
    with np.errstate(all="ignore"):
        largest = np.max(np.abs(slopes), axis=1, keepdims=True)
        unit = slopes / largest
        rates = np.sum(moved * unit, axis=1) / np.sum(unit * unit, axis=1) / largest[:, 0]
        off = (
            np.abs(moved - rates[:, None] * slopes)
            > COARSE * np.abs(rates[:, None] * slopes) + noise / FLOAT32
        )
        finite = np.all(np.isfinite(points[1:]) & np.isfinite(points[:-1]) & np.isfinite(slopes), axis=1)
        told = finite & np.any((np.abs(moved) > noise * 1e3), axis=1)
    return Steps(rates, ~np.any(off, axis=1), told)


def wrong_size(points: Array, slopes: Array, rate: float) -> int | None:
    """The first step whose length along the gradient is not *rate* times the gradient; None if all are right."""
    steps = steps_of(points, slopes)
    expected, tolerance = descent(points, slopes, rate)
    with np.errstate(all="ignore"):
        exact = np.all(np.abs(points[1:] - expected) <= tolerance, axis=1)
        fits = np.abs(np.abs(steps.rates) - rate) <= np.where(steps.told, 1e-7 * rate, np.inf)
    wrong = np.flatnonzero(~exact & ~fits)
    return int(wrong[0]) if wrong.size else None


def wrong_direction(points: Array, slopes: Array) -> int | None:
    """The first step that does not go against the gradient, 0 if none of the points moves; None if all are right."""
    steps = steps_of(points, slopes)
    wrong = np.flatnonzero(steps.told & ~(steps.along & (steps.rates > 0)))
    if wrong.size:
        return int(wrong[0])
    return None if np.any(steps.told) else 0


def descends(submission: Any) -> bool:
    """Whether `gradient_descent` takes the right steps on an ordinary function, to the last digits. If not, that is the matter
    of other checks."""
    if "descends" not in submission.kept:
        points = path(submission.gradient_descent(WAVES.gradient, list(WAVES.start), WAVES.rate, 12), 3)
        expected, tolerance = descent(points, gradients(points, WAVES.gradient), WAVES.rate)
        submission.kept["descends"] = first_off(points[1:], expected, tolerance) is None
    return bool(submission.kept["descends"])


EARLY = 20
"""What is wrong in the first steps is the matter of other checks."""


def stands_still(points: Array) -> bool:
    """Whether the first of two parameters no longer moves when the second one has become inf or nan; *points* has the shape (rows, 2)."""
    beside = points[~np.isfinite(points[:, 1]), 0]
    return len(beside) > 1 and bool(beside[1] == beside[0])


def late_descent(points: Array, gradient: Gradient, rate: float, samples: int = 20) -> int | None:
    """The first of some steps all along a long run, but its beginning, that is not, coarsely, *rate* times the gradient; None if all
    are."""
    if len(points) < EARLY + 2:
        return None
    looked_at = np.unique(np.linspace(EARLY, len(points) - 2, samples).astype(int))
    here, there = points[looked_at], points[looked_at + 1]
    slopes = gradients(here, gradient)
    with np.errstate(all="ignore"):
        step = rate * slopes
        # Who adds the way up and puts it to the start rounds by the largest number on the way.
        noise = ROUND * EPS * np.maximum.accumulate(np.abs(points))[looked_at + 1] / FLOAT32
        off = first_off(there, here - step, COARSE * np.abs(step) + noise)
    return None if off is None else int(looked_at[off])


# Adam.


@dataclass(frozen=True)
class Moments:
    """What Adam knows in each step, computed from the student's own points: one row per step."""

    expected: Array
    scale: Array
    m: Array
    v: Array

    def tolerance(self, points: Array, relative: float) -> Array:
        noise = rounding(points) / (FLOAT32 if relative > FINE else 1)
        with np.errstate(all="ignore"):
            return relative * self.scale + noise


USUAL = (0.9, 0.999, 1e-8)


def follows_algorithm_1(submission: Any, relative: float = COARSE) -> bool:
    """Whether `adam` takes the right steps with the usual settings, coarsely or to the last digits. If not, that is the matter of one check, and
    others look at what can be told all the same."""
    if "algorithm 1" not in submission.kept:
        got = submission.adam(WAVES.gradient, list(WAVES.start), 0.05, 12, *USUAL)
        points = path_from(WAVES.start, got, 12)
        submission.kept["algorithm 1"] = points, adam(points, gradients(points, WAVES.gradient), 0.05, *USUAL)
    points, moments = submission.kept["algorithm 1"]
    return first_off(points[1:], moments.expected, moments.tolerance(points, relative)) is None


def late_adam(points: Array, gradient: Gradient, rate: float) -> int | None:
    """The step of a long run with the usual betas from which on it does not, coarsely, follow Algorithm 1; None if all do, or if it
    did not do so from the beginning."""
    moments = adam(points, gradients(points, gradient), rate, *USUAL)
    k = first_off(points[1:], moments.expected, moments.tolerance(points, COARSE))
    return k if k is not None and k >= EARLY else None


def adam(points: Array, slopes: Array, rate: float, beta1: float, beta2: float, epsilon: float) -> Moments:
    """Where each point should have gone by Algorithm 1 of Kingma and Ba, and the corrected moments on the way.

    `scale` is the step that gradients of these sizes but of one sign would make: terms of that size are added up in
    m, also where they cancel, so it is what rounding is measured by.
    """
    n_steps = min(len(points) - 1, len(slopes))
    g = slopes[:n_steps]
    kept = np.array([[beta1], [beta2], [beta1]])
    t = np.arange(1, n_steps + 1)[:, None]
    averages = np.empty((n_steps, 3, points.shape[1]))
    with np.errstate(all="ignore"):
        # Only the averages need what came before; all else is done for all steps at once.
        new = (1 - kept) * np.stack([g, g**2, np.abs(g)], axis=1)
        before = np.zeros(new.shape[1:])
        for step, part in enumerate(new):
            before = averages[step] = kept * before + part
        m_hat, v_hat = averages[:, 0] / (1 - beta1**t), averages[:, 1] / (1 - beta2**t)
        below = np.sqrt(v_hat) + epsilon
        expected = points[:n_steps] - rate * m_hat / below
        scale = rate * averages[:, 2] / (1 - beta1**t) / below
    return Moments(expected, scale, m_hat, v_hat)
