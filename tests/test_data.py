"""The course's data set and practice problems: the file is what the script makes, and each gradient is that of its loss."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests import lessons

sys.path.insert(0, str(lessons.ROOT / "course" / "data"))

import make_housing_customers
from problems import HOUSING_COLUMNS, PROBLEMS, Problem, housing_customers

every_problem = pytest.mark.parametrize("name", PROBLEMS)


def test_the_file_in_the_course_is_what_the_script_makes() -> None:
    """Byte for byte: `python course/data/make_housing_customers.py` changes nothing."""
    assert make_housing_customers.TARGET.read_bytes().decode() == make_housing_customers.csv_text()


def test_the_file_holds_the_numbers_that_the_problem_uses() -> None:
    """Nothing is lost on the way to text and back."""
    table = np.genfromtxt(make_housing_customers.TARGET, delimiter=",", skip_header=1)
    X, y = housing_customers()

    np.testing.assert_array_equal(table[:, :-1], X)
    np.testing.assert_array_equal(table[:, -1], y)


def test_the_data_are_as_untidy_as_the_course_says() -> None:
    """1,000 customers, some values missing, features of very different scale, both answers frequent."""
    X, y = housing_customers()

    assert X.shape == (1000, len(HOUSING_COLUMNS))
    missing = np.isnan(X).mean(axis=0)
    assert 0 < missing.max() < 0.1
    assert np.sum(missing > 0) == 4
    spread = np.nanstd(X, axis=0)
    assert spread.max() / spread.min() > 100_000
    assert 0.4 < y.mean() < 0.6


def test_other_customers_come_from_the_same_bank() -> None:
    """Another seed gives other people; the same seed gives the same."""
    (X, y), (same_X, same_y), (other_X, _) = (housing_customers(300, seed) for seed in (5, 5, 6))

    np.testing.assert_array_equal(X, same_X)
    np.testing.assert_array_equal(y, same_y)
    assert not np.array_equal(X, other_X, equal_nan=True)
    assert np.all(abs(np.nanmean(X, axis=0) - np.nanmean(other_X, axis=0)) < 0.3 * np.nanstd(X, axis=0))


@every_problem
def test_a_gradient_is_the_slope_of_its_loss(name: str) -> None:
    """At the start and at three other places, compared with the loss a little to each side."""
    problem = PROBLEMS[name]
    rng = np.random.default_rng(1)
    for w in (np.array(problem.start), *(rng.normal(0, 1, len(problem.start)) for _ in range(3))):
        np.testing.assert_allclose(problem.gradient(w), _slopes(problem, w), rtol=1e-5, atol=1e-6)


@every_problem
def test_no_loss_is_below_the_minimum_that_the_problem_states(name: str) -> None:
    """And a long careful walk comes close to it, so it is the lowest, not only a bound."""
    problem = PROBLEMS[name]
    two = lessons.text("02").module
    rate = {"bowl": 0.3, "narrow_valley": 0.015, "rosenbrock": 0.001, "least_squares": 0.5, "housing": 2.0}[
        name
    ]
    end = two.walk(
        two.plain(rate), problem.gradient, problem.start, 40_000 if name == "rosenbrock" else 3000
    )[-1]

    assert problem.minimum - 1e-12 <= problem.loss(end) < problem.minimum + 1e-6


@every_problem
def test_nobody_can_change_a_problem(name: str) -> None:
    """The same objects serve every cell of a notebook, so a step in place must not move the start."""
    problem = PROBLEMS[name]
    for array in (problem.start, problem.X, problem.y):
        assert array is None or not array.flags.writeable


@pytest.mark.parametrize("name", [name for name, problem in PROBLEMS.items() if problem.X is not None])
def test_the_gradients_of_batches_add_up_to_the_whole(name: str) -> None:
    """Lesson 4: a batch is right on average."""
    problem = PROBLEMS[name]
    w = np.arange(len(problem.start)) / 10
    parts = [problem.gradient(w, problem.X[i::10], problem.y[i::10]) for i in range(10)]

    np.testing.assert_allclose(np.mean(parts, axis=0), problem.gradient(w), rtol=1e-10)


def _slopes(problem: Problem, w: np.ndarray) -> np.ndarray:
    steps = 1e-6 * np.eye(len(w))
    return np.array([(problem.loss(w + step) - problem.loss(w - step)) / 2e-6 for step in steps])
