"""What the probe of `sgd` sees in the batches of a training: their sizes, and what is wrong with the rows in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from batches import UNKNOWN, Training

NEVER_USED = "rows never used"
NEIGHBOURS = "neighbours in the data"


@dataclass(frozen=True)
class Batches:
    """The sizes of the batches, what is wrong with the rows in them, and the sizes in a word.

    `never` is the end of the data whose row is left out in all epochs, "" if it is neither, None if one cannot tell.
    """

    sizes: Any
    wrong: list[tuple[str, Any]]
    word: str
    never: str | None = None


def batches_found(training: Training | str) -> Batches:
    """What there is to say about the batches of a training, or the word that came in its place."""
    if isinstance(training, str):
        return Batches(training, [], training)
    steps, orders, n_rows = training.steps, training.orders(), training.data.n_rows
    own = [[row for row in order if row != UNKNOWN] for order in orders]
    used = {frozenset(order) for order in own}
    epochs = [[len(step.rows) for step in epoch] for epoch in training.epochs()]
    wrong = {
        "unknown rows": any(UNKNOWN in order for order in orders),
        "rows missing in an epoch": any(len(set(order)) < n_rows for order in own),
        "rows used again in an epoch": any(len(set(order)) < len(order) for order in own),
        "rows used again in a batch": any(len(set(step.rows)) < len(step.rows) for step in steps),
        # With rows left out at random it is chance which of them never come.
        "the same batch again": any(
            len(epoch) > 1 and len({frozenset(step.rows) for step in epoch}) == 1
            for epoch in training.epochs()
        ),
        NEVER_USED: sorted(set(range(n_rows)) - set(*used)) if len(used) == 1 and len(own) > 1 else [],
        "not in pairs": _apart(training),
        NEIGHBOURS: _neighbours(training),
        "form": sorted({form_word(step.form) for step in steps if step.form}),
        "a smaller batch before the last": any(
            min(sizes) < sizes[-1] and sorted(sizes)[1:2] == [training.batch_size]
            for sizes in epochs
            if sizes
        ),
    }
    # Where the smaller one comes may be chance.
    sizes = [sorted(sizes, reverse=True) for sizes in epochs]
    never = None
    if len(own) > 1 and wrong["rows missing in an epoch"]:
        never = {(0,): "the first row", (n_rows - 1,): "the last row"}.get(tuple(wrong[NEVER_USED]), "")
    told = [(name, value) for name, value in wrong.items() if value]
    return Batches(sizes, told, _size_word(training, epochs), never)


def _size_word(training: Training, epochs: list[list[int]]) -> str:
    """What the sizes are, if not batch_size and what is left."""
    n_rows, size = training.data.n_rows, training.batch_size
    whole, left = divmod(n_rows, size)
    told = {tuple(sizes) for sizes in epochs}
    if told <= {(size,) * whole + (left,) * (left > 0)}:
        return ""
    first = {sizes[0] for sizes in told if sizes}
    words = {
        n_rows: "all rows",
        size: "another last batch",
        1: "single rows",
        size - 1: "one less",
        size + 1: "one more",
    }
    if len(first) != 1:
        return "other sizes"
    number = first.pop()
    return words.get(number, "larger" if number > size else "smaller")


def _apart(training: Training) -> str:
    """Which part of the data keeps its order where rows and targets do not stay together."""
    if all(step.paired for step in training.steps):
        return ""
    first = training.epochs()[0]
    rows = [row for step in first for row in step.rows]
    targets = np.concatenate([step.targets for step in first])
    if rows == sorted(rows):
        return "X in the order of the data"
    return (
        "y in the order of the data"
        if np.array_equal(targets, training.data.y[: len(targets)])
        else "both apart"
    )


def _neighbours(training: Training) -> bool:
    """Whether the rows of every batch stand beside each other in the data; with one batch in an epoch that would say nothing."""
    batches = [step.rows for step in training.steps if len(step.rows) > 2]
    apart = [set(np.diff(rows).tolist()) for rows in batches]
    return bool(batches) and training.batch_size < training.data.n_rows and all(one == {1} for one in apart)


def form_word(form: str) -> str:
    """What is wrong with the form of a batch, sizes left out."""
    return "".join(char for char in form if not char.isdigit())
