"""A right implementation must not lose a point by bad luck: the random parts of the hidden checks, simulated.

The checks' own bounds are compared with what chance does over many runs that a student's code could have made.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
RUNS = 400
SOME = 30


@pytest.fixture(scope="module")
def chance() -> Iterator[ModuleType]:
    """tests/hidden/chance.py, imported as the checks import it."""
    folder = str(ROOT / "tests" / "hidden")
    sys.path.insert(0, folder)
    try:
        import chance as module

        yield module
    finally:
        sys.path.remove(folder)
        for name in ("chance", "expect"):
            sys.modules.pop(name, None)


def measures(chance: ModuleType, orders: list[Any]) -> dict[str, float]:
    """The four measures of one simulated training."""
    numbers = chance.batch_numbers(orders)
    return {
        "PLACE": chance.place(numbers),
        "BLOCKS": chance.place(numbers, chance.BLOCK),
        "COMPANY": chance.company(numbers),
        "PERSISTENCE": chance.persistence(numbers),
    }


def trainings(
    chance: ModuleType, order: Callable[[np.random.Generator, Any], Any], runs: int
) -> Iterator[Any]:
    """The measures of *runs* trainings in which `order(rng, order of the epoch before)` draws the orders."""
    rng = np.random.default_rng(20_270_222)
    for _ in range(runs):
        orders: list[Any] = []
        before: Any = np.arange(chance.ROWS)
        for _ in range(chance.EPOCHS):
            before = np.array(order(rng, before))
            orders.append(before)
        yield measures(chance, orders)


def test_bounds_of_the_measures_lie_far_above_all_that_chance_does(chance):
    """Mean and deviation are what chance.py says, and in hundreds of runs nothing comes half way to a bound."""
    runs = list(trainings(chance, lambda rng, before: rng.permutation(chance.ROWS), RUNS))
    for name in runs[0]:
        mean, deviation = getattr(chance, name)
        values = np.array([run[name] for run in runs])
        assert abs(values.mean() - mean) < 5 * deviation / RUNS**0.5, name
        assert 0.85 * deviation < values.std() < 1.15 * deviation, name
        assert values.max() < mean + 0.6 * chance.SIGMAS * deviation, name


def test_counts_of_fine_places_stay_far_inside_their_bounds(chance):
    """Over many runs the rarest and the commonest place of a row are well between LEAST and MOST."""
    rng = np.random.default_rng(7)
    orders = rng.permuted(np.tile(np.arange(chance.FEW_ROWS), (3000, chance.FEW_EPOCHS, 1)), axis=2)
    counts = [np.sum(orders == row, axis=1) for row in range(chance.FEW_ROWS)]
    assert chance.LEAST + 3 < np.min(counts)
    assert chance.MOST - 10 > np.max(counts)


def swapped_with_any(rng: np.random.Generator, before: Any) -> Any:
    """The well-known wrong shuffle: each place is swapped with any other, so the orders are not equally likely."""
    deck = list(range(len(before)))
    for i, j in enumerate(rng.integers(len(deck), size=len(deck)).tolist()):
        deck[i], deck[j] = deck[j], deck[i]
    return deck


def a_few_swaps(rng: np.random.Generator, before: Any) -> Any:
    """Goes on from the last order with a swap for every other row."""
    deck = before.tolist()
    for i, j in rng.integers(len(deck), size=(len(deck) // 2, 2)).tolist():
        deck[i], deck[j] = deck[j], deck[i]
    return deck


def turned_round(rng: np.random.Generator, before: Any) -> Any:
    """The order of the data, begun at a random row."""
    return np.roll(np.arange(len(before)), rng.integers(len(before)))


@pytest.mark.parametrize(
    ("order", "measure"),
    [(swapped_with_any, "BLOCKS"), (a_few_swaps, "PERSISTENCE"), (turned_round, "COMPANY")],
    ids=["swapped with any", "a few swaps", "turned round"],
)
def test_an_order_that_is_no_chance_is_far_above_the_bound(chance, order, measure):
    """Each measure sees the wrong shuffle that it is there for, in each of many runs."""
    usual = getattr(chance, measure)
    assert all(chance.far_above(run[measure], usual) for run in trainings(chance, order, SOME))
