"""The practice problems of the course: each has a loss, its gradient, a start and the lowest value of the loss.

The same file serves the notebooks and the grader; it needs numpy only. `PROBLEMS["bowl"].gradient(w)` is the
gradient at the parameters `w`. Problems with data (`X`, `y`) also take a batch: `gradient(w, X_batch, y_batch)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Problem:
    """One loss to make small. `minimum` is its lowest value; `X` and `y` are the data, one row per example."""

    name: str
    loss: Callable[..., float]
    gradient: Callable[..., Array]
    start: Array
    minimum: float
    X: Array | None = None
    y: Array | None = None
    draw: Callable[[int, int], tuple[Array, Array]] | None = None


def _fixed(values: Any) -> Array:
    array = np.array(values, dtype=float)
    array.setflags(write=False)
    return array


# Made to order: the hidden checks build functions from numbers of their own. What is made here runs beside the code
# that calls it, wherever that is.


@dataclass(frozen=True, eq=False)
class Bowl:
    """A bowl in n dimensions around `centre` (n,): `matrix` (n, n) says how steep it is.

    `bend` (n,) makes it steeper on one side of the centre than on the other, `slope` (n,) tilts it, `level` is the loss
    at the centre. With d = w - centre the loss is d @ matrix @ d / 2 + bend @ (d * |d|) / 2 + slope @ d + level. With a batch
    its gradient is the same.
    """

    matrix: Array
    centre: Array
    bend: Array | None = None
    slope: Array | None = None
    level: float = 0.0

    def loss(self, w: Any) -> float:
        d = vector(w, len(self.centre)) - self.centre
        height = d @ self.matrix @ d / 2 + self.level
        if self.bend is not None:
            height += self.bend @ (d * np.abs(d)) / 2
        return float(height if self.slope is None else height + self.slope @ d)

    def gradient(self, w: Any, X_batch: Any = None, y_batch: Any = None) -> Array:
        d = vector(w, len(self.centre)) - self.centre
        steepness = self.matrix @ d
        if self.bend is not None:
            steepness += self.bend * np.abs(d)
        return steepness if self.slope is None else steepness + self.slope


@dataclass(frozen=True, eq=False)
class Waves:
    """A gradient that never settles: matrix @ w + slope + height * sin(turn @ w + phase).

    `matrix` and `turn` are (n, n), the others (n,). It need not be the gradient of any loss.
    """

    matrix: Array
    slope: Array
    height: Array
    turn: Array
    phase: Array

    def gradient(self, w: Any) -> Array:
        point = vector(w, len(self.slope))
        return self.matrix @ point + self.slope + self.height * np.sin(self.turn @ point + self.phase)


@dataclass(frozen=True, eq=False)
class Ramp:
    """The loss slope @ w: the gradient is `slope` (n,) everywhere, and always that very array. With a batch it is the same."""

    slope: Array

    def loss(self, w: Any) -> float:
        return float(self.slope @ vector(w, len(self.slope)))

    def gradient(self, w: Any, X_batch: Any = None, y_batch: Any = None) -> Array:
        vector(w, len(self.slope))
        return self.slope


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """Half the mean squared error of a linear model on a batch of `columns` columns.

    With `intercept` there is one parameter more than columns: the last one is added to every prediction.
    """

    columns: int
    intercept: bool = False

    def gradient(self, w: Any, X_batch: Any, y_batch: Any) -> Array:
        point = vector(w, self.columns + self.intercept)
        X, y = np.asarray(X_batch, dtype=float), np.asarray(y_batch, dtype=float)
        if X.ndim != 2 or X.shape[1] != self.columns or y.shape != X.shape[:1]:
            raise ValueError(f"`gradient` was called with a batch of shapes {X.shape} and {y.shape}")
        inputs = np.column_stack([X, np.ones(len(X))]) if self.intercept else X
        return (inputs @ point - y) @ inputs / np.float64(len(y))


def vector(w: Any, size: int) -> Array:
    """The argument of a loss or a gradient, whatever was passed; raises ValueError with a sentence for the student."""
    try:
        point = np.asarray(w, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"`gradient` was called with something that is no array of {size} numbers") from None
    if point.shape != (size,):
        raise ValueError(f"`gradient` was called with an array of shape {point.shape} instead of ({size},)")
    return point


# Two bowls: one round, one a hundred times steeper across than along.


def bowl_loss(w: Array) -> float:
    return float((w[0] - 3) ** 2 + (w[1] + 1) ** 2)


def bowl_gradient(w: Array) -> Array:
    return np.array([2 * (w[0] - 3), 2 * (w[1] + 1)])


def narrow_valley_loss(w: Array) -> float:
    return float((w[0] ** 2 + 100 * w[1] ** 2) / 2)


def narrow_valley_gradient(w: Array) -> Array:
    return np.array([w[0], 100 * w[1]])


# Rosenbrock's curved valley: easy to reach, hard to follow to its lowest point (1, 1).


def rosenbrock_loss(w: Array) -> float:
    return float((1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2)


def rosenbrock_gradient(w: Array) -> Array:
    across = w[1] - w[0] ** 2
    return np.array([-2 * (1 - w[0]) - 400 * w[0] * across, 200 * across])


# Least squares: a straight line through 100 noisy points; w = (slope, intercept).


def _line_points() -> tuple[Array, Array]:
    rng = np.random.default_rng(5)
    x = rng.uniform(-2, 2, size=100)
    y = 1.5 * x - 0.5 + rng.normal(0, 0.4, size=100)
    return _fixed(np.column_stack([x, np.ones(100)])), _fixed(y)


LINE_X, LINE_Y = _line_points()


def least_squares_loss(w: Array, X_batch: Array = LINE_X, y_batch: Array = LINE_Y) -> float:
    return float(np.mean((X_batch @ w - y_batch) ** 2) / 2)


def least_squares_gradient(w: Array, X_batch: Array = LINE_X, y_batch: Array = LINE_Y) -> Array:
    return X_batch.T @ (X_batch @ w - y_batch) / len(y_batch)


# Housing and customers: will the bank approve the loan? Logistic regression on the course's data set.

HOUSING_COLUMNS = (
    "age",
    "income",
    "house_price",
    "house_area",
    "loan_amount",
    "debt_ratio",
    "years_employed",
    "missed_payments",
)


def housing_customers(n_rows: int = 1000, seed: int = 2027) -> tuple[Array, Array]:
    """Made-up customers of a bank: X (n_rows, 8) in the order of HOUSING_COLUMNS with nan where a value is missing, and y, 1 for an approved loan."""
    rng = np.random.default_rng(seed)
    age = rng.integers(21, 71, size=n_rows)
    income = np.exp(rng.normal(10.9, 0.4, size=n_rows)).round(-2)
    house_price = (income * rng.uniform(2.5, 7.5, size=n_rows)).round(-3)
    house_area = (house_price / rng.uniform(2200, 4200, size=n_rows)).round()
    loan_amount = (house_price * rng.uniform(0.3, 0.95, size=n_rows)).round(-3)
    debt_ratio = rng.beta(2.5, 4.5, size=n_rows).round(3)
    years_employed = ((age - 20) * rng.beta(1.5, 3, size=n_rows)).round(1)
    missed_payments = rng.poisson(0.8, size=n_rows)

    score = (
        1.5
        + 1.2 * (income - 58_000) / 24_000
        - 1.3 * (loan_amount - 180_000) / 110_000
        - 1.6 * (debt_ratio - 0.36) / 0.17
        + 0.8 * (years_employed - 8.5) / 7
        - 1.3 * missed_payments
    )
    y = (rng.random(n_rows) < 1 / (1 + np.exp(-4 * score))).astype(float)

    columns = (age, income, house_price, house_area, loan_amount, debt_ratio, years_employed, missed_payments)
    X = np.column_stack(columns).astype(float)
    share_missing = np.array([0, 0.06, 0, 0.03, 0, 0.05, 0.04, 0])
    X[rng.random(X.shape) < share_missing] = np.nan
    return X, y


def _prepared(X: Array) -> Array:
    """*X* with missing values filled by the column's median, each column scaled to mean 0 and deviation 1, and a last column of ones."""
    X = np.where(np.isnan(X), np.nanmedian(X, axis=0), X)
    return np.column_stack([(X - X.mean(axis=0)) / X.std(axis=0), np.ones(len(X))])


