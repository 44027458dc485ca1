"""The order of the rows is new in every epoch, equally likely in all its forms, and drawn from `rng` alone.

Which order is drawn from which seed is nobody's business: no check here compares with a given order.
"""

from __future__ import annotations

from itertools import combinations

from batches import Data, train
from expect import describe, identical, numbers

from autograder import check


def _groups(epoch):
    return frozenset(frozenset(step.rows) for step in epoch)


@check(points=1, hint="Draw a new order at the beginning of each epoch, inside the loop over the epochs")
def test_new_order(submission):
    """draws a new order of the rows in every epoch"""
    # 23 rows in batches of 5 can be grouped in 23! / (5!**4 * 4! * 3!) > 8e11 ways: that a right implementation
    # draws one of them twice in 4 epochs (6 pairs) has a probability below 1e-11.
    training = train(submission, Data(23), 0.05, 5, 4, seed=6)
    epochs = [_groups(epoch) for epoch in training.epochs()]

    repeated = [(i, j) for i, j in combinations(range(len(epochs)), 2) if epochs[i] == epochs[j]]
    assert not repeated, (
        f"{training.kind}: epochs {repeated[0][0] + 1} and {repeated[0][1] + 1} put the same rows together in batches"
    )
    in_file_order = frozenset(frozenset(range(i, min(i + 5, 23))) for i in range(0, 23, 5))
    assert in_file_order not in epochs, (
        f"{training.kind}: epoch {epochs.index(in_file_order) + 1} takes the rows in the order of the data"
    )


POSITIONS = (200, 6, 3, 90)
"""Epochs, rows, and how often a row may at least and at most come to a position."""
PAIRS = (150, 8, 1, 60)
"""Epochs, rows, and how often two rows may at least and at most meet in a batch of two."""


@check(points=1, hint="`rng.permutation(len(X))` draws each order with the same chance")
def test_every_order(submission):
    """gives each row the same chance of each place, and of each company"""
    # Positions: a row comes to a given position in an epoch with probability 1/6, so in 200 epochs X ~ Bin(200, 1/6),
    # mean 33. P(X < 3) = 1.3e-13 and P(X > 90) = 1e-21; for 36 pairs of row and position together below 1e-11.
    # Company: two of 8 rows are in the same batch of 2 with probability 1/7, so in 150 epochs Y ~ Bin(150, 1/7),
    # mean 21. P(Y < 1) = 9.1e-11 and P(Y > 60) = 2e-15; for 28 pairs of rows together below 3e-9.
    n_epochs, n_rows, least, most = POSITIONS
    training = train(submission, Data(n_rows), 1e-3, 1, n_epochs, seed=7)
    count = [[0] * n_rows for _ in range(n_rows)]
    for epoch in training.epochs():
        for position, step in enumerate(epoch[:n_rows]):
            if step.rows[0] >= 0:
                count[step.rows[0]][position] += 1
    uneven = [n for row in count for n in row if not least <= n <= most]
    assert not uneven, (
        f"{n_rows} rows, batches of one, {n_epochs} epochs: some row comes {uneven[0]} times to the same place; "
        f"about {n_epochs // n_rows} times would be even"
    )

    n_epochs, n_rows, least, most = PAIRS
    training = train(submission, Data(n_rows), 1e-3, 2, n_epochs, seed=8)
    met = dict.fromkeys(combinations(range(n_rows), 2), 0)
    for step in training.steps:
        for pair in combinations(sorted(set(step.rows)), 2):
            if pair in met:
                met[pair] += 1
    uneven = [n for n in met.values() if not least <= n <= most]
    assert not uneven, (
        f"{n_rows} rows, batches of two, {n_epochs} epochs: some two rows meet {uneven[0]} times; "
        f"about {n_epochs // (n_rows - 1)} times would be even"
    )


@check(
    points=2, hint="Draw everything from the argument `rng`: no generator of your own, no `np.random.shuffle`"
)
def test_rng(submission):
    """draws from `rng` alone: the same seed gives the same result, another seed another order"""
    data = Data(23)
    first = train(submission, data, 0.05, 5, 2, seed=11)
    numbers(first.value)
    other = train(submission, data, 0.05, 5, 2, seed=12)
    again = train(submission, data, 0.05, 5, 2, seed=11)
    untouched = submission.last.global_random_untouched

    assert identical(first.value, again.value), (
        f"{first.kind}: the same arguments and a generator with the same seed, asked twice with another call in between, "
        f"give different results ({describe(first.value)}, then {describe(again.value)})"
    )
    assert [_groups(epoch) for epoch in first.epochs()] != [_groups(epoch) for epoch in other.epochs()], (
        f"{first.kind}: generators with different seeds give the same batches, so the order does not come from `rng`"
    )
    assert untouched, (
        "the state that `np.random.shuffle` and its relatives share was used: draw from `rng` instead"
    )
