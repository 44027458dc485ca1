"""`best_learning_rate`, on tables that are written by hand here: what the sweep gives does not matter to it."""

from __future__ import annotations

import numpy as np
from expect import describe

from autograder import check

INF, NAN = np.inf, np.nan


def _answer(submission, rates, losses):
    """The rate that came back, as a float."""
    got = submission.best_learning_rate(rates, np.array(losses, dtype=float))
    single = isinstance(got, int | float | np.number) and not isinstance(got, bool)
    if isinstance(got, np.ndarray) and got.ndim == 0 and got.dtype.kind in "fiu":
        single = True
    assert single, f"the answer must be one number; what came back is {describe(got)}"
    return float(got)


def _said(rates, losses):
    last = ", ".join(f"{row[-1]:g}" for row in losses)
    return f"learning rates {', '.join(f'{rate:g}' for rate in rates)} with the last losses {last}"


def _expect(submission, wanted, rates, losses, besides=""):
    for given in (rates, np.array(rates)):
        got = _answer(submission, given, losses)
        assert got == wanted or (np.isnan(wanted) and np.isnan(got)), (
            f"{_said(rates, losses)}{besides}: the best rate is {wanted:g}; your answer is {got:g}"
        )


@check(
    points=2, hint="Look at the last column only: `losses[:, -1]`; the answer is the rate, not its position"
)
def test_lowest_last_loss(submission):
    """gives the rate whose last loss is the lowest"""
    _expect(submission, 0.5, [0.25, 0.5, 1.5], [[1, 0.25, 0.0625], [1, 0, 0], [1, 4, 16]])
    _expect(submission, 0.02138, [0.3, 0.02138, 0.1, 0.05], [[8, 7, 6], [8, 4, 2], [8, 6, 5], [8, 7, 3]])
    earlier = " (the first rate was lower on the way)"
    _expect(submission, 0.1, [0.9, 0.1, 0.2], [[8, 0.5, 7], [8, 5, 3], [8, 6, 4]], earlier)
    _expect(submission, 0.7, [0.1, 0.7, 0.4], [[2, -1, -2], [2, -4, -6], [2, -9, 1]])
    _expect(submission, 3.0, [1.0, 2.0, 3.0], [[4], [4], [2]])
    _expect(submission, 0.2, [0.1, 0.2, 0.3], [[9, 2 + 2e-9], [9, 2], [9, 2 + 1e-9]])
    _expect(
        submission, 0.1, [0.4, 0.1, 0.2], [[9, 5, 4], [9, INF, 3], [9, 6, 5]], " (only the last ones count)"
    )


@check(points=1, hint="Take a later rate only if its last loss is really lower than the best so far")
def test_ties(submission):
    """gives the first of several rates with the same last loss"""
    _expect(submission, 0.3, [0.5, 0.3, 0.2, 0.7], [[9, 8], [9, 2], [9, 2], [9, 2]])
    _expect(submission, 0.2, [0.2, 0.4, 0.1], [[9, 2], [9, 2], [9, 2]])


@check(points=1, hint="`np.isfinite` tells which last losses count; comparing with nan is always false")
def test_not_finite(submission):
    """never gives a rate whose last loss is inf or nan, as long as another one is finite"""
    for losses in (
        [[5, -1], [5, NAN], [5, -2], [5, INF]],
        [[5, 3], [5, NAN], [5, 2], [5, INF]],
        [[5, NAN], [5, 3], [5, 2], [5, INF]],
        [[5, INF], [5, 4], [5, 1], [5, NAN]],
        [[5, 0, NAN], [5, 1e300, 1e200], [5, 6, 7], [5, 1, INF]],
        [[5, -INF], [5, 3], [5, 2], [5, NAN]],
    ):
        _expect(submission, 0.2, [0.05, 0.1, 0.2, 0.9], losses)
    _expect(submission, 0.9, [0.05, 0.1, 0.9], [[5, NAN], [5, INF], [5, 1e250]])


@check(points=1, hint="When no last loss is finite, return `float('nan')`")
def test_nothing_finite(submission):
    """gives nan when no last loss is finite"""
    _expect(submission, NAN, [3.0, 2.0], [[5, 2, NAN], [5, 1, NAN]])
    _expect(submission, NAN, [3.0, 2.0, 4.0], [[5, 2, INF], [5, 1, INF], [5, 3, INF]])
    _expect(submission, NAN, [0.5, 0.1], [[5, INF], [5, NAN]])
