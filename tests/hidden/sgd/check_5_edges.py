"""Where shortcuts show: parameters beside the columns, large batches, long runs, a gradient that is no copy."""

from __future__ import annotations

import numpy as np
import orders
from batches import Data, train
from expect import copes, path_from
from instances import basin, plane, ramp

from autograder import check
from autograder.sandbox import Callback, Seed

SLOPE = (1.5, -0.5)


@check(points=1, hint="The number of parameters is the length of `start`, the number of rows is `len(X)`")
def test_intercept(submission):
    """works when there are more parameters than columns"""
    training = train(submission, Data(11, 2, intercept=True), 0.05, 11, 2, seed=31)

    wrong = next((step.form for step in training.steps if step.form), "")
    assert not wrong, f"{training.kind}, 2 columns and 3 parameters: `gradient` was called with {wrong}"
    moved = np.any(np.diff(path_from(training.data.start, training.value, 2), axis=0) != 0, axis=0)
    assert np.all(moved), (
        f"{training.kind}, 2 columns and 3 parameters: parameter {int(np.argmin(moved))} never changes"
    )


@check(points=1, hint="A slice that goes past the end is simply shorter: no special case is needed")
def test_large_batch(submission):
    """makes one batch of all rows when batch_size is larger than their number"""
    for n_rows, batch_size in ((40, 50), (1, 3)):
        training = train(submission, Data(n_rows), 0.05, batch_size, 3, seed=34)

        kinds = sorted({len(step.rows) for step in training.steps})
        assert kinds == [n_rows], f"{training.kind}: your batches have {', '.join(map(str, kinds))} rows"


@check(points=1, hint="`n_epochs` decides when to stop, nothing else: no tolerance, no early end")
def test_all_epochs(submission, problems):
    """trains for exactly n_epochs epochs, even where nothing changes any more"""
    data = Data(6)
    flat = basin(0, 0).gradient
    few = path_from(data.start, submission.sgd(flat, data.X, data.y, data.start, 0.1, 6, 2, Seed(1)), 2)
    many = path_from(data.start, submission.sgd(flat, data.X, data.y, data.start, 0.1, 6, 25, Seed(1)), 25)
    # A history with a row for each batch has another number of rows, which other checks say.
    per_epoch = max(1, round((len(few) - 1) / 2))
    assert len(many) - len(few) == 23 * per_epoch, (
        f"a gradient of zero: 2 epochs give {len(few)} rows, 25 epochs give {len(many)}"
    )
    rows = path_from(
        [0.0, 0.0], submission.sgd(plane(1, -1), data.X, data.y, [0.0, 0.0], 1e-13, 6, 20, Seed(1)), 20
    )
    still = np.flatnonzero(~np.any(np.diff(rows, axis=0) != 0, axis=1))
    assert not still.size, (
        f"a slope with the learning rate 1e-13: in epoch {int(still[0]) + 1} the parameters no longer move"
    )
    long = orders.result(submission, problems["least_squares"].gradient)
    if long is not None:
        rows = path_from(orders.START, long, orders.EPOCHS)
        assert len(rows) > orders.EPOCHS, f"{orders.EPOCHS} epochs give only {len(rows)} rows"
    calls = [len(train(submission, data, 0.1, 6, n_epochs, seed=32).steps) for n_epochs in (2, 4, 40)]
    each = (calls[1] - calls[0]) // 2
    assert calls[2] >= calls[0] + 38 * each, (
        f"6 rows, batch_size=6: 2 epochs make {calls[0]} steps, but 40 epochs only {calls[2]}"
    )


@check(points=1, hint="The array that `gradient` returns is not yours: do not change it")
def test_borrowed_gradient(submission):
    """does not change the array that `gradient` returns"""
    # Here it is the very array that was asked about, so that a change of it is a change of the parameters.
    data = Data(9)
    own = basin(1, 1).gradient
    lent = Callback(own, returns="argument", beside=own)
    wanted = submission.sgd(own, data.X, data.y, data.start, 0.1, 4, 3, Seed(1))
    got = submission.sgd(lent, data.X, data.y, data.start, 0.1, 4, 3, Seed(1))
    copes(wanted, got, "hands back the very array it was given")

    wanted = submission.sgd(plane(*SLOPE), data.X, data.y, data.start, 0.1, 4, 3, Seed(1))
    got = submission.sgd(ramp(*SLOPE).gradient, data.X, data.y, data.start, 0.1, 4, 3, Seed(1))
    copes(wanted, got, "gives the same array of its own each time, on a slope")
