"""A right implementation must not lose a point by bad luck: the random parts of the hidden checks, simulated.

The checks' own bounds are compared with what chance does over many runs that a student's code could have made.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    KBinsDiscretizer,
    MaxAbsScaler,
    MinMaxScaler,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

from autograder.course import Course

ROOT = Path(__file__).resolve().parents[1]
RUNS = 150
SOME = 30


@pytest.fixture(scope="module")
def chance(hidden: Callable[[str], ModuleType]) -> ModuleType:
    return hidden("chance")


def criteria(course: Course, exercise: str) -> list[Any]:
    """What course.yaml asks of *exercise* at the end."""
    (found,) = (one for one in course.code_exercises if one.id == exercise)
    return [criterion.values for criterion in found.convergence]


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


def test_no_order_of_all_rows_comes_twice_by_chance_but_does_if_there_are_few(chance):
    rng = np.random.default_rng(9)
    for _ in range(RUNS):
        drawn = [rng.permutation(chance.ROWS).tolist() for _ in range(chance.EPOCHS)]
        assert chance.again(drawn) is None
        assert chance.again([*drawn, drawn[2]]) == (2, chance.EPOCHS)


def test_orders_that_are_drawn_evenly_stay_far_below_their_bounds(hidden):
    """Over thousands of runs neither the spread of single orders nor that of pairs comes near its bound."""
    orders = hidden("orders")
    rng = np.random.default_rng(7)
    runs = rng.integers(len(orders.ORDERS), size=(3000, orders.EPOCHS)).tolist()
    assert max(map(orders.uneven, runs)) < 0.7 * orders.UNEVEN
    assert max(map(orders.serial, runs)) < 0.8 * orders.SERIAL


def test_orders_that_are_not_chance_lie_far_above_a_bound(hidden):
    """Sorting whole numbers below n leaves ties in file order; going on from the last order with one swap remembers it."""
    orders = hidden("orders")
    rng = np.random.default_rng(8)
    names = {order: number for number, order in enumerate(orders.ORDERS)}
    for _ in range(SOME):
        tied = [
            tuple(np.argsort(rng.integers(3, size=3), kind="stable").tolist()) for _ in range(orders.EPOCHS)
        ]
        assert orders.uneven([names[order] for order in tied]) > 1.2 * orders.UNEVEN
        deck, swapped = [0, 1, 2], []
        for i, j in rng.integers(3, size=(orders.EPOCHS, 2)).tolist():
            deck[i], deck[j] = deck[j], deck[i]
            swapped.append(names[tuple(deck)])
        assert orders.serial(swapped) > 1.2 * orders.SERIAL


def swapped_with_any(rng: np.random.Generator, before: Any) -> Any:
    """The well-known wrong shuffle: each place is swapped with any other, so the orders are not equally likely."""
    deck = list(range(len(before)))
    for i, j in enumerate(rng.integers(len(deck), size=len(deck)).tolist()):
        deck[i], deck[j] = deck[j], deck[i]
    return deck


@pytest.mark.parametrize("below", (2, 3, 5, 7, 8, 10))
def test_orders_with_many_ties_lie_above_a_bound(chance, below):
    """Rows that are sorted by a few random numbers stay in the order of the data where two have the same."""

    def tied(rng: np.random.Generator, before: Any) -> Any:
        return np.argsort(rng.integers(below, size=len(before)), kind="stable")

    for run in trainings(chance, tied, 3):
        assert any(chance.far_above(run[name], getattr(chance, name)) for name in run)


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


def test_no_order_of_the_rows_comes_near_a_criterion_of_sgd(optimizers, problems):
    """The loss at the end is a sum of squares of nearly normal numbers, whose tail falls like that of an exponential
    distribution or faster: 20 deviations above the mean lie below exp(-20), two in a thousand million."""
    sgd = runpy.run_path(str(ROOT / "solutions" / "sgd" / "solution.py"))["sgd"]
    for asked in criteria(optimizers, "sgd"):
        problem = problems[asked["problem"]]
        settings = (asked["learning_rate"], asked["batch_size"], asked["epochs"])
        above = np.array(
            [
                problem.loss(
                    sgd(
                        problem.gradient,
                        problem.X,
                        problem.y,
                        problem.start,
                        *settings,
                        np.random.default_rng(seed),
                    )[-1]
                )
                - problem.minimum
                for seed in range(120)
            ]
        )
        assert above.max() < asked["within"] / 2, asked
        assert above.mean() + 20 * above.std() < asked["within"], asked


WAYS = (
    (SimpleImputer(strategy="median"), StandardScaler()),
    (SimpleImputer(strategy="most_frequent"), MaxAbsScaler()),
)
TRAININGS = 150
"""If one of fifty trainings ended badly, all of these would be well with a probability of 5 %."""


def predictions(X_train: Any, y_train: Any, X_test: Any, way: Any, seeds: range) -> Any:
    """The labels from right solutions that differ by how they fill, how they scale, and by the seed."""
    rows = []
    for seed in seeds:
        model = make_pipeline(
            *way, SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed)
        )
        rows.append(model.fit(X_train, y_train).predict(X_test))
    return np.array(rows)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: " and ".join(type(part).__name__ for part in way))
def test_right_classifiers_stay_above_what_is_asked_for(optimizers, hidden, problems, way):
    """In none of many trainings the share of right labels is too low; the checks take the middle one of nine."""
    customers = hidden("customers")
    assert len(customers.TRAININGS) == 9
    (asked,) = criteria(optimizers, "sgd_classifier")
    trials = {
        "criterion": (*problems[asked["problem"]].draw(1300, 4711), 1000, asked["accuracy"]),
        "holes": (*customers.holes_everywhere(), 300, customers.ENOUGH),
        "scales": (*customers.different_scales(), 400, customers.ENOUGH),
    }
    for name, (X, y, n, least) in trials.items():
        found = predictions(X[:n], y[:n], X[n:], way, range(100, 100 + TRAININGS))
        assert np.min(np.mean(found == y[n:], axis=1)) > least, name


@pytest.mark.parametrize("way", WAYS, ids=lambda way: " and ".join(type(part).__name__ for part in way))
def test_seeds_always_change_some_labels(problems, way):
    """The check of the seed wants one label of 400 to differ between three seeds: the closest pairs differ in several."""
    X, y = problems["housing"].draw(550, 85)
    found = predictions(X[:150], y[:150], X[150:], way, range(30))
    differ = np.array([np.sum(one != other) for one, other in pairwise(found)])
    assert differ.min() >= 3
    assert np.median(differ) > 20


def unusual_ways() -> Iterator[Any]:
    """Right ways to scale that the checks do not know, and right ways to train longer."""
    for scaler in (PowerTransformer(), QuantileTransformer(n_quantiles=10), MinMaxScaler((-1, 1))):
        for longer in ({}, {"max_iter": 5000, "tol": 1e-5}, {"max_iter": 100, "tol": None}):
            yield scaler, longer


def test_labels_of_right_classifiers_are_never_those_of_another_setting(hidden, problems):
    """Whatever right way a row is scaled and however long is trained, the labels are far from those of each wrong setting."""
    customers, trainings = hidden("customers"), hidden("trainings")
    X_train, y_train, X_test = customers.few_customers(problems["housing"])
    asked = problems["housing"], (12, 13)
    right, wrong = trainings.find_right(*asked), trainings.find_wrong(*asked)
    assert {word for word, _ in trainings.WRONG} | {trainings.BORDER} <= {word for word, _ in wrong}
    others = [
        np.concatenate(
            [
                make_pipeline(scaler, SGDClassifier(loss="log_loss", random_state=seed, **longer))
                .fit(X_train, y_train)
                .predict(X_test)
                for seed in (12, 13)
            ]
        )
        for scaler, longer in unusual_ways()
    ]
    for labels in (*right, *others):
        assert trainings.slips(labels, *asked) == []
    assert min(np.sum(labels != one) for labels in others for _, one in wrong) >= 4


@pytest.mark.parametrize("scaler", [StandardScaler(), MaxAbsScaler(), MinMaxScaler(), PowerTransformer()])
def test_every_row_of_the_dozen_counts_for_right_classifiers(hidden, scaler):
    """In nearly all trainings each row has an effect; the check needs one good training of eight."""
    customers = hidden("customers")

    def run(X: Any, y: Any, grid: Any, seed: int) -> Any:
        model = make_pipeline(scaler, SGDClassifier(loss="log_loss", random_state=seed))
        return model.fit(X, y).predict(grid)

    idle = [customers.rows_without_effect(run, (seed,)) for seed in range(20)]
    assert sum(number >= customers.UNSEEN for number in idle) <= 1
    assert customers.rows_without_effect(lambda X, y, grid, seed: run(X[:-3], y[:-3], grid, seed)) == 3


STRANGE_WAYS = (
    (
        SimpleImputer(strategy="constant", fill_value=-0.5),
        QuantileTransformer(n_quantiles=9, output_distribution="normal"),
    ),
    (SimpleImputer(), KBinsDiscretizer(4, encode="ordinal", quantile_method="averaged_inverted_cdf")),
    (KNNImputer(), RobustScaler()),
    (SimpleImputer(add_indicator=True), MinMaxScaler()),
)


@pytest.mark.parametrize(
    "way", STRANGE_WAYS, ids=lambda way: " and ".join(type(part).__name__ for part in way)
)
def test_rows_with_holes_count_for_right_classifiers_however_strange(hidden, way):
    """One of three rows has an effect in nearly all trainings, also where steps or quantiles hide that of another."""
    customers = hidden("customers")

    def run(X: Any, y: Any, grid: Any, seed: int) -> Any:
        model = make_pipeline(*way, SGDClassifier(loss="log_loss", random_state=seed))
        return model.fit(X, y).predict(grid)

    def on_whole_rows(X: Any, y: Any, grid: Any, seed: int) -> Any:
        return run(*customers.whole_rows(X, y), grid, seed)

    assert sum(not customers.rows_with_holes_count(run, (seed,)) for seed in range(30)) <= 4
    assert not customers.rows_with_holes_count(on_whole_rows)
    assert customers.rows_without_effect(run) < customers.UNSEEN


RIGHT_WAYS = (
    *((filler, scaler) for filler in (SimpleImputer(), KNNImputer()) for scaler in (StandardScaler(), PowerTransformer())),
    (SimpleImputer(strategy="most_frequent", add_indicator=True), MinMaxScaler()),
    (StandardScaler(), SimpleImputer(strategy="constant", fill_value=0)),
    (RobustScaler(), SimpleImputer(strategy="median")),
)  # fmt: skip


@pytest.mark.parametrize("way", RIGHT_WAYS, ids=lambda way: " and ".join(type(part).__name__ for part in way))
def test_who_fills_all_rows_alike_is_never_told_otherwise(hidden, way):
    """Whatever holes are filled with, before or after scaling: labels are equal to the last one only for the same numbers."""
    customers = hidden("customers")
    for more in range(5):

        def run(X: Any, y: Any, new: Any, seed: int, more: int = more) -> Any:
            return predictions(X, y, new, way, range(seed + more, seed + more + 1))[0]

        assert customers.filled_apart(run) == ("", "")


@pytest.mark.parametrize("scaler", [StandardScaler(), MaxAbsScaler(), PowerTransformer()])
@pytest.mark.parametrize(
    ("learned", "new"), [("the median", "the mean"), ("the mean", "the smallest number")]
)
def test_who_fills_test_rows_with_another_statistic_is_told_which(hidden, scaler, learned, new):
    customers = hidden("customers")

    def run(X: Any, y: Any, rows: Any, seed: int) -> Any:
        train, test = (
            np.where(np.isnan(part), customers.FILLERS[by](X, axis=0), part)
            for part, by in ((X, learned), (rows, new))
        )
        return predictions(train, y, test, (scaler,), range(seed, seed + 1))[0]

    assert customers.filled_apart(run) == (learned, new)
