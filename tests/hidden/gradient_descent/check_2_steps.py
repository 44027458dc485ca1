"""The update rule, step by step: every step begins at the point that the student's own code reached.

Direction and size are told apart, so that a wrong learning rate does not also cost the points of the direction.
"""

from __future__ import annotations

import numpy as np
from expect import path, show
from instances import NINE, SINGLE, WAVES
from replay import descent, gradients, steps_of

from autograder import check


@check(points=2, hint="Every step begins at the newest w and asks for the gradient there")
def test_direction(submission, problems):
    """each step goes against the gradient at the point where it begins"""
    bowl = problems["narrow_valley"]
    points = path(submission.gradient_descent(bowl.gradient, [8.0, 1.0], 0.004, 6), 2)
    _against(points, gradients(points, bowl.gradient), public=True)

    for instance, n_steps in ((NINE, 40), (WAVES, 60), (SINGLE, 25)):
        got = submission.gradient_descent(instance.gradient, list(instance.start), instance.rate, n_steps)
        points = path(got, len(instance.start))
        _against(points, gradients(points, instance.gradient), kind=instance.kind)


def _against(points, slopes, kind="", *, public=False):
    steps = steps_of(points, slopes)
    still = np.flatnonzero(~steps.told)
    assert not (still.size == len(steps.told)), (
        f"{'the narrow valley' if public else kind}: the points of the result do not move at all"
    )
    wrong = np.flatnonzero(steps.told & ~(steps.along & (steps.rates > 0)))
    if wrong.size == 0:
        return
    k = int(wrong[0])
    if public:
        raise AssertionError(
            f"narrow_valley from (8, 1) with learning rate 0.004: row {k} is {show(points[k])}, the gradient there is "
            f"{show(slopes[k])}, so row {k + 1} must be {show(points[k] - 0.004 * slopes[k])}; yours is {show(points[k + 1])}, "
            "which is not in the opposite direction of the gradient"
        )
    raise AssertionError(
        f"{kind}: step {k + 1} is the first that does not go against the gradient at its beginning"
    )


@check(
    points=2, hint="A step is the learning rate times the gradient, nothing else, and the same in all steps"
)
def test_size(submission, problems):
    """each step is as long as learning_rate times the gradient"""
    bowl = problems["bowl"]
    for rate in (0.1, 0.45, 0.003):
        points = path(submission.gradient_descent(bowl.gradient, [4.0, 1.0], rate, 5), 2)
        slopes = gradients(points, bowl.gradient)
        k = _wrong_size(points, slopes, rate)
        assert k is None, (
            f"bowl from (4, 1) with learning rate {rate}: row {k} is {show(points[k])}, the gradient there is "
            f"{show(slopes[k])}, so row {k + 1} must be {show(points[k] - rate * slopes[k])}; yours is {show(points[k + 1])}"
        )
    for instance, rate, n_steps in (
        (NINE, 0.21, 60),
        (WAVES, 0.011, 40),
        (SINGLE, 0.35, 12),
        (SINGLE, 0.9, 12),
    ):
        got = submission.gradient_descent(instance.gradient, list(instance.start), rate, n_steps)
        points = path(got, len(instance.start))
        k = _wrong_size(points, gradients(points, instance.gradient), rate)
        assert k is None, (
            f"{instance.kind}, learning rate {rate}: step {k + 1} is the first of a wrong length"
        )


def _wrong_size(points, slopes, rate):
    """The first step whose length does not fit; only the length along the gradient is looked at."""
    steps = steps_of(points, slopes)
    expected, tolerance = descent(points, slopes, rate)
    exact = np.all(np.abs(points[1:] - expected) <= tolerance, axis=1)
    slack = np.where(steps.told, 1e-7 * rate, np.inf)
    wrong = np.flatnonzero(~exact & ~(np.abs(np.abs(steps.rates) - rate) <= slack))
    return int(wrong[0]) if wrong.size else None
