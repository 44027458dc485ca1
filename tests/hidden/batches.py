"""Watches a training with mini-batches from our side: which rows the student's code asks for, and at which parameters.

The gradient that the student's code calls is ours and notes every call. Each row of the data is unlike any other, so
the rows of a batch are known by their numbers. Extra calls, such as one to watch the progress, are harmless: the calls
that made the steps are found by following the parameters from one call to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from expect import Array, path_from
from replay import descent, first_off

from autograder.sandbox import Callback, Seed

UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class Step:
    """One call of the gradient: at `w`, with these rows; `paired` says whether each y came with its own row."""

    w: Array
    rows: tuple[int, ...]
    paired: bool
    slope: Array


@dataclass(eq=False)
class Data:
    """Rows to learn from, no two alike, and the record of the calls of `gradient`.

    With `intercept` the parameters are one more than the columns.
    """

    n_rows: int
    columns: int = 2
    intercept: bool = False
    calls: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.n_rows * 101 + self.columns)
        self.X = rng.normal(size=(self.n_rows, self.columns)) + 0.5
        self.y = self.X @ np.linspace(1, 2, self.columns) + rng.normal(size=self.n_rows)
        self._row_of = {row.tobytes(): number for number, row in enumerate(self.X)}
        self.start = np.linspace(-1, 1.5, self.columns + self.intercept)

    def gradient(self, w: Any, X_batch: Any, y_batch: Any) -> Array:
        """The gradient of half the mean squared error on a batch; refuses what is no batch."""
        try:
            point, X, y = (np.asarray(part, dtype=float) for part in (w, X_batch, y_batch))
        except (TypeError, ValueError):
            raise ValueError("`gradient` was called with something that is no array of numbers") from None
        if point.shape != self.start.shape:
            raise ValueError(
                f"`gradient` was called with w of shape {point.shape} instead of {self.start.shape}"
            )
        if X.ndim != 2 or X.shape[1] != self.columns or len(X) == 0:
            raise ValueError(
                f"`gradient` was called with X_batch of shape {X.shape} instead of (rows, {self.columns})"
            )
        if y.shape != (len(X),):
            raise ValueError(f"`gradient` was called with y_batch of shape {y.shape} instead of ({len(X)},)")
        inputs = np.column_stack([X, np.ones(len(X))]) if self.intercept else X
        slope = inputs.T @ (inputs @ point - y) / len(y)
        rows = tuple(self._row_of.get(row.tobytes(), UNKNOWN) for row in np.ascontiguousarray(X))
        paired = all(
            number != UNKNOWN and self.y[number] == target for number, target in zip(rows, y, strict=True)
        )
        self.calls.append(Step(point.copy(), rows, paired, slope))
        return slope


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
        """The parameters at each step, and the last ones of the result."""
        end = path_from(self.data.start, self.value, self.n_epochs)[-1]
        return np.vstack([*(step.w for step in self.steps), end])

    def slopes(self) -> Array:
        """The gradient that each step was given."""
        return np.array([step.slope for step in self.steps])

    def epochs(self) -> list[list[Step]]:
        """The steps cut into epochs: a new one begins when as many rows were seen as there are."""
        epochs: list[list[Step]] = []
        seen = self.data.n_rows
        for step in self.steps:
            if seen >= self.data.n_rows:
                epochs.append([])
                seen = 0
            epochs[-1].append(step)
            seen += len(step.rows)
        return epochs


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
    data.calls = []
    gradient = Callback(data.gradient, returns=returns)
    value = submission.sgd(
        gradient, data.X.copy(), data.y.copy(), data.start.copy(), rate, batch_size, n_epochs, Seed(seed)
    )
    calls = data.calls
    assert calls or n_epochs == 0, f"{data.n_rows} rows, {n_epochs} epochs: `gradient` was never called"
    steps = _chain(calls, data.start, rate, value)
    if steps is None:
        # The steps do not follow the rule, which another check says: take the calls as they came.
        whole = len(data.X)
        steps = [call for call in calls if len(call.rows) < whole or batch_size >= whole] or calls
    return Training(data, rate, batch_size, n_epochs, value, steps)


def _chain(calls: Sequence[Step], start: Array, rate: float, value: Any) -> Sequence[Step] | None:
    """The calls that lead from the start to the end, each a step against its gradient; None if there is no such way."""
    if not calls:
        return []
    targets = np.vstack([*(call.w for call in calls), _end(value, len(start))])
    after, tolerance = descent(targets, np.array([call.slope for call in calls]), rate)
    if (
        first_off(targets[:1], start[None], tolerance[:1]) is None
        and first_off(targets[1:], after, tolerance) is None
    ):
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
