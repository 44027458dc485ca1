"""The update rule: every step begins where the one before it ended, whatever rows it uses."""

from __future__ import annotations

import numpy as np
from batches import Data, train
from expect import path_from
from replay import wrong_direction, wrong_size

from autograder import check

CASES = ((23, 5, 3, 0.05), (12, 1, 2, 0.02), (10, 10, 4, 0.2))
"""Rows, batch size, epochs, learning rate."""


@check(
    points=2,
    hint="Each batch asks for the gradient at the present w, the one that the step before has just made",
)
def test_direction(submission):
    """each step goes against the gradient of its batch at the present parameters"""
    for n_rows, batch_size, n_epochs, rate in CASES:
        training = train(submission, Data(n_rows, 3), rate, batch_size, n_epochs, seed=21)
        k = wrong_direction(training.points(), training.slopes())
        assert k is None, (
            f"{training.kind}: step {k + 1} is the first that does not go from the present parameters "
            "against the gradient of its batch"
        )


@check(
    points=2,
    hint="The gradient is averaged over the batch already: multiply it by the learning rate and by nothing else",
)
def test_size(submission):
    """each step is as long as learning_rate times the gradient"""
    for n_rows, batch_size, n_epochs, rate in (*CASES, (23, 5, 2, 0.004)):
        training = train(submission, Data(n_rows, 3), rate, batch_size, n_epochs, seed=22)
        k = wrong_size(training.points(), training.slopes(), rate)
        assert k is None, (
            f"{training.kind}, learning rate {rate}: step {k + 1} is the first of a wrong length"
        )


@check(points=1, hint="Put a copy of w in the history at the end of each epoch, after its last batch")
def test_rows_are_epochs(submission):
    """row k holds the parameters after k epochs"""
    training = train(submission, Data(23, 3), 0.05, 5, 4, seed=23)
    points = path_from(training.data.start, training.value, 4)

    per_epoch = len(training.steps) // 4
    for k in range(1, min(4, len(points))):
        begin = training.steps[k * per_epoch].w
        assert np.allclose(points[k], begin, rtol=1e-6, atol=1e-9), (
            f"{training.kind}: row {k} is not what the parameters were at the beginning of epoch {k + 1}"
        )
