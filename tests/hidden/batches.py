"""Watches a training with mini-batches from our side: which rows the student's code asks for, and at which parameters.

The gradient that the student's code calls is ours and notes every call. Each row of the data is unlike any other, so
the rows of a batch are known by their numbers. Extra calls, such as one to watch the progress, are harmless: the calls
that made the steps are found by following the parameters from one call to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from expect import Array
from problems import LeastSquares
from replay import descent, first_off

from autograder.sandbox import Callback, Seed

UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Step:
    """One call of the gradient: at `w`, with these rows.

    `paired` says whether each y came with its own row, `form` what is wrong with the arrays themselves, if anything.
    """

    w: Array
    slope: Array
    rows: tuple[int, ...]
    targets: Array
    paired: bool
    form: str


@dataclass(eq=False)
class Data:
    """Rows to learn from, no two alike, and what `gradient` was called with.

    With `intercept` the parameters are one more than the columns; `scale` makes the rows, and so the gradient, large
    or small. Calls are only noted, since there may be thousands of them; `take_steps` looks at all of them at once.
    """

    n_rows: int
    columns: int = 2
    intercept: bool = False
    scale: float = 1.0
    _calls: list[tuple[Array, Array, Array, Array, str]] = field(default_factory=list)

    @classmethod
    def of(cls, X: Any, y: Any) -> Data:
        """The given rows, whose first columns differ, with a start of zeros."""
        data = cls(*np.shape(X))
        data._fill(np.array(X), np.array(y), np.zeros(data.columns))
        return data

    def __post_init__(self) -> None:
        X, y = _drawn(self.n_rows, self.columns, self.scale)
        self._fill(X.copy(), y.copy(), np.linspace(-1, 1.5, self.columns + self.intercept))

    def _fill(self, X: Array, y: Array, start: Array) -> None:
        self.X, self.y, self.start = X, y, start
        self.public = LeastSquares(self.columns, self.intercept)
        self._by_first = np.argsort(X[:, 0])
        self._firsts = X[self._by_first, 0]

    def gradient(self, w: Any, X_batch: Any, y_batch: Any) -> Array:
        """The gradient of half the mean squared error on a batch.

        Arrays of another form than promised are noted and understood as well as possible, so that they cost the check
        that looks at them and not all the others.
        """
        try:
            point, X, y = (np.asarray(part, dtype=float) for part in (w, X_batch, y_batch))
        except (TypeError, ValueError):
            raise ValueError("`gradient` was called with something that is no array of numbers") from None
        if point.shape != self.start.shape:
            raise ValueError(
                f"`gradient` was called with w of shape {point.shape} instead of {self.start.shape}"
            )
        form = ""
        if X.ndim != 2 or X.shape[1] != self.columns or y.shape != (len(X),):
            X, y, form = self._understood(X, y)
        slope = self.public.gradient(point, X, y)
        self._calls.append((point, slope, X, y, form))
        return slope

    def noted(self, returns: str = "fresh") -> Callback:
        """The gradient as an argument: it answers beside the code, and we are told of each call."""
        return Callback(self.gradient, returns, beside=self.public.gradient)

    def forget(self) -> None:
        """Begins a new record."""
        self._calls = []

    def take_steps(self) -> list[Step]:
        """The calls since the record began, with the numbers of their rows."""
        if not self._calls:
            return []
        points, slopes, tables, targets, forms = zip(*self._calls, strict=True)
        table, target = np.concatenate(tables), np.concatenate(targets)
        numbers, strange = self._exactly(table)
        own = numbers != UNKNOWN
        apart = ~own | ~(np.abs(target - self.y[numbers]) <= 1e-5 * np.abs(self.y[numbers]))
        ends = np.cumsum([len(rows) for rows in tables])
        # How many rows up to each end are strange, or come without their own y: no difference, none in the batch.
        strange_so_far, apart_so_far = (np.append(0, np.cumsum(wrong)) for wrong in (strange, apart))
        all_rows = numbers.tolist()
        steps = []
        for k, (first, last) in enumerate(pairwise([0, *ends.tolist()])):
            exact = strange_so_far[last] == strange_so_far[first]
            paired = bool(apart_so_far[last] == apart_so_far[first])
            form = forms[k] or ("" if exact else "rows that are not exactly those of X")
            steps.append(Step(points[k], slopes[k], tuple(all_rows[first:last]), targets[k], paired, form))
        return steps

    def _understood(self, X: Array, y: Array) -> tuple[Array, Array, str]:
        """A batch as a table with our columns and a vector, and what was wrong with its form."""
        form = ""
        if X.ndim != 2 or X.shape[1] != self.columns:
            form = f"X_batch of shape {X.shape} instead of (rows, {self.columns})"
            if X.shape == (self.columns,):
                X = X.reshape(1, -1)
            elif X.ndim == 2 and X.shape[1] > self.columns:
                X = self._known_columns(X)
            else:
                raise ValueError(f"`gradient` was called with {form}")
        if y.shape != (len(X),):
            form = form or f"y_batch of shape {y.shape} instead of ({len(X)},)"
            if y.size != len(X):
                raise ValueError(f"`gradient` was called with {form}")
            y = y.reshape(-1)
        return X, y, form

    def _known_columns(self, X: Array) -> Array:
        """Those neighbouring columns of a table with too many in which our rows stand, the first ones if nowhere."""
        blocks = [X[:, i : i + self.columns] for i in range(X.shape[1] - self.columns + 1)]
        return next((block for block in blocks if UNKNOWN not in self._numbers(block)), blocks[0])

    def _exactly(self, table: Array) -> tuple[Array, Array]:
        """The number of each row of *table*, and which rows are not ours to the last digit."""
        place = np.minimum(np.searchsorted(self._firsts, table[:, 0]), self.n_rows - 1)
        numbers = self._by_first[place]
        if np.array_equal(self.X[numbers], table):  # as right implementations have it
            return numbers, np.zeros(len(table), dtype=bool)
        numbers = self._numbers(table)
        return numbers, (numbers == UNKNOWN) | np.any(table != self.X[numbers], axis=1)

    def _numbers(self, table: Array) -> Array:
        """The number of each row of *table* in our data, UNKNOWN for a row that is not ours, up to float32 rounding."""
        after = np.clip(np.searchsorted(self._firsts, table[:, 0]), 0, self.n_rows - 1)
        before = np.maximum(after - 1, 0)
        closer = np.abs(self._firsts[before] - table[:, 0]) < np.abs(self._firsts[after] - table[:, 0])
        nearest = self._by_first[np.where(closer, before, after)]
        near = np.all(np.abs(table - self.X[nearest]) <= 1e-6 * self.scale, axis=1)
        return np.where(near, nearest, UNKNOWN)


@lru_cache(maxsize=100)
def _drawn(n_rows: int, columns: int, scale: float) -> tuple[Array, Array]:
    """The same rows and numbers to learn from whenever they are asked for."""
    rng = np.random.default_rng(n_rows * 101 + columns)
    X = (rng.normal(size=(n_rows, columns)) + 0.5) * scale
    return X, X @ np.linspace(1, 2, columns) + rng.normal(size=n_rows) * scale


@dataclass(frozen=True, eq=False)
class Training:
    """One training: its settings, what came back, and the calls that made the steps."""

    data: Data
    rate: float
    batch_size: int
    n_epochs: int
    value: Any
    steps: Sequence[Step]

    @property
    def kind(self) -> str:
        """The settings in words, for messages."""
        return f"{self.data.n_rows} rows, batch_size={self.batch_size}"

    def points(self) -> Array:
        """The parameters at the beginning of each step."""
        return np.array([step.w for step in self.steps])

    def slopes(self) -> Array:
        """The gradient that each step was given."""
        return np.array([step.slope for step in self.steps])

    def epochs(self) -> list[list[Step]]:
        """The steps cut into epochs: equal numbers of steps if that goes, or else by the number of rows that were seen."""
        steps = list(self.steps)
        each, left = divmod(len(steps), self.n_epochs)
        if not left:
            return [steps[i : i + each] for i in range(0, len(steps), each)] if each else []
        epochs: list[list[Step]] = []
        seen = self.data.n_rows
        for step in steps:
            if seen >= self.data.n_rows:
                epochs.append([])
                seen = 0
            epochs[-1].append(step)
            seen += len(step.rows)
        return epochs

    def orders(self) -> list[list[int]]:
        """The rows of each epoch one after the other."""
        return [[row for step in epoch for row in step.rows] for epoch in self.epochs()]

    def groups(self) -> list[frozenset[frozenset[int]]]:
        """Which rows come together in each epoch, if its order is cut into pieces of `batch_size`."""
        size = self.batch_size
        return [
            frozenset(frozenset(order[i : i + size]) for i in range(0, len(order), size))
            for order in self.orders()
        ]


TRAININGS = (
    ("rows of ordinary size", (23, 5, 4, 0.05, 1.0)),
    ("many epochs", (8, 4, 12, 0.25, 1.0)),
    ("one batch of all rows", (10, 10, 4, 0.2, 1.0)),
    ("batches of one", (12, 1, 2, 0.02, 1.0)),
    ("batches of the same size", (20, 5, 2, 0.05, 1.0)),
    ("a last batch of one", (21, 5, 2, 0.05, 1.0)),
    ("a steep loss", (14, 4, 3, 1e-6, 300.0)),
    ("a flat loss", (14, 4, 3, 1e8, 1e-5)),
)
"""Names, and rows, batch size, epochs, learning rate, size of the rows."""


def with_whole_data(sgd: Callable[..., Any]) -> tuple[Any, Any]:
    """What two trainings give, one after the other: on decimal numbers that are whole, and on whole numbers."""
    data = Data(6)
    X, y = np.rint(10 * data.X), np.rint(10 * data.y)
    decimal, whole = (
        sgd(data.public.gradient, X.astype(kind), y.astype(kind), [4.5, 1.25], 0.001, 6, 3, Seed(1))
        for kind in (float, int)
    )
    return decimal, whole


def asks_row_by_row(usual: Training) -> bool:
    """Whether a training like the first of TRAININGS takes far more than its 20 steps; one for each row would be 92.

    A large training would then take too long; that the batches are too small is the matter of a check of its own.
    """
    return len(usual.steps) > 40


def trained(submission: Any, settings: tuple[int, int, int, float, float], columns: int = 3) -> Training:
    """One of TRAININGS, or another one, done once for all checks that look at it."""
    if settings not in submission.kept:
        n_rows, batch_size, n_epochs, rate, scale = settings
        data = Data(n_rows, columns, scale=scale)
        submission.kept[settings] = train(submission, data, rate, batch_size, n_epochs, seed=21)
    training: Training = submission.kept[settings]
    return training


def train(
    submission: Any,
    data: Data,
    rate: float,
    batch_size: int,
    n_epochs: int,
    seed: int,
    returns: str = "fresh",
) -> Training:
    """Lets the student's `sgd` learn from *data* and finds the calls that made its steps."""
    data.forget()
    value = submission.sgd(
        data.noted(returns),
        data.X.copy(),
        data.y.copy(),
        data.start.copy(),
        rate,
        batch_size,
        n_epochs,
        Seed(seed),
    )
    calls = data.take_steps()
    assert calls, f"{data.n_rows} rows, {n_epochs} epochs: `gradient` was never called"
    steps = _chain(calls, data.start, rate, value)
    if steps is None:
        # The steps do not follow the rule, which another check says: take the calls as they came.
        steps = [call for call in calls if len(call.rows) < data.n_rows or batch_size >= data.n_rows] or calls
    return Training(data, rate, batch_size, n_epochs, value, steps)


