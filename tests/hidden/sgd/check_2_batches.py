"""Which rows each batch holds, recorded on our side. Nothing here looks at the order or at the steps."""

from __future__ import annotations

from batches import UNKNOWN, Data, train

from autograder import check

CASES = ((23, 5, 3), (20, 5, 2), (21, 5, 2), (9, 1, 2), (8, 8, 2), (6, 50, 2))
"""Rows, batch size, epochs: a smaller last batch, none, one of a single row, batches of one, one batch of all."""


@check(
    points=2,
    hint="Each epoch goes through a whole order of the row numbers, from the first to the last piece",
)
def test_each_row_once(submission):
    """uses every row exactly once in each epoch"""
    for n_rows, batch_size, n_epochs in CASES:
        training = train(submission, Data(n_rows), 0.05, batch_size, n_epochs, seed=3)
        epochs = training.epochs()

        for number, epoch in enumerate(epochs, start=1):
            rows = [row for step in epoch for row in step.rows if row != UNKNOWN]
            missing, repeated = n_rows - len(set(rows)), len(rows) - len(set(rows))
            assert not missing and not repeated, (
                f"{training.kind}, epoch {number}: {missing} rows were not used, {repeated} were used again"
            )
        assert len(epochs) == n_epochs, (
            f"{training.kind}: there were rows for {len(epochs)} epochs; n_epochs was {n_epochs}"
        )


@check(points=1, hint="Take X and y by the same row numbers: `X[rows], y[rows]`")
def test_pairs(submission):
    """uses each row of X together with its own y"""
    training = train(submission, Data(23), 0.05, 5, 2, seed=4)

    wrong = [number for number, step in enumerate(training.steps, start=1) if not step.paired]
    assert not wrong, f"{training.kind}: in batch {wrong[0]} a row of X does not come with its own y"


@check(
    points=1, hint="Cut the order with `order[i:i + batch_size]` for i = 0, batch_size, 2 * batch_size, ..."
)
def test_batch_sizes(submission):
    """makes batches of exactly batch_size rows; only the last one may be smaller"""
    for n_rows, batch_size, n_epochs in CASES:
        training = train(submission, Data(n_rows), 0.05, batch_size, n_epochs, seed=5)

        wanted = [batch_size] * (n_rows // batch_size) + [n_rows % batch_size] * (n_rows % batch_size > 0)
        got = [len(step.rows) for step in training.steps[: len(wanted)]]
        assert got == wanted, (
            f"{training.kind}: the batches of an epoch must have {_sizes(wanted)} rows; yours have {_sizes(got)}"
        )


def _sizes(sizes):
    shown = [str(size) for size in sizes[:8]]
    return ", ".join(shown) + (", ..." if len(sizes) > 8 else "")
