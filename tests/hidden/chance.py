"""Whether orders of rows that were drawn epoch after epoch look like chance: four measures and their bounds.

A right implementation must not fail by bad luck, so each bound lies `SIGMAS` = 10 standard deviations above the mean.
Each measure is a sum of very many small terms, so its distribution is close to a chi-squared one, the worst of which is
that of `place` in blocks: ten blocks in two halves have 9 degrees of freedom, and P(chi2(9) > 8.8 + 10 * 4.2) = 7e-8. The
others have more degrees of freedom and thinner tails (`place` of single rows, 959 of them: 2e-19). Together below once
in ten million runs. The means and deviations follow from the hypergeometric distribution and were confirmed by 1,500
simulated runs; tests/test_hidden_chance.py simulates again.

Many rows and two batches say more than few rows and many batches, for the same number of calls of the gradient.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from expect import Array

ROWS, SIZE, EPOCHS = 960, 480, 30
BLOCK = 96
WATCHED = 80
SIGMAS = 10.0
TRAINING = (ROWS, SIZE, EPOCHS, 1e-3, 1.0)
"""The settings of the training, as batches.py wants them."""

PLACE = (960.3, 43.2)
BLOCKS = (9.0, 4.24)
COMPANY = (3160.0, 77.5)
PERSISTENCE = (22866.0, 160.5)
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
