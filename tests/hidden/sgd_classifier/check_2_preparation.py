"""How the rows are prepared: holes filled, columns scaled, and all of it learned from the training rows alone.

Which statistic fills the holes and what the columns are scaled to does not matter.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from customers import ENOUGH, filled_apart, holes_everywhere, labels, share_with_scales, usual_share

from autograder import check


@check(points=2, hint="Fill the holes of training and test rows with the same numbers; leave no row out")
def test_holes(submission):
    """fills the holes of all rows, and those of the test rows with what the training rows say"""
    share = usual_share(submission, *holes_everywhere(), 300, ENOUGH)
    assert share >= ENOUGH, (
        f"easy rows, each with one missing value: {share:.0%} of the labels are right; {ENOUGH:.0%} is the least that is "
        "enough if training and test rows are filled in the same way"
    )
    learned, new = submission.kept["filled apart"] = filled_apart(partial(labels, submission))
    assert learned == new, (
        f"holes of training rows are filled with {learned} of the column, holes of test rows with {new}: both must be filled with "
        "the same numbers, or the model is asked about rows unlike those it was trained on"
    )


@check(
    points=2,
    hint="Scale each column, the test rows with the numbers that were learned from the training rows",
)
def test_scaling(submission):
    """brings columns of very different size to the same scale"""
    share = share_with_scales(submission)
    assert share >= ENOUGH, (
        f"easy rows with columns of very different size: {share:.0%} of the labels are right; {ENOUGH:.0%} is the least "
        "that is enough if all columns are scaled"
    )


@check(points=2, hint="`fit` sees training rows only; for the test rows `transform` and `predict` are enough")
def test_company(submission, problems):
    """gives a row the same label whatever other rows are in X_test"""
    X, y = problems["housing"].draw(460, 83)
    X_train, y_train, X_test = X[:300], y[:300], X[300:]
    together = labels(submission, X_train, y_train, X_test, 6)

    # one before each of the first 60 rows, so that whoever looks at a neighbour sees another
    strange = 30 * np.nan_to_num(X_test[100:], nan=1e4)
    between = np.stack([strange, X_test[:60]], axis=1).reshape(-1, X.shape[1])
    own = np.r_[1:120:2, 120:160]
    among_strangers = labels(submission, X_train, y_train, np.vstack([between, X_test[60:100]]), 6)[own]
    differ = int(np.sum(among_strangers != together[:100]))
    assert not differ, (
        f"{differ} of 100 rows get another label when the rows between them are very different ones"
    )

    with_holes = np.flatnonzero(np.isnan(X_test).any(axis=1))[:4]
    for row in (*with_holes, 0, 1):
        alone = labels(submission, X_train, y_train, X_test[row : row + 1], 6)
        assert alone[0] == together[row], "a row gets another label when it is the only one in X_test"