_raw_X, _raw_y = housing_customers()
HOUSING_X, HOUSING_Y = _fixed(_prepared(_raw_X)), _fixed(_raw_y)


def housing_loss(w: Array, X_batch: Array = HOUSING_X, y_batch: Array = HOUSING_Y) -> float:
    z = X_batch @ w
    return float(np.mean(np.logaddexp(0, z) - y_batch * z))


def housing_gradient(w: Array, X_batch: Array = HOUSING_X, y_batch: Array = HOUSING_Y) -> Array:
    z = np.clip(X_batch @ w, -700, 700)
    return X_batch.T @ (1 / (1 + np.exp(-z)) - y_batch) / len(y_batch)


def _line_minimum() -> float:
    return least_squares_loss(np.linalg.lstsq(LINE_X, LINE_Y, rcond=None)[0])


def _housing_minimum() -> float:
    """The lowest loss, by Newton's method: ten steps are more than this convex loss needs."""
    w = np.zeros(HOUSING_X.shape[1])
    for _ in range(10):
        p = 1 / (1 + np.exp(-HOUSING_X @ w))
        curvature = HOUSING_X.T @ (HOUSING_X * (p * (1 - p))[:, None]) / len(p)
        w = w - np.linalg.solve(curvature, housing_gradient(w))
    return housing_loss(w)


PROBLEMS: dict[str, Problem] = {
    "bowl": Problem("bowl", bowl_loss, bowl_gradient, _fixed([0, 0]), 0.0),
    "narrow_valley": Problem(
        "narrow_valley", narrow_valley_loss, narrow_valley_gradient, _fixed([10, 1]), 0.0
    ),
    "rosenbrock": Problem("rosenbrock", rosenbrock_loss, rosenbrock_gradient, _fixed([-1.2, 1]), 0.0),
    "least_squares": Problem(
        "least_squares",
        least_squares_loss,
        least_squares_gradient,
        _fixed([0, 0]),
        _line_minimum(),
        LINE_X,
        LINE_Y,
    ),
    "housing": Problem(
        "housing",
        housing_loss,
        housing_gradient,
        _fixed(np.zeros(9)),
        _housing_minimum(),
        HOUSING_X,
        HOUSING_Y,
        housing_customers,
    ),
}
