"""The hyper-parameters: each is used as it is given, and has the default of the first line."""

from __future__ import annotations

import numpy as np
from expect import describe, holds, only_once, path, path_from, same, show
from instances import FAINT, FAINTEST, NINE, WAVES, plane
from replay import COARSE, USUAL, adam, first_off, follows_algorithm_1, gradients, late_adam

from autograder import check


@check(points=1, hint="Use the argument `learning_rate`; it multiplies the whole step")
def test_learning_rate(submission):
    """moves twice as far with twice the learning rate"""
    # On a constant slope the way is proportional to the learning rate, whatever else may be wrong.
    moved = []
    for rate in (0.1, 30.0, 0.013):
        points = path(submission.adam(plane(2.5, -40), [1.0, -2.0], rate, 6, 0.9, 0.999, 1e-8), 2)
        moved.append((points - points[0]) / rate)
    assert np.any(moved[0] != 0), "a constant slope: the points of the result do not move at all"
    for rate, other in ((30.0, moved[1]), (0.013, moved[2])):
        assert same(moved[0], other, COARSE), (
            f"a constant slope, once with learning rate 0.1 and once with {rate}: the distances are not in proportion"
        )
    points = path(submission.adam(plane(2.5, -40), [1.0, -2.0], 0.0, 2, 0.9, 0.999, 1e-8), 2)
    assert np.all(points == points[0]), (
        "a constant slope with the learning rate 0: the points move all the same"
    )


@check(
    points=2,
    hint="Use the arguments beta1 (for m) and beta2 (for v), both in the averages and in their corrections",
)
def test_betas(submission, problems):
    """uses the beta1 and beta2 that it is given"""
    if not follows_algorithm_1(submission):
        # Nothing can be said about single steps; but other betas must lead to other points.
        usual = submission.adam(WAVES.gradient, list(WAVES.start), 0.05, 12, *USUAL)
        for name, betas in (("beta1", (0.6, 0.999)), ("beta2", (0.9, 0.95))):
            got = submission.adam(WAVES.gradient, list(WAVES.start), 0.05, 12, *betas, 1e-8)
            assert not same(usual, got, 1e-7), (
                f"a wavy function of three parameters: with another {name} all points are the same"
            )
        return
    for beta1, beta2 in ((0.0, 0.9), (0.95, 0.6), (0.5, 0.99)):
        for instance, n_steps in ((NINE, 25), (WAVES, 25)):
            got = submission.adam(instance.gradient, list(instance.start), 0.1, n_steps, beta1, beta2, 1e-8)
            points = path_from(instance.start, got, n_steps)
            moments = adam(points, gradients(points, instance.gradient), 0.1, beta1, beta2, 1e-8)
            k = first_off(points[1:], moments.expected, moments.tolerance(points, COARSE))
            assert k is None, (
                f"{instance.kind}, beta1={beta1:g}, beta2={beta2:g}: step t = {k + 1} is the first that is off"
            )


@check(
    points=2,
    hint="The last fraction is m_hat / (sqrt(v_hat) + epsilon): outside the root, after the correction",
)
def test_epsilon(submission, problems):
    """adds epsilon outside the square root, after the correction"""
    bowl = problems["bowl"]
    points = path_from([4.0, 1.0], submission.adam(bowl.gradient, [4.0, 1.0], 0.1, 4, 0.9, 0.999, 0.5), 4)
    slopes = gradients(points, bowl.gradient)
    moments = adam(points, slopes, 0.1, 0.9, 0.999, 0.5)
    k = first_off(points[1:], moments.expected, moments.tolerance(points, COARSE))
    if k is not None:
        raise AssertionError(
            f"bowl from (4, 1) with learning rate 0.1 and epsilon=0.5: row {k} is {show(points[k])}; in step t = {k + 1} the "
            f"corrected averages are {show(moments.m[k])} and {show(moments.v[k])}, so row {k + 1} must be "
            f"{show(moments.expected[k])}; yours is {show(points[k + 1])}"
        )
    for kind, gradient, start, epsilon in (
        ("a bowl with nine parameters, epsilon=0.1", NINE.gradient, list(NINE.start), 0.1),
        ("a wavy function of three parameters, epsilon=0", WAVES.gradient, list(WAVES.start), 0.0),
        ("gradients of about 1e-8, epsilon=1e-8", FAINT, [1.0, 1.0, 1.0], 1e-8),
        ("gradients of about 1e-14, epsilon=0", FAINTEST, [1.0, 1.0, 1.0], 0.0),
    ):
        points = path_from(start, submission.adam(gradient, start, 0.1, 12, 0.9, 0.999, epsilon), 12)
        moments = adam(points, gradients(points, gradient), 0.1, 0.9, 0.999, epsilon)
        k = first_off(points[1:], moments.expected, moments.tolerance(points, COARSE))
        assert k is None, f"{kind}: step t = {k + 1} is the first that is off"


@check(points=1, hint="Leave the first line of the function as it is in the starter")
def test_defaults(submission, problems):
    """has the defaults learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8"""
    gradient = problems["bowl"].gradient
    start = [3.00000001, 5.0]  # the first gradient is 2e-8, so that epsilon counts
    wanted = submission.adam(gradient, start, 0.001, 12, 0.9, 0.999, 1e-8)
    besides = len(path(wanted, 2, rows=1)) - 12
    for n_steps, given in ((12, (0.001, 12)), (1000, ())):
        got = submission.adam(gradient, start, *given)

        assert len(path(got, 2, rows=1)) - n_steps == besides and same(wanted, got[: len(wanted)]), (
            "bowl from (3.00000001, 5), once with the defaults written out and once without them: the results differ "
            f"({describe(wanted)} for 12 steps, then {describe(got)})"
        )
    if holds(follows_algorithm_1, submission):
        k = late_adam(path_from(start, got, 1000), gradient, 0.001)
        with only_once(submission, "late steps"):
            assert k is None, f"bowl, 1000 steps: step t = {k + 1} no longer follows Algorithm 1"
