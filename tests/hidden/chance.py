"""Whether orders of rows that were drawn epoch after epoch look like chance: four measures and their bounds.

A right implementation must not fail by bad luck, so each bound lies `SIGMAS` = 10 standard deviations above the mean.
Each measure is a sum of very many small terms, so its distribution is close to a chi-squared one, the worst of which is
that of `place` in blocks: ten blocks in two halves have 9 degrees of freedom, and P(chi2(9) > 8.8 + 10 * 4.2) = 7e-8. The
others have more degrees of freedom and thinner tails (`place` of single rows, 959 of them: 2e-19). Together below once
in ten million runs. The means and deviations are those of 2,500
simulated runs, and near what the hypergeometric distribution gives; tests/test_hidden_chance.py simulates again.

Many rows and two batches say more than few rows and many batches, for the same number of calls of the gradient. The first batch
ends at no simple fraction of the rows: who sorts them by random whole numbers below 10 or fewer leaves ties in the order of the
data, and where the batch ends among rows that are tied, the first ones come into it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from expect import Array

ROWS, SIZE, EPOCHS = 960, 619, 30
SIZES = np.array([SIZE, ROWS - SIZE])
BLOCK = 96
WATCHED = 80
SIGMAS = 10.0
TRAINING = (ROWS, SIZE, EPOCHS, 1e-3, 1.0)
"""The settings of the training, as batches.py wants them."""

COLUMNS = 1
"""It is about the order of the rows alone, and so less has to be carried to and fro."""

PLACE = (960.3, 43.3)
BLOCKS = (9.0, 4.24)
COMPANY = (3160.0, 106.9)
PERSISTENCE = (0.0, 104.0)
"""Mean and standard deviation of each measure for ROWS, SIZE and EPOCHS."""


def batch_numbers(orders: Sequence[Sequence[int]]) -> Array:
    """In which batch each row comes, one line per epoch; epochs that are not a whole order are left out."""
    full = np.array([order for order in orders if len(order) == ROWS], dtype=int).reshape(-1, ROWS)
    places = np.argsort(full, axis=1)
    whole = np.all(np.take_along_axis(full, places, axis=1) == np.arange(ROWS), axis=1)
    return places[whole] // SIZE


def place(numbers: Array, block: int = 1) -> float:
    """How unevenly the rows are spread over the batches: the sum of (count - mean) ** 2 / mean.

    With *block* neighbouring rows are counted together, which shows a small but general leaning.
    """
    counts = np.array([np.sum(numbers == batch, axis=0) for batch in range(len(SIZES))])
    counts = counts.reshape(len(counts), -1, block).sum(axis=2)
    means = len(numbers) * block * SIZES[:, None] / ROWS
    return float(np.sum((counts - means) ** 2 / means))


_FIRST, _SECOND = np.triu_indices(WATCHED, 1)


def _together(numbers: Array) -> Array:
    """Which pairs of the first WATCHED rows share a batch, one line of pairs per epoch."""
    return numbers[:, _FIRST] == numbers[:, _SECOND]


def company(numbers: Array) -> float:
    """How unevenly the pairs of rows share a batch: the sum of (count - mean) ** 2 / variance."""
    counts = np.sum(_together(numbers), axis=0)
    chance = float(np.sum(SIZES * (SIZES - 1))) / (ROWS * (ROWS - 1))
    mean = len(numbers) * chance
    return float(np.sum((counts - mean) ** 2) / (mean * (1 - chance)))


def persistence(numbers: Array) -> float:
    """How much more often than others pairs that share a batch in an epoch share one in the next: a covariance, over all epochs."""
    together = _together(numbers).astype(float)
    # How many pairs share a batch at all is chance in each epoch, and says nothing about which ones they are.
    together -= together.mean(axis=1, keepdims=True)
    return float(np.sum(together[1:] * together[:-1]))


def far_above(value: float, usual: tuple[float, float]) -> bool:
    """Whether a measure is farther above its mean than chance can explain."""
    mean, deviation = usual
    return value > mean + SIGMAS * deviation


def again(drawn: Sequence[Sequence[int]]) -> tuple[int, int] | None:
    """The first two epochs that take all rows in the very same order. Of 40! > 8e47 orders none comes twice in 30 epochs by chance:
    435 pairs, so with a probability below 1e-45."""
    first: dict[tuple[int, ...], int] = {}
    for epoch, order in enumerate(map(tuple, drawn)):
        if order in first:
            return first[order], epoch
        first[order] = epoch
    return None
