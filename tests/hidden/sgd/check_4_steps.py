"""The update rule: every step begins where the one before it ended, whatever rows it uses.

Direction and size are told apart, so that a wrong learning rate does not also cost the points of the direction. The
steps are those between one call of the gradient and the next; the last one shows in the rows of the result.
"""

from __future__ import annotations

import numpy as np
import orders
from batches import TRAININGS, Data, train, trained
from expect import path_from, show
from replay import wrong_direction, wrong_size

from autograder import check
from autograder.sandbox import Seed


@check(
    points=2,
    hint="Each batch asks for the gradient at the present w, the one that the step before has just made",
)
def test_direction(submission):
    """each step goes against the gradient of its batch at the present parameters"""
    for name, settings in TRAININGS:
        training = trained(submission, settings)
        k = wrong_direction(training.points(), training.slopes())
        assert k is None, (
            f"{name}, {training.kind}: step {k + 1} is the first that does not go from the present parameters "
            "against the gradient of its batch"
        )


@check(
    points=2,
    hint="The gradient is averaged over the batch already: multiply it by the learning rate and by nothing else",
)
def test_size(submission, problems):
    """each step is as long as learning_rate times the gradient"""
    for rate in (0.1, 0.025):
        training = train(submission, Data.of([[1.0], [2.0], [3.0]], [2.0, 4.0, 7.0]), rate, 2, 2, seed=5)
        points, slopes = training.points(), training.slopes()
        k = wrong_size(points, slopes, rate)
        if k is not None:
            rows = " and ".join(f"{row + 1:g}" for row in training.steps[k].rows)
            raise AssertionError(
                f"the three rows of the exercise (x = 1, 2, 3 and y = 2, 4, 7), learning rate {rate}: the batch with "
                f"x = {rows} has the gradient {show(slopes[k])} at w = {show(points[k])}, so the next w must be "
                f"{show(points[k] - rate * slopes[k])}; yours is {show(points[k + 1])}"
            )
    data = Data(6)
    still = submission.sgd(data.public.gradient, data.X, data.y, data.start, 0.0, 4, 2, Seed(5))
    rows = path_from(data.start, still, 2)
    assert np.all(rows == rows[0]), "6 rows, learning rate 0: the parameters move all the same"
    for name, settings in TRAININGS:
        training = trained(submission, settings)
        k = wrong_size(training.points(), training.slopes(), training.rate)
        assert k is None, f"{name}, {training.kind}: step {k + 1} is the first of a wrong length"
    k = orders.lost_at(submission, problems["least_squares"].gradient)
    assert k is None, (
        f"3 rows, batch_size=1, {orders.EPOCHS} epochs: epoch {k + 1} is the first in which three such steps, in whatever order, do "
        "not lead from the row before it to its own"
    )


@check(points=2, hint="Put a copy of w in the history at the end of each epoch, after its last batch")
def test_rows_are_epochs(submission, problems):
    """row k holds the parameters after k epochs"""
    numbers = orders.read(orders.result(submission, problems["least_squares"].gradient))
    assert not numbers or numbers[-1] is not None or None in numbers[:-1], (
        f"3 rows, batch_size=1, {orders.EPOCHS} epochs: the last row is not where the last epoch leads from the row before it"
    )
    for _, settings in TRAININGS[:4]:
        training = trained(submission, settings)
        points = path_from(training.data.start, training.value, training.n_epochs)

        begins = [epoch[0].w for epoch in training.epochs()]
        for k, begin in enumerate(begins[1 : len(points)], start=1):
            assert np.allclose(points[k], begin, rtol=1e-6, atol=1e-9), (
                f"{training.kind}: row {k} is not what the parameters were at the beginning of epoch {k + 1}"
            )
        last = training.steps[-1]
        if len(points) == len(begins) + 1:
            moved, slope = points[-1] - last.w, last.slope
            along = abs(moved @ slope) >= (1 - 1e-6) * np.linalg.norm(moved) * np.linalg.norm(slope)
            assert along and np.any(moved), (
                f"{training.kind}: the last row is not where the last step of the last epoch leads"
            )
