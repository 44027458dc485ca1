"""Algorithm 1, step by step: from the student's own points the moments and the next point are computed anew.

These checks are coarse (1e-4 of a step), so that a slip in epsilon or in precision costs its own check only; the fine
look is the one of `test_precision`.
"""

from __future__ import annotations

import numpy as np
from expect import path, path_from, same, show
from instances import FLAT_AT_FIRST, HALF_FLAT, NINE, SINGLE, WAVES
from problems import Waves
from replay import COARSE, FINE, USUAL, adam, first_off, follows_algorithm_1, gradients

from autograder import check


@check(
    points=3,
    hint="Go through one step on paper, as in the exercise, and print m, v and their corrected values",
)
def test_each_step(submission, problems):
    """each step is the one of Algorithm 1"""
    valley = problems["narrow_valley"]
    points = path_from([8.0, 1.0], submission.adam(valley.gradient, [8.0, 1.0], 0.1, 8, *USUAL), 8)
    slopes = gradients(points, valley.gradient)
    moments = adam(points, slopes, 0.1, *USUAL)
    k = first_off(points[1:], moments.expected, moments.tolerance(points, COARSE))
    if k is not None:
        raise AssertionError(
            f"narrow_valley from (8, 1) with learning rate 0.1 and the usual betas: row {k} is {show(points[k])}, the gradient "
            f"there is {show(slopes[k])}; in step t = {k + 1} the corrected averages are {show(moments.m[k])} and "
            f"{show(moments.v[k])}, so row {k + 1} must be {show(moments.expected[k])}; yours is {show(points[k + 1])}"
        )
    for instance, rate, n_steps in (
        (NINE, 0.2, 60),
        (WAVES, 0.05, 50),
        (SINGLE, 0.4, 25),
        (HALF_FLAT, 0.1, 7),
        (FLAT_AT_FIRST, 0.1, 7),
    ):
        got = submission.adam(instance.gradient, list(instance.start), rate, n_steps, *USUAL)
        k = _first_off(path_from(instance.start, got, n_steps), instance.gradient, rate, COARSE)
        assert k is None, f"{instance.kind}: step t = {k + 1} is the first that is off"


def _first_off(points, gradient, rate, relative):
    moments = adam(points, gradients(points, gradient), rate, *USUAL)
    return first_off(points[1:], moments.expected, moments.tolerance(points, relative))


@check(points=1, hint="Do all the arithmetic in float64: begin with `np.array(start, dtype=float)`")
def test_precision(submission):
    """calculates in float64 throughout"""
    # The gradients are so large that epsilon, wherever it stands, is lost in rounding: this is about precision alone.
    steep = NINE.times(1e5)
    points = path_from(NINE.start, submission.adam(steep, list(NINE.start), 0.2, 60, *USUAL), 60)
    if not follows_algorithm_1(submission):
        short = points.astype(np.float32).astype(float)
        assert not np.array_equal(points[1:], short[1:], equal_nan=True), (
            "a steep bowl with nine parameters: no number of the result has more digits than float32 can hold"
        )
        return
    k = _first_off(points, steep, 0.2, FINE)
    assert k is None, (
        f"a steep bowl with nine parameters: step t = {k + 1} is the first that differs from the exact one in the first "
        "nine digits"
    )


def _apart(*which):
    """Two parameters that have nothing to do with each other, or one of them: 300 (x - 2) and 0.3 y + 0.5 sin(y + 1)."""
    matrix, slope, height, turn, phase = (
        np.array(pair)[list(which)] for pair in ((300, 0.3), (-600.0, 0), (0, 0.5), (0, 1.0), (0, 1.0))
    )
    return Waves(np.diag(matrix), slope, height, np.diag(turn), phase).gradient


@check(points=1, hint="m, v, the root and the fraction are taken for each parameter on its own")
def test_own_averages(submission):
    """gives each parameter averages of its own"""
    both = path(submission.adam(_apart(0, 1), [1.0, 1.0], 0.1, 10, *USUAL), 2)
    for column in (0, 1):
        wanted = path(submission.adam(_apart(column), [1.0], 0.1, 10, *USUAL), 1)

        assert same(both[:, column : column + 1], wanted, COARSE), (
            "two parameters that have nothing to do with each other, their gradients of very different size: "
            f"parameter {column + 1} takes another way than it does alone"
        )


@check(points=1, hint="The step divides by the square root of the average of the squared gradient")
def test_scale(submission):
    """takes the same way when all gradients are 1,000 times as large"""
    wanted = path(submission.adam(WAVES.gradient, list(WAVES.start), 0.05, 15, 0.9, 0.999, 1e-12), 3)
    got = path(submission.adam(WAVES.times(1000), list(WAVES.start), 0.05, 15, 0.9, 0.999, 1e-12), 3)

    assert same(got - got[0], wanted - wanted[0], COARSE), (
        "a wavy function of three parameters, and the same with all gradients multiplied by 1,000: with so small an "
        "epsilon both ways must be the same, because the step divides by the size of the gradient"
    )