def _chain(calls: Sequence[Step], start: Array, rate: float, value: Any) -> Sequence[Step] | None:
    """The calls that lead from the start to the end, each a step against its gradient; None if there is no such way."""
    targets = np.vstack([*(call.w for call in calls), _end(value, len(start))])
    after, tolerance = descent(targets, np.array([call.slope for call in calls]), rate)
    begins = first_off(targets[:1], start[None], tolerance[:1]) is None
    if begins and first_off(targets[1:], after, tolerance) is None:
        return calls
    here, chain, position = start, [], 0
    while position < len(calls):
        number = _next(targets, after, tolerance, here, position)
        if number is None:
            break
        chain.append(calls[number])
        here, position = after[number], number + 1
    arrived = chain and np.all(np.abs(targets[-1] - here) <= 1e-9 * (1 + np.abs(here)))
    return chain if arrived else None


def _next(targets: Array, after: Array, tolerance: Array, here: Array, position: int) -> int | None:
    """The first call from *position* on that was made at *here* and whose step leads to a later call or to the end."""
    for number in range(position, len(after)):
        if np.all(np.abs(targets[number] - here) <= tolerance[number]):
            reached = np.all(np.abs(targets[number + 1 :] - after[number]) <= tolerance[number], axis=1)
            if reached.any():
                return number
    return None


def _end(value: Any, size: int) -> Array:
    """The last row of what came back, nan if it is no table."""
    if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1] == size and len(value):
        return value[-1].astype(float)
    return np.full(size, np.nan)
