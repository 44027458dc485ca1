"""The update rule, step by step: every step begins at the point that the student's own code reached.

Direction and size are told apart, so that a wrong learning rate does not also cost the points of the direction.
"""

from __future__ import annotations

from expect import path, show
from instances import NINE, SINGLE, WAVES
from replay import gradients, wrong_direction, wrong_size

from autograder import check


@check(points=2, hint="Every step begins at the newest w and asks for the gradient there")
def test_direction(submission, problems):
    """each step goes against the gradient at the point where it begins"""
    valley = problems["narrow_valley"]
    points = path(submission.gradient_descent(valley.gradient, [8.0, 1.0], 0.004, 6), 2)
    slopes = gradients(points, valley.gradient)
    k = wrong_direction(points, slopes)
    if k is not None:
        raise AssertionError(
            f"narrow_valley from (8, 1) with learning rate 0.004: row {k} is {show(points[k])}, the gradient there is "
            f"{show(slopes[k])}, so row {k + 1} must be {show(points[k] - 0.004 * slopes[k])}; "
            f"yours is {show(points[k + 1])}, which is not in the opposite direction of the gradient"
        )
    for instance, n_steps in ((NINE, 40), (WAVES, 60), (SINGLE, 25)):
        got = submission.gradient_descent(instance.gradient, list(instance.start), instance.rate, n_steps)
        points = path(got, len(instance.start))
        k = wrong_direction(points, gradients(points, instance.gradient))
        assert k is None, (
            f"{instance.kind}: step {k + 1} is the first that does not go against the gradient at its beginning"
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
        k = wrong_size(points, slopes, rate)
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
        k = wrong_size(points, gradients(points, instance.gradient), rate)
        assert k is None, (
            f"{instance.kind}, learning rate {rate}: step {k + 1} is the first of a wrong length"
        )
