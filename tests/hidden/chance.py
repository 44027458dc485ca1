"""Whether orders of rows that were drawn epoch after epoch look like chance: four measures and their bounds.

A right implementation must not fail by bad luck, so each bound lies `SIGMAS` = 9 standard deviations above the mean.
Each measure is a sum of very many small terms, so its distribution is close to a chi-squared one, the worst of which is
that of `place` in blocks, with 9 * 3 = 27 degrees of freedom. By Wilson and Hilferty ((27 + 9 * 7.4) / 27) ** (1/3) is
5.7 standard deviations of the cube root above its mean, which has a probability of 6e-9; the other measures have more
degrees of freedom and thinner tails (`place` of single rows, 717 of them: 1e-15). Together far below once in a million
runs. The means and deviations follow from the hypergeometric distribution and were confirmed by 6,000 simulated runs;
tests/test_hidden_chance.py simulates again.

Fine places: with batches of one row, one of three rows comes to a place in an epoch with probability 1/3, so in 70
epochs X ~ Bin(70, 1/3), mean 23: P(X < 3) = 3.0e-10, P(X > 60) = 1e-20; for all 9 pairs of row and place below 3e-9.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from expect import Array

ROWS, SIZE, EPOCHS = 240, 60, 100
BLOCK = 24
WATCHED = 80
SIGMAS = 9.0
FEW_ROWS, FEW_EPOCHS, LEAST, MOST = 3, 70, 3, 60

PLACE = (720.0, 38.0)
BLOCKS = (27.1, 7.4)
COMPANY = (3160.0, 79.8)
PERSISTENCE = (19065.0, 130.4)
"""Mean and standard deviation of each measure for ROWS, SIZE and EPOCHS."""


def batch_numbers(orders: Sequence[Sequence[int]]) -> Array:
    """In which batch each row comes, one line per epoch; epochs that are not a whole order are left out."""
    whole = [order for order in orders if sorted(order) == list(range(ROWS))]
    return np.argsort(np.array(whole, dtype=int).reshape(-1, ROWS), axis=1) // SIZE


def place(numbers: Array, block: int = 1) -> float:
    """How unevenly the rows are spread over the batches: the sum of (count - mean) ** 2 / mean.

    With *block* neighbouring rows are counted together, which shows a small but general leaning.
    """
    counts = np.array([np.sum(numbers == batch, axis=0) for batch in range(ROWS // SIZE)])
    counts = counts.reshape(len(counts), -1, block).sum(axis=2)
    mean = len(numbers) * block * SIZE / ROWS
    return float(np.sum((counts - mean) ** 2) / mean)


def _together(numbers: Array) -> Array:
    """Which pairs of the first WATCHED rows share a batch, one line of pairs per epoch."""
    first, second = np.triu_indices(WATCHED, 1)
    return numbers[:, first] == numbers[:, second]


def company(numbers: Array) -> float:
    """How unevenly the pairs of rows share a batch: the sum of (count - mean) ** 2 / variance."""
    counts = np.sum(_together(numbers), axis=0)
    chance = (SIZE - 1) / (ROWS - 1)
    mean = len(numbers) * chance
    return float(np.sum((counts - mean) ** 2) / (mean * (1 - chance)))


def persistence(numbers: Array) -> float:
    """How many pairs of rows share a batch in an epoch and in the next one, over all epochs."""
    together = _together(numbers)
    return float(np.sum(together[1:] & together[:-1]))


def far_above(value: float, usual: tuple[float, float]) -> bool:
    """Whether a measure is farther above its mean than chance can explain."""
    mean, deviation = usual
    return value > mean + SIGMAS * deviation
