"""The order of the rows is new in every epoch, equally likely in all its forms, and drawn from `rng` alone.

Which order is drawn from which seed is nobody's business: no check here compares with a given order.
"""

from __future__ import annotations

from itertools import combinations

import chance
import numpy as np
import orders
from batches import TRAININGS, Data, asks_row_by_row, train, trained
from expect import describe, identical
from expect import numbers as read

from autograder import check


@check(points=1, hint="Draw a new order at the beginning of each epoch, inside the loop over the epochs")
def test_new_order(submission):
    """draws a new order of the rows in every epoch"""
    # 23 rows in batches of 5 can be grouped in 23! / (5!**4 * 4! * 3!) > 8e11 ways: that a right implementation draws
    # one of them twice in 4 epochs (6 pairs), or the order of the data in one, has a probability below 2e-11.
    training = train(submission, Data(23), 0.05, 5, 4, seed=6)
    epochs = training.groups()

    repeated = [(i, j) for i, j in combinations(range(len(epochs)), 2) if epochs[i] == epochs[j]]
    assert not repeated, (
        f"{training.kind}: epochs {repeated[0][0] + 1} and {repeated[0][1] + 1} put the same rows together in batches"
    )
    in_file_order = frozenset(frozenset(range(i, min(i + 5, 23))) for i in range(0, 23, 5))
    assert in_file_order not in epochs, (
        f"{training.kind}: epoch {epochs.index(in_file_order) + 1} takes the rows in the order of the data"
    )


@check(points=1, hint="`rng.permutation(len(X))` draws each order with the same chance, whatever came before")
def test_every_order(submission, problems):
    """gives each row the same chance of each place, and of each company"""
    # orders.py and chance.py say why a right implementation fails less than once in a million runs.
    numbers = orders.drawn(submission, problems["least_squares"].gradient)
    if numbers is not None:
        counts = np.bincount(numbers, minlength=len(orders.ORDERS))
        assert orders.uneven(numbers) <= orders.UNEVEN, (
            f"3 rows, batch_size=1, {orders.EPOCHS} epochs: one of the six orders came {np.min(counts)} times and another "
            f"one {np.max(counts)} times; about {orders.EPOCHS // len(orders.ORDERS)} times each would be even"
        )
        assert orders.serial(numbers) <= orders.SERIAL, (
            f"3 rows, batch_size=1, {orders.EPOCHS} epochs: the order of an epoch depends on that of the epoch before"
        )

    if asks_row_by_row(trained(submission, TRAININGS[0][1])):
        return
    training = trained(submission, chance.TRAINING, chance.COLUMNS)
    drawn = training.orders()
    batch_of_row = chance.batch_numbers(drawn)
    if len(batch_of_row) < chance.EPOCHS:
        return  # some rows are missing, which another check says
    kind = f"{training.kind}, {chance.EPOCHS} epochs"
    assert not chance.far_above(chance.place(batch_of_row), chance.PLACE), (
        f"{kind}: some rows come to the same batch far more often than others"
    )
    assert not chance.far_above(chance.place(batch_of_row, chance.BLOCK), chance.BLOCKS), (
        f"{kind}: the first rows of the data come to the same batch more often than the last ones, or the other way round"
    )
    assert not chance.far_above(chance.company(batch_of_row), chance.COMPANY), (
        f"{kind}: some rows meet in a batch far more often than others"
    )
    assert not chance.far_above(chance.persistence(batch_of_row), chance.PERSISTENCE), (
        f"{kind}: rows that meet in one epoch meet again in the next one more often than by chance"
    )
    again = chance.again(drawn)
    assert again is None, (
        f"{kind}: epochs {again[0] + 1} and {again[1] + 1} take all the rows in the very same order, of which there are more than "
        "1e47: only a few orders can come"
    )


@check(
    points=2, hint="Draw everything from the argument `rng`: no generator of your own, no `np.random.shuffle`"
)
def test_rng(submission):
    """draws from `rng` alone: the same seed gives the same result, another seed another order"""
    data = Data(23)
    first = train(submission, data, 0.05, 5, 2, seed=11)
    read(first.value)
    other = train(submission, data, 0.05, 5, 2, seed=12)
    again = train(submission, data, 0.05, 5, 2, seed=11)

    assert identical(first.value, again.value), (
        f"{first.kind}: the same arguments and a generator with the same seed, asked twice with another call in between, "
        f"give different results ({describe(first.value)}, then {describe(again.value)})"
    )
    assert first.groups() != other.groups() or _in_file_order(first), (
        f"{first.kind}: generators with different seeds give the same batches, so the order does not come from `rng`"
    )


def _in_file_order(training):
    """Whether nothing is shuffled at all, which costs the checks before."""
    return all(sorted(order) == order for order in training.orders())
