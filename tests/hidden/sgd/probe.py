"""Looks at how an `sgd` behaves, once it has lost points, so that the mistake can be named.

Right implementations draw their orders in many ways, so nothing here depends on which order was drawn: only what all
orders have in common, the steps with one batch of all rows, and each step in proportion to the gradient that it got.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import chance
import numpy as np
from batches import UNKNOWN, Data, Training, train
from expect import Array
from replay import steps_of
from trials import digits, ends_early, fault, fits, forms, pattern, settled, walk

from autograder.sandbox import Call, Callback, Fault, Seed

ALL = 6  # rows of a training with one batch of all rows
ROWS = np.array(
    [
        [0.5, -1.0, 2.0],
        [1.5, 0.25, -0.5],
        [-1.0, 2.0, 1.0],
        [0.75, 1.0, -2.0],
        [2.0, -0.5, 0.3],
        [-0.4, 0.9, 1.1],
    ]
)
TARGETS = np.array([1.0, -0.5, 2.0, 0.0, 1.5, -1.0])
SIZES = ((40, 8), (11, 4), (12, 4), (9, 4), (13, 5), (6, 1), (5, 8), (1, 3))
STEPS = {
    "steps": (11, 4, 3, 0.05, 1.0),
    "steps with another learning rate": (11, 4, 3, 0.02, 1.0),
    "steps in steep places": (11, 4, 2, 1e-6, 300.0),
    "steps in flat places": (11, 4, 2, 1e8, 1e-5),
}


def probe(submission: Any, problems: Any) -> dict[str, Any]:
    """The form of the result, the batches, the orders, and the steps."""
    del problems

    def run(gradient: Any, start: Any, rate: float, n_epochs: int) -> Any:
        """A run with one batch of all rows in each epoch and a gradient that does not look at them."""
        given = gradient if isinstance(gradient, Callback) else Callback(gradient)
        served = Callback(lambda w, X_batch, y_batch: given.function(w), given.returns)
        size = len(start)
        return submission.attempt(
            "sgd", served, ROWS[:, :size].copy(), TARGETS.copy(), start, rate, ALL, n_epochs, Seed(3)
        )

    form = forms(lambda gradient, start, n_steps: run(gradient, start, 0.1, n_steps))
    del form["a gradient in the same array"]  # right implementations may ask again before they take the step
    besides = {
        **form,
        **ends_early(run),
        **{
            f"{n_rows} rows in batches of {size}": _batches(submission, n_rows, size)
            for n_rows, size in SIZES
        },
        "an intercept": _intercept(submission),
        **_orders(submission),
        **_generator(submission),
        "rows of the result": _rows(submission),
        "arguments after the call": _unchanged(submission),
    }
    steps = {name: _steps(submission, *settings) for name, settings in STEPS.items()}
    return {
        **besides,
        **steps,
        "one batch of all rows": _walk(submission, 12, 0.2),
        "one batch of all rows, another learning rate": _walk(submission, 3, 0.05),
        "kinds": _kinds(steps, besides),
    }


def _kinds(steps: dict[str, Any], besides: dict[str, Any]) -> Any:
    """Of what kind the steps are, constants left out, beside all that is no number; None where nothing is known."""
    words = []
    for found in steps.values():
        match found:
            case ["along", factors]:
                word = pattern(np.abs(factors)) + (", uphill" if np.all(factors < 0) else "")
                words.append("" if "changing" in word else word)
            case ["off", [str(word), *_]] | ["off", str(word)]:
                words.append("" if word == "other" else word)
            case _:
                return None
    return [words, besides] if all(words) else None


def _train(
    submission: Any, data: Data, rate: float, size: int, n_epochs: int, seed: int = 5
) -> Training | str:
    """A training, or a word for what came instead."""
    try:
        return train(submission, data, rate, size, n_epochs, seed)
    except Fault as error:
        return fault(error)
    except AssertionError:
        return "no call"


def _batches(submission: Any, n_rows: int, size: int) -> Any:
    """The sizes of the batches, and what is wrong with the rows in them, over several epochs."""
    training = _train(submission, Data(n_rows), 0.05, size, 8)
    if isinstance(training, str):
        return training
    steps, orders = training.steps, training.orders()
    own = [[row for row in order if row != UNKNOWN] for order in orders]
    used = {frozenset(order) for order in own}
    within = any(len(set(step.rows)) < len(step.rows) for step in steps)
    wrong = {
        "unknown rows": any(UNKNOWN in order for order in orders),
        "rows missing in an epoch": any(len(set(order)) < n_rows for order in own),
        "rows used again in an epoch": any(len(set(order)) < len(order) for order in own),
        "rows used again in a batch": within,
        # With rows left out at random it is chance which of them never come.
        "rows never used": sorted(set(range(n_rows)) - set(*used)) if len(used) == 1 else [],
        "not in pairs": _apart(training),
        "form": sorted({_word(step.form) for step in steps if step.form}),
    }
    return [[len(step.rows) for step in steps], [[name, value] for name, value in wrong.items() if value]]


def _apart(training: Training) -> str:
    """Which part of the data keeps its order where rows and targets do not stay together."""
    if all(step.paired for step in training.steps):
        return ""
    first = training.epochs()[0]
    rows = [row for step in first for row in step.rows]
    targets = np.concatenate([step.targets for step in first])
    if rows == sorted(rows):
        return "X in the order of the data"
    return (
        "y in the order of the data"
        if np.array_equal(targets, training.data.y[: len(targets)])
        else "both apart"
    )


def _word(form: str) -> str:
    return "".join(char for char in form if not char.isdigit())


def _intercept(submission: Any) -> Any:
    training = _train(submission, Data(ALL, 2, intercept=True), 0.05, ALL, 3)
    return training if isinstance(training, str) else _shape(training.value)


def _shape(value: Any) -> Any:
    return list(value.shape) if isinstance(value, np.ndarray) else type(value).__name__


def _orders(submission: Any) -> dict[str, Any]:
    """What the orders have in common, whatever they are."""
    return {
        "orders one after the other": _sequence(submission),
        "places of the rows": _places(submission),
        "orders beside chance": _crowd(submission),
    }


def _sequence(submission: Any) -> Any:
    training = _train(submission, Data(23), 0.05, 5, 5)
    if isinstance(training, str):
        return training
    orders, groups = training.orders(), training.groups()
    if any(sorted(order) != list(range(23)) for order in orders):
        return "not whole"
    repeated = [[i, j] for i in range(len(groups)) for j in range(i) if groups[i] == groups[j]]
    turned = [i for i in range(1, len(orders)) if orders[i] == orders[i - 1][::-1]]
    # Within a batch the order is of no importance, so it tells mistakes apart only where something is wrong anyway.
    in_file_order = [i for i, order in enumerate(orders) if groups[i] == _blocks(range(23))]
    straight = [i for i in in_file_order if orders[i] == list(range(23))]
    return [repeated, turned, in_file_order, straight]


def _blocks(order: Sequence[int]) -> frozenset[frozenset[int]]:
    return frozenset(frozenset(order[i : i + 5]) for i in range(0, len(order), 5))


def _places(submission: Any) -> Any:
    """For five rows and their places in the epoch: never, sometimes or always."""
    training = _train(submission, Data(5), 1e-3, 1, 60)
    if isinstance(training, str):
        return training
    orders = np.array([order for order in training.orders() if sorted(order) == list(range(5))], dtype=int)
    if len(orders) < 60:
        return "not whole"
    counts = np.array([np.sum(orders == row, axis=0) for row in range(5)])
    return ["".join("-" if n == 0 else "x" if n == 60 else "." for n in row) for row in counts.tolist()]


def _crowd(submission: Any) -> Any:
    """What is uneven about the orders of many rows; not tried where single rows are asked for, which takes too long."""
    data = Data(40)
    few = _train(submission, data, 1e-3, 8, 2)
    if isinstance(few, str) or len(data.take_steps()) > 60:
        return "not tried"
    training = _train(submission, Data(chance.ROWS), 1e-3, chance.SIZE, chance.EPOCHS)
    if isinstance(training, str):
        return training
    numbers = chance.batch_numbers(training.orders())
    if len(numbers) < chance.EPOCHS:
        return "not whole"
    measures = {
        "places": (chance.place(numbers), chance.PLACE),
        "blocks": (chance.place(numbers, chance.BLOCK), chance.BLOCKS),
        "company": (chance.company(numbers), chance.COMPANY),
        "persistence": (chance.persistence(numbers), chance.PERSISTENCE),
    }
    return [name for name, (value, usual) in measures.items() if chance.far_above(value, usual)]


def _generator(submission: Any) -> dict[str, Any]:
    """Whether the orders come from `rng`, told by the result with batches of one."""
    calls = [
        submission.attempt("sgd", data.gradient, data.X, data.y, data.start, 0.05, 1, 2, Seed(seed))
        for data in [Data(12)]
        for seed in (11, 12, 11)
    ]
    if not all(isinstance(call, Call) for call in calls):
        return {"generator": "no result"}
    first, other, again = (_numbers(call.value) for call in calls)
    return {
        "the same seed": "the same" if np.array_equal(first, again, equal_nan=True) else "differs",
        "another seed": "the same" if _close(first, other) else "differs",
        "the shared random state": calls[0].global_random_untouched,
    }


def _numbers(value: Any) -> Array:
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return np.zeros(0)


def _close(first: Array, second: Array) -> bool:
    return first.shape == second.shape and bool(np.allclose(first, second, rtol=1e-9, atol=0, equal_nan=True))


def _steps(submission: Any, n_rows: int, size: int, n_epochs: int, rate: float, scale: float) -> Any:
    """Each step in proportion to the gradient of its batch, or in words where that is no proportion."""
    training = _train(submission, Data(n_rows, 3, scale=scale), rate, size, n_epochs)
    if isinstance(training, str):
        return training
    points, slopes = training.points(), training.slopes()
    if len(points) < 3 or not np.all(np.isfinite(points)):
        return "no steps"
    if np.array_equal(points[0], points[1]):
        return ["waits", _waiting(points, slopes, rate)]
    found = steps_of(points, slopes)
    if np.all(found.along | ~found.told):
        return ["along", np.round(found.rates / rate, 6)]
    return ["off", _off(np.diff(points, axis=0), slopes[:-1], points[:-1], rate)]


def _waiting(points: Array, slopes: Array, rate: float) -> Any:
    """Where the parameters stay for several calls: after how many they move, and by which part of all their gradients."""
    moves = np.flatnonzero(np.any(np.diff(points, axis=0) != 0, axis=1))
    told = []
    for first, last in pairwise([-1, *moves.tolist()]):
        total = np.sum(slopes[first + 1 : last + 1], axis=0)
        told.append(
            [
                last - first,
                round(float(-(points[last + 1] - points[last]) @ total / (total @ total) / rate), 6),
            ]
        )
    return told


def _off(moved: Array, slopes: Array, points: Array, rate: float) -> Any:
    """What the steps have to do with the gradients, if not by one factor each."""
    if np.allclose(np.abs(moved), rate, rtol=1e-6):
        return "sign only"
    cut = np.abs(moved + rate * slopes) > 1e-6 * np.abs(rate * slopes)
    if cut.any() and not cut.all() and np.allclose(np.abs(moved[cut]), np.abs(moved[cut][0]), rtol=1e-6):
        return "entries limited"
    for name, targets, parts in (
        ("pulled to zero", moved, (slopes, points)),
        ("carries the last step along", moved[1:], (slopes[1:], moved[:-1])),
        ("an earlier gradient", moved[1:], (slopes[1:], slopes[:-1])),
    ):
        weights = fits(targets, *parts)
        if weights is not None:
            return [
                name,
                np.round(weights / np.array([rate, 1.0 if name != "an earlier gradient" else rate]), 6),
            ]
    if np.allclose(moved, -rate * np.cumsum(slopes, axis=0), rtol=1e-6):
        return "adds up"
    return "other"


def _walk(submission: Any, n_epochs: int, rate: float) -> Any:
    """The points of a training with one batch of all rows, which do not depend on any order."""
    data = Data(ALL, 3)
    outcome = submission.attempt(
        "sgd", data.gradient, data.X, data.y, data.start.copy(), rate, ALL, n_epochs, Seed(4)
    )
    found = walk(outcome, data.start, n_epochs)
    if found.points is None:
        return found.form
    if not all(step.paired for step in data.take_steps()):
        return "not in pairs"
    return [digits(found.points, data.start), np.round(settled(found.points - found.points[0]), 9)]


def _rows(submission: Any) -> Any:
    """Which moment of the training each row of the result holds, by the number of the step; `None` where it is none."""
    training = _train(submission, Data(23, 3), 0.2, 5, 12, seed=23)
    if isinstance(training, str):
        return training
    value = training.value
    if not isinstance(value, np.ndarray) or value.ndim != 2 or value.shape[1] != 3:
        return _shape(value)
    points = training.points()
    places = []
    for row in value[:16].astype(float):
        near = np.flatnonzero(np.all(np.abs(points - row) <= 1e-6 * (1 + np.abs(row)), axis=1))
        places.append(int(near[0]) if near.size else "none")
    return [len(points), places]


def _unchanged(submission: Any) -> Any:
    """Which of the arguments the call changes: each is tried as an array that cannot be written to."""
    data = Data(7)
    call = submission.attempt(
        "sgd", data.gradient, data.X.copy(), data.y.copy(), tuple(data.start), 0.1, 3, 3, Seed(1)
    )
    return call.inputs_unchanged if isinstance(call, Call) else fault(call)
