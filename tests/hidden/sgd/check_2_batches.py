"""Which rows each batch holds, recorded on our side. Nothing here looks at the order or at the steps."""

from __future__ import annotations

from batches import TRAININGS, UNKNOWN, Data, train, trained

from autograder import check


@check(
    points=2,
    hint="Each epoch goes through a whole order of the row numbers, from the first to the last piece",
)
def test_each_row_once(submission):
    """uses every row exactly once in each epoch"""
    for _, settings in TRAININGS:
        training = trained(submission, settings)
        orders, n_rows, n_epochs = training.orders(), training.data.n_rows, training.n_epochs

        for number, order in enumerate(orders, start=1):
            rows = [row for row in order if row != UNKNOWN]
            missing, repeated = n_rows - len(set(rows)), len(rows) - len(set(rows))
            assert not missing and not repeated, (
                f"{training.kind}, epoch {number}: {missing} rows were not used, {repeated} were used again"
            )
        assert len(orders) == n_epochs, (
            f"{training.kind}: there were rows for {len(orders)} epochs; n_epochs was {n_epochs}"
        )


@check(points=1, hint="Take X and y by the same row numbers: `X[rows], y[rows]`")
def test_pairs(submission):
    """uses each row of X together with its own y"""
    training = trained(submission, TRAININGS[0][1])

    wrong = [number for number, step in enumerate(training.steps, start=1) if not step.paired]
    assert not wrong, f"{training.kind}: in batch {wrong[0]} a row of X does not come with its own y"


@check(
    points=1, hint="Cut the order with `order[i:i + batch_size]` for i = 0, batch_size, 2 * batch_size, ..."
)
def test_batch_sizes(submission):
    """makes batches of exactly batch_size rows; only the last one of an epoch may be smaller"""
    for _, settings in TRAININGS:
        training = trained(submission, settings)
        n_rows, batch_size = training.data.n_rows, training.batch_size

        sizes = [[len(step.rows) for step in epoch] for epoch in training.epochs()]
        for got in sizes:
            # That each row is used once is the matter of another check, so a last batch that is left out passes here.
            *others, last = got
            assert set(others) <= {batch_size} and 0 < last <= batch_size, (
                f"{training.kind}: the batches of an epoch must have {_wanted(n_rows, batch_size)} rows; "
                f"yours have {_shown(got)}"
            )


@check(points=1, hint="`X[rows]` and `y[rows]` with an array of row numbers keep the form, also for one row")
def test_form(submission):
    """hands each batch over as rows of X, in a table, and one y for each"""
    for n_rows, batch_size in ((10, 3), (4, 1)):
        training = train(submission, Data(n_rows, 3), 0.05, batch_size, 2, seed=9)

        wrong = [(number, step.form) for number, step in enumerate(training.steps, start=1) if step.form]
        assert not wrong, f"{training.kind}: batch {wrong[0][0]} came as {wrong[0][1]}"


def _wanted(n_rows, batch_size):
    whole, rest = divmod(n_rows, batch_size)
    return _shown([batch_size] * whole + [rest] * (rest > 0))


def _shown(sizes):
    shown = [str(size) for size in sizes[:8]]
    return ", ".join(shown) + (", ..." if len(sizes) > 8 else "")
