"""The losses that a sweep must find, computed on our side, and how far a right one may be away from them.

Rounding: a run of gradient descent loses a few units in the last place per step (1e-15 of the loss, and 1e-15 of the
size of the parameters close to a minimum, where the loss itself is almost 0). `FINE` of a loss and 1e-12 of the first
one are far above that, and 60 times below what float32 does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from expect import Array, describe, numbers
from instances import NINE
from replay import FINE, HUGE


def run(
    loss: Callable[[Array], float],
    gradient: Callable[[Array], Array],
    start: Sequence[float],
    rate: float,
    n_steps: int,
) -> Array:
    """The losses of one run of gradient descent: at the start, and after each step."""
    w = np.array(start, dtype=float)
    losses = [loss(w)]
    with np.errstate(all="ignore"):
        for _ in range(n_steps):
            w = w - rate * gradient(w)
            losses.append(loss(w))
    return np.array(losses)


def finds_losses(submission: Any) -> bool:
    """Whether `learning_rate_sweep` finds the losses on an ordinary function. If not, that is the matter of other checks."""
    if "finds losses" not in submission.kept:
        loss, first = NINE.made.loss, NINE.made.loss(NINE.start)
        expected = run(loss, NINE.gradient, NINE.start, 0.2, 4)
        got = submission.learning_rate_sweep(loss, NINE.gradient, np.array(NINE.start), [0.2], 4)
        submission.kept["finds losses"] = first_off(rows(got, 1, 4, first)[0], expected) is None
    return bool(submission.kept["finds losses"])


def late(value: Any, problem: Any, rate: float, n_steps: int) -> int | None:
    """The first column of the one row of a long sweep that is clearly off; None if there is none. Fine differences show in short ones."""
    expected = _long_run(problem, rate, n_steps)
    return first_off(rows(value, 1, n_steps, expected[0])[0], expected, 1e-2)


@lru_cache(maxsize=20)
def _long_run(problem: Any, rate: float, n_steps: int) -> Array:
    return run(problem.loss, problem.gradient, problem.start, rate, n_steps)


def rows(value: Any, n_rates: int, n_steps: int, first: float) -> Array:
    """What came back as one row of losses per rate, whatever its exact width.

    A column 0 that was left out is put back, since another check has said so.
    """
    table = numbers(value)
    assert table.ndim == 2 and len(table) == n_rates and table.shape[1] >= max(n_steps, 1), (
        f"the result must have one row for each of {n_rates} learning rate{'s' * (n_rates > 1)} and a column for the "
        f"start and for each of {n_steps} steps; what came back is {describe(value)}"
    )
    if table.shape[1] == n_steps and not np.allclose(table[:, 0], first, rtol=1e-6, atol=0):
        table = np.column_stack([np.full(n_rates, first), table])
    return table


def first_off(got: Array, expected: Array, relative: float = FINE) -> int | None:
    """The first column in which *got* is not *expected*, the number of columns included; None if there is none.

    Where the exact loss is beyond what a float can hold, any inf, nan or huge number is right.
    """
    width = min(len(got), len(expected))
    a, b = got[:width], expected[:width]
    with np.errstate(all="ignore"):
        close = np.abs(a - b) <= relative * np.abs(b) + 1e-3 * relative * np.abs(expected[0])
        overflown = (~np.isfinite(b) | (np.abs(b) > HUGE)) & (~np.isfinite(a) | (np.abs(a) > HUGE))
    off = np.flatnonzero(~(close | overflown))
    if off.size:
        return int(off[0])
    return None if len(got) >= len(expected) else width
