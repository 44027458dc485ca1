"""The contract of `sgd_classifier`: one whole label for each row, in order. Nothing here looks at how good they are."""

from __future__ import annotations

import numpy as np
from expect import describe, numbers, stay

from autograder import check
from autograder.sandbox import Lent


@check(points=1, hint="`predict` gives one label per row: no table, no probabilities, no row left out")
def test_shape(submission, problems):
    """returns one label for each row of X_test"""
    X, y = problems["housing"].draw(260, 71)
    for n_test, columns in ((60, 8), (1, 8), (30, 5)):
        got = submission.sgd_classifier(X[:200, :columns], y[:200], X[200 : 200 + n_test, :columns], 1)

        assert isinstance(got, np.ndarray), (
            f"the result must be a NumPy array; what came back is {describe(got)}"
        )
        assert got.shape == (n_test,), (
            f"{n_test} test rows with {columns} columns need the shape ({n_test},); what came back is {describe(got)}"
        )


@check(points=1, hint="`.astype(int)` makes whole numbers of the labels that `predict` gives")
def test_whole_numbers(submission, problems):
    """the labels are whole numbers, 0 and 1, whatever kind of numbers y_train holds"""
    X, y = problems["housing"].draw(300, 72)
    for kind, labels in (("decimal numbers", y), ("whole numbers", y.astype(int))):
        got = numbers(submission.sgd_classifier(X[:200], labels[:200], X[200:], 2))

        dtype = submission.last.dtype or "no NumPy type"
        assert dtype.startswith(("int", "uint")), (
            f"y_train holds {kind}: the labels must be of a whole-number type such as int64; yours are of {dtype}"
        )
        others = sorted(set(got.reshape(-1).tolist()) - {0.0, 1.0})
        assert not others, f"y_train holds {kind}, 0 and 1: your labels hold {others[0]:g} too"


@check(points=1, hint="`X[np.isnan(X)] = ...` writes into the caller's array: fill a copy")
def test_inputs_stay(submission, problems):
    """leaves X_train, y_train and X_test as they are"""
    X, y = problems["housing"].draw(260, 73)
    X_train, y_train, X_test = Lent(X[:200]), Lent(y[:200]), Lent(X[200:])
    numbers(submission.sgd_classifier(X_train, y_train, X_test, 3))

    stay(X_train=X_train, y_train=y_train, X_test=X_test)
