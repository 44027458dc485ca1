"""Where shortcuts show: flat places, long runs, gradients that lend their array, numbers that overflow, a second call."""

from __future__ import annotations

import numpy as np
from expect import asked_with_array, copes, describe, identical, keep_length, last_point, path, show
from instances import NARROW, NINE, WAVES, basin, plane, ramp
from replay import descends, descent, first_off, gradients, stands_still, steps_of

from autograder import check
from autograder.sandbox import Callback


@check(points=1, hint="A gradient of zero means a step of zero: do not divide by its length")
def test_flat_start(submission, problems):
    """stays where it is when the gradient is zero, or the learning rate"""
    bowl = problems["bowl"]

    end = last_point(submission.gradient_descent(bowl.gradient, [3.0, -1.0], 0.1, 4), 2)

    assert np.array_equal(end, [3, -1]), (
        "bowl, started at its lowest point (3, -1), where the gradient is (0, 0): no point may differ from the start; "
        f"your last one is {show(end)}"
    )
    end = last_point(submission.gradient_descent(bowl.gradient, [4.0, 1.0], 0.0, 4), 2)
    assert np.array_equal(end, [4, 1]), (
        f"bowl from (4, 1) with the learning rate 0: no point may differ from the start; your last one is {show(end)}"
    )


@check(points=1, hint="`n_steps` decides when to stop, nothing else: no tolerance, no early end")
def test_all_steps(submission):
    """takes exactly n_steps steps, however small they are"""
    besides = _besides(submission)
    for kind, gradient, start, rate, n_steps, moving in (
        (
            "a bowl with nine parameters, long after it has arrived",
            NINE.gradient,
            list(NINE.start),
            NINE.rate,
            300,
            1,
        ),
        ("a place where the gradient is zero", plane(0, 0), [0.5, -2.0], 0.5, 6, 0),
        ("a slope whose two entries add up to 0", plane(1, -1), [0.0, 0.0], 0.5, 20, 19),
        ("a very flat function", basin(1e-13, 1e-13, centre=(-3, -5)).gradient, [0.0, 0.0], 0.5, 20, 19),
    ):
        points = path(submission.gradient_descent(gradient, start, rate, n_steps), len(start), rows=1)

        assert len(points) - n_steps == besides, (
            f"{kind}: n_steps was {n_steps}; the run ended after {len(points) - besides} steps"
        )
        moved = np.any(np.diff(points[: moving + 1], axis=0) != 0, axis=1)
        assert np.all(moved), (
            f"{kind}: from step {int(np.flatnonzero(~moved)[0]) + 1} on the points no longer move"
        )
    keep_length(submission, besides)
    if descends(submission):
        got = submission.gradient_descent(NARROW.gradient, list(NARROW.start), NARROW.rate, 8)
        points = path(got, 2)
        expected, tolerance = descent(points, gradients(points, NARROW.gradient), NARROW.rate)
        k = first_off(points[1:], expected, tolerance)
        assert k is None, (
            f"{NARROW.kind}: step {k + 1} is the first that does not follow from the gradient at the point before it"
        )


def _besides(submission):
    """How many rows there are besides those of the steps: 1 if the start is there; if not, another check has said so."""
    few = path(submission.gradient_descent(NINE.gradient, list(NINE.start), NINE.rate, 3), 9, rows=1)
    return len(few) - 3


@check(points=1, hint="Let the loss grow: return the last point, not the best one, and do not clip")
def test_diverging(submission, problems):
    """goes on when the learning rate is too large, even to inf or nan"""
    besides = _besides(submission)
    for kind, rate, n_steps in (
        ("a learning rate that is a little too large", 0.6, 30),
        ("a learning rate that is far too large", 40.0, 200),
    ):
        points = path(submission.gradient_descent(NINE.gradient, list(NINE.start), rate, n_steps), 9)
        assert len(points) - n_steps == besides, (
            f"{kind}: n_steps was {n_steps}; the run ended after {len(points) - besides} steps"
        )
        slopes = gradients(points, NINE.gradient)
        # The size of the first step is taken as it is: whether it is right is the matter of another check.
        expected, tolerance = descent(points, slopes, steps_of(points, slopes).rates[0])
        k = first_off(points[1:], expected, tolerance)
        assert k is None, f"{kind}: step {k + 1} is the first that does not follow from the point before it"
        # What overflows never comes back, so right runs agree at the end, whenever they have reached it.
        assert np.all(np.isfinite(expected[-1])) or not np.all(np.isfinite(points[-1])), (
            f"{kind}: the last point must hold inf or nan, because the numbers have become too large for a float; "
            "yours are all finite"
        )
    if descends(submission):
        # Neither parameter knows of the other: one falls to a tenth in each step, the other grows 89-fold.
        valley = problems["narrow_valley"].gradient
        points = path(submission.gradient_descent(valley, [8.0, 1e300], 0.9, 9), 2, rows=1)
        goes_on = np.all(np.isfinite(points[:, 0])) and not stands_still(points)
        assert goes_on and not np.isfinite(points[-1, 1]), (
            "narrow_valley from (8, 1e300) with learning rate 0.9, 9 steps: the second parameter must end as inf or nan, and the "
            f"first one must go on all the same; your last point is {show(points[-1])}"
        )


@check(
    points=1, hint="The array that `gradient` returns is not yours: do not change it, and copy what you keep"
)
def test_borrowed_gradient(submission):
    """copes with a gradient function that lends the same array each time, or hands back its argument"""
    wanted = submission.gradient_descent(WAVES.gradient, list(WAVES.start), WAVES.rate, 12)
    got = submission.gradient_descent(
        Callback(WAVES.gradient, returns="same"), list(WAVES.start), WAVES.rate, 12
    )
    copes(wanted, got, "writes each answer into the same array")

    def own(w):
        return asked_with_array(w, 2)

    wanted = submission.gradient_descent(basin(1, 1).gradient, [3.0, -2.0], 0.1, 6)
    got = submission.gradient_descent(Callback(own, returns="argument"), [3.0, -2.0], 0.1, 6)
    copes(wanted, got, "hands back the very array it was given")

    wanted = submission.gradient_descent(plane(1.5, -0.5), [3.0, -2.0], 0.1, 6)
    got = submission.gradient_descent(ramp(1.5, -0.5).gradient, [3.0, -2.0], 0.1, 6)
    copes(wanted, got, "gives the same array of its own each time, on a slope")


@check(points=1, hint="Keep nothing between two calls: no global variables, no list as a default argument")
def test_second_call(submission, problems):
    """gives the same result when it is called again"""
    valley = problems["narrow_valley"]
    first = submission.gradient_descent(valley.gradient, [8.0, 1.0], 0.01, 5)
    submission.gradient_descent(NINE.gradient, list(NINE.start), 0.05, 7)
    again = submission.gradient_descent(valley.gradient, [8.0, 1.0], 0.01, 5)

    uphill = submission.gradient_descent(plane(-3.0, 2.0), [8.0, 1.0], 0.01, 5)

    downhill = submission.gradient_descent(plane(3.0, -2.0), [8.0, 1.0], 0.01, 5)

    assert not identical(uphill, downhill), (
        "two slopes, both from (8, 1) with learning rate 0.01, one after the other: the second answer is that of the first"
    )
    assert not identical(first, uphill), (
        "narrow_valley and a slope, both from (8, 1) with learning rate 0.01, one after the other: the second answer is that of "
        "the first"
    )
    assert identical(first, again), (
        "narrow_valley from (8, 1) with learning rate 0.01, 5 steps, asked twice with another call in between: "
        f"the second answer differs from the first ({describe(first)}, then {describe(again)})"
    )
