"""Where shortcuts show: gradients that are zero, long runs, gradients that lend their array, a second call."""

from __future__ import annotations

import numpy as np
from expect import (
    asked_with_array,
    copes,
    describe,
    identical,
    keep_length,
    last_point,
    numbers,
    path,
    path_from,
    show,
)
from instances import NARROW, NINE, WAVES, basin, plane, ramp
from replay import FINE, USUAL, adam, first_off, follows_algorithm_1, gradients

from autograder import check
from autograder.sandbox import Callback


@check(
    points=1, hint="epsilon keeps the fraction from being 0 / 0: it must be in the denominator in every step"
)
def test_flat_entry(submission, problems):
    """leaves a parameter where it is whose gradient is always zero"""
    bowl = problems["bowl"]
    end = last_point(submission.adam(bowl.gradient, [3.0, -1.0], 0.1, 3, *USUAL), 2)
    assert np.array_equal(end, [3, -1]), (
        "bowl, started at its lowest point (3, -1), where the gradient is (0, 0): no point may differ from the start; "
        f"your last one is {show(end)}"
    )
    end = last_point(submission.adam(basin(0, 1, centre=(3, 3)).gradient, [1.5, 1.0], 0.1, 5, *USUAL), 2)
    assert end[0] == 1.5, (
        f"a function that does not depend on the first parameter: it started at 1.5 and ended at {end[0]:.8g}"
    )
    assert np.isfinite(end[1]), (
        "a function that does not depend on the first parameter: the second one became inf or nan"
    )


@check(points=1, hint="`n_steps` decides when to stop, nothing else: no tolerance, no early end")
def test_all_steps(submission, problems):
    """takes exactly n_steps steps, however small the gradients are"""
    few = path(submission.adam(NINE.gradient, list(NINE.start), 0.1, 3, *USUAL), 9, rows=1)
    besides = len(few) - 3  # 1 if the start is there; if it is not, another check has said so
    # Now, after a call with nine parameters: what lives on from a call with as many is the matter of another check.
    _tells_points_apart(submission)
    for kind, gradient, start, rate, n_steps, moving in (
        ("bowl, started at its lowest point", problems["bowl"].gradient, [3.0, -1.0], 0.1, 30, False),
        (
            "narrow_valley, long after it has arrived",
            problems["narrow_valley"].gradient,
            [1.0, 0.1],
            0.1,
            200,
            False,
        ),
        ("a slope whose two entries add up to 0", plane(1, -1), [0.0, 0.0], 0.1, 20, True),
        ("a very flat function", plane(1e-12, -1e-12), [1.0, 1.0], 0.1, 20, True),
        ("a tiny learning rate", plane(1, -1), [0.0, 0.0], 1e-13, 20, True),
    ):
        points = path(submission.adam(gradient, start, rate, n_steps, *USUAL), len(start), rows=1)

        assert len(points) - n_steps == besides, (
            f"{kind}: n_steps was {n_steps}; the run ended after {len(points) - besides} steps"
        )
        still = np.flatnonzero(~np.any(np.diff(points[:n_steps], axis=0) != 0, axis=1))
        assert not moving or still.size == 0, (
            f"{kind}: from step {int(still[0]) + 1} on the points no longer move"
        )
    keep_length(submission, besides)


def _tells_points_apart(submission):
    """Asserts that points which lie close together are not taken for one another."""
    if follows_algorithm_1(submission, FINE):
        got = submission.adam(NARROW.gradient, list(NARROW.start), NARROW.rate, 8, *USUAL)
        points = path_from(NARROW.start, got, 8)
        moments = adam(points, gradients(points, NARROW.gradient), NARROW.rate, *USUAL)
        k = first_off(points[1:], moments.expected, moments.tolerance(points, FINE))
        assert k is None, (
            f"{NARROW.kind}: step {k + 1} is the first that does not follow from the gradients at the points before it"
        )


@check(
    points=1, hint="The array that `gradient` returns is not yours: do not change it, and copy what you keep"
)
def test_borrowed_gradient(submission):
    """copes with a gradient function that lends the same array each time, or hands back its argument"""
    wanted = submission.adam(WAVES.gradient, list(WAVES.start), 0.05, 12, *USUAL)
    got = submission.adam(Callback(WAVES.gradient, returns="same"), list(WAVES.start), 0.05, 12, *USUAL)
    copes(wanted, got, "writes each answer into the same array")

    def own(w):
        return asked_with_array(w, 2)

    wanted = submission.adam(basin(1, 1).gradient, [3.0, -2.0], 0.1, 6, *USUAL)
    got = submission.adam(Callback(own, returns="argument"), [3.0, -2.0], 0.1, 6, *USUAL)
    copes(wanted, got, "hands back the very array it was given")

    wanted = submission.adam(plane(1.5, -0.5), [3.0, -2.0], 0.1, 6, *USUAL)
    got = submission.adam(ramp(1.5, -0.5).gradient, [3.0, -2.0], 0.1, 6, *USUAL)
    copes(wanted, got, "gives the same array of its own each time, on a slope")


@check(
    points=1,
    hint="Begin every call with m = v = 0 and t = 1; keep nothing in global variables or default arguments",
)
def test_second_call(submission, problems):
    """gives the same result when it is called again"""
    valley = problems["narrow_valley"]
    first = numbers(submission.adam(valley.gradient, [8.0, 1.0], 0.1, 5, *USUAL))
    submission.adam(valley.gradient, [-3.0, 2.0], 0.05, 7, *USUAL)
    again = numbers(submission.adam(valley.gradient, [8.0, 1.0], 0.1, 5, *USUAL))

    uphill = numbers(submission.adam(plane(-3.0, 2.0), [8.0, 1.0], 0.1, 5, *USUAL))

    downhill = numbers(submission.adam(plane(3.0, -2.0), [8.0, 1.0], 0.1, 5, *USUAL))

    assert not identical(uphill, downhill), (
        "two slopes, both from (8, 1) with learning rate 0.1, one after the other: the second answer is that of the first"
    )
    assert not identical(first, uphill), (
        "narrow_valley and a slope, both from (8, 1) with learning rate 0.1, one after the other: the second answer is that of "
        "the first"
    )
    assert identical(first, again), (
        "narrow_valley from (8, 1) with learning rate 0.1, 5 steps, asked twice with another call in between: "
        f"the second answer differs from the first ({describe(first)}, then {describe(again)})"
    )
