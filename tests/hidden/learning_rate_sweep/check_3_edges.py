"""Where shortcuts show: rates that diverge, steps that change nothing, gradients that are no copies, a second call.

Which numbers are right is the matter of the checks before; here the student's own runs are compared with each other.
"""

from __future__ import annotations

import numpy as np
from expect import asked_with_array, copes, identical, keep_length, numbers, same
from instances import NARROW, NINE, basin, plane, ramp
from replay import COARSE
from sweeps import finds_losses, first_off, rows, run

from autograder import check
from autograder.sandbox import Callback


@check(points=2, hint="Leave inf and nan in the row and go on: no exception, no stop, no clipping")
def test_diverging(submission):
    """leaves inf or nan where a rate diverges, and goes on with the next rate"""
    start, n_steps = np.array(NINE.start), 56
    rates = [4e6, 0.1, 0.6, 0.05]
    got = rows(
        submission.learning_rate_sweep(NINE.made.loss, NINE.gradient, start, rates, n_steps),
        4,
        n_steps,
        NINE.made.loss(start),
    )

    # Which row belongs to which rate is the matter of another check.
    whole = np.all(np.isfinite(got), axis=1)
    assert not np.all(whole), (
        "one of four learning rates is far too large: the end of its row must be inf or nan; yours are all finite numbers"
    )
    assert np.sum(whole) == 3, (
        f"one of four learning rates is far too large: one row must end in inf or nan; {4 - int(np.sum(whole))} of yours do"
    )
    lost = ~np.isfinite(got)
    assert np.array_equal(lost, np.maximum.accumulate(lost, axis=1)), (
        "one of four learning rates is far too large: once a loss is inf or nan, all that come after it in its row must be; "
        "in yours finite numbers follow"
    )
    diverged = got[~whole][0]
    before = diverged[np.isfinite(diverged)]
    flat = np.flatnonzero(np.diff(before) == 0)
    assert not flat.size, (
        "one of four learning rates is far too large: where a loss no longer fits into a float, inf or nan must stand; in your row "
        f"the same number, {before[flat[0]]:g}, comes again and again before that"
    )
    _keeps_what_was_finite(submission, start, diverged)
    growing = np.all(np.diff(got[whole, -9:], axis=1) > 0, axis=1) & (got[whole, -1] > got[whole, 0])
    assert np.any(growing), (
        "one of four learning rates is a little too large: the losses in its row must grow to the end; none of yours does"
    )


def _keeps_what_was_finite(submission, start, lost):
    """Asserts that the row of the rate that is far too large holds the losses from before the overflow."""
    first = NINE.made.loss(start)
    few = rows(submission.learning_rate_sweep(NINE.made.loss, NINE.gradient, start, [4e6], 10), 1, 10, first)
    assert np.all(np.isfinite(lost[:3])) and same(lost[:11], few[0], COARSE), (
        "one of four learning rates is far too large: the losses before the overflow must stay in its row; yours are "
        + ("not those of a shorter run" if np.all(np.isfinite(lost[:3])) else "lost after a few steps")
    )


_HALF_SQUARE = basin(1, 1)
_ROUND = basin(1, 1, centre=(-3, -5))
_FLAT = basin(1e-13, 1e-13, centre=(-3, -5))


@check(points=1, hint="`n_steps` decides when to stop, nothing else: no tolerance, no early end")
def test_all_steps(submission, problems):
    """takes exactly n_steps steps with each rate, however little they change"""
    got = submission.learning_rate_sweep(_ROUND.loss, _FLAT.gradient, np.array([1.0, 1.0]), [0.5, 0.8], 30)
    for i, row in enumerate(rows(got, 2, 30, _ROUND.loss([1.0, 1.0]))):
        still = np.flatnonzero(~(np.abs(np.diff(row)) > 0) | (np.abs(np.diff(row)) > 1))
        assert not still.size or still[0] >= 29, (
            f"a very flat function, 30 steps: from step {still[0] + 1} on the losses in row {i} no longer come from steps"
        )
    bowl = problems["bowl"]
    table = submission.learning_rate_sweep(bowl.loss, bowl.gradient, np.array([4.0, 1.0]), [0.5], 6)
    got = rows(table, 1, 6, 5.0)
    assert np.all(np.isfinite(got)), (
        "bowl from (4, 1) with the learning rate 0.5 and 6 steps: the first step leads to the lowest point, where the loss "
        f"is 0, and the others stay there; your row ends with {float(got[0, -1]):g}"
    )
    keep_length(submission, numbers(table).shape[1] - 6)
    if finds_losses(submission):
        narrow = (NARROW.made.loss, NARROW.gradient)
        expected = run(*narrow, NARROW.start, NARROW.rate, 8)
        table = submission.learning_rate_sweep(*narrow, np.array(NARROW.start), [NARROW.rate], 8)
        j = first_off(rows(table, 1, 8, expected[0])[0], expected, COARSE)
        assert j is None, f"{NARROW.kind}: column {j} is the first that does not come from the step before it"


@check(points=1, hint="The array that `gradient` returns is not yours: do not change it")
def test_borrowed_gradient(submission):
    """does not change the array that `gradient` returns, and asks with arrays"""
    # Here it is the very array that was asked about, so that a change of it is a change of the parameters.
    start = [3.0, -2.0]
    wanted = submission.learning_rate_sweep(_HALF_SQUARE.loss, _HALF_SQUARE.gradient, start, [0.1, 0.2], 6)
    lending = Callback(_own, returns="argument")
    got = submission.learning_rate_sweep(_loss, lending, start, [0.1, 0.2], 6)
    copes(wanted, got, "hands back the very array it was given")

    steady, slope = ramp(1.5, -0.5), plane(1.5, -0.5)
    wanted = submission.learning_rate_sweep(steady.loss, slope, start, [0.1, 0.2], 6)
    got = submission.learning_rate_sweep(steady.loss, steady.gradient, start, [0.1, 0.2], 6)
    copes(wanted, got, "gives the same array of its own each time, on a slope")


def _own(w):
    return asked_with_array(w, 2)


def _loss(w):
    return _HALF_SQUARE.loss(asked_with_array(w, 2, "loss"))


@check(points=1, hint="Keep nothing between two calls: no global variables, no list as a default argument")
def test_second_call(submission, problems):
    """gives the same table when it is called again"""
    valley = problems["narrow_valley"]
    start = np.array([8.0, 1.0])
    first = submission.learning_rate_sweep(valley.loss, valley.gradient, start, [0.01, 0.002], 5)
    submission.learning_rate_sweep(NINE.made.loss, NINE.gradient, np.array(NINE.start), [0.05], 7)
    again = submission.learning_rate_sweep(valley.loss, valley.gradient, start, [0.01, 0.002], 5)

    other = submission.learning_rate_sweep(_ROUND.loss, _ROUND.gradient, start, [0.01, 0.002], 5)
    third = submission.learning_rate_sweep(_HALF_SQUARE.loss, _HALF_SQUARE.gradient, start, [0.01, 0.002], 5)

    numbers(first)
    assert not identical(other, third), (
        "two round bowls, both from (8, 1) with the learning rates 0.01 and 0.002, one after the other: the second answer is that "
        "of the first"
    )
    assert not identical(first, other), (
        "narrow_valley and a round bowl, both from (8, 1) with the learning rates 0.01 and 0.002, one after the other: the second "
        "answer is that of the first"
    )
    assert identical(first, again), (
        "narrow_valley from (8, 1) with the learning rates 0.01 and 0.002, 5 steps, asked twice with another call in "
        "between: the second answer differs from the first"
    )
