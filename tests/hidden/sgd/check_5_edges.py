"""Where shortcuts show: parameters beside the columns, long runs, a gradient that lends its array."""

from __future__ import annotations

import numpy as np
from batches import Data, train
from expect import path_from, same

from autograder import check
from autograder.sandbox import Seed


@check(points=1, hint="The number of parameters is the length of `start`, the number of rows is `len(X)`")
def test_intercept(submission):
    """works when there are more parameters than columns"""
    training = train(submission, Data(11, 2, intercept=True), 0.05, 4, 2, seed=31)

    path_from(training.data.start, training.value, 2)
    rows = {row for step in training.steps for row in step.rows}
    assert rows == set(range(11)), (
        f"{training.kind}, 2 columns and 3 parameters: {11 - len(rows)} rows were never used"
    )


def _flat(w, X_batch, y_batch):
    return 0 * np.asarray(w, dtype=float)


@check(points=1, hint="`n_epochs` decides when to stop, nothing else: no tolerance, no early end")
def test_all_epochs(submission):
    """trains for exactly n_epochs epochs, even where nothing changes any more"""
    data = Data(6)
    few = path_from(data.start, submission.sgd(_flat, data.X, data.y, data.start, 0.1, 2, 2, Seed(1)), 2)
    many = path_from(data.start, submission.sgd(_flat, data.X, data.y, data.start, 0.1, 2, 25, Seed(1)), 25)
    assert len(many) - len(few) == 23, (
        f"a gradient of zero: 2 epochs give {len(few)} rows, 25 epochs give {len(many)}"
    )
    training = train(submission, data, 0.1, 2, 60, seed=32)
    wanted = 60 * 3
    assert len(training.steps) >= wanted or len(training.epochs()) >= 60, (
        f"{training.kind}, 60 epochs: the training ended after {len(training.epochs())} epochs"
    )


@check(
    points=1, hint="The array that `gradient` returns is not yours: do not change it, and copy what you keep"
)
def test_borrowed_gradient(submission):
    """copes with a gradient function that lends the same array each time"""
    wanted = train(submission, Data(9), 0.05, 4, 3, seed=33).value
    got = train(submission, Data(9), 0.05, 4, 3, seed=33, returns="same").value

    assert same(wanted, got, 1e-4), (
        "a gradient function that writes each answer into the same array: the result differs from that of a function "
        "that makes a new array each time"
    )
