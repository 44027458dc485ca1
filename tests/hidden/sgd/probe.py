"""Looks at how an `sgd` behaves, once it has lost points, so that the mistake can be named.

Right implementations draw their orders in many ways, so nothing here depends on which order was drawn: only what all
orders have in common, the steps with one batch of all rows, and each step in proportion to the gradient that it got.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import chance
import numpy as np
import orders
from batches import TRAININGS, Data, Training, asks_row_by_row, train, trained, with_whole_data
from batchwords import NEIGHBOURS, NEVER_USED, batches_found, form_word
from expect import Array
from figures import digits, pattern
from problems import Bowl, Ramp
from stepwords import steps_found
from trials import ASKED_FIRST, ends_early, fault, forms, settled, walk

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
ROWS_BEYOND = ((40, 8, 1), (40, 50, 2), (12, 5, 3), (5, 8, 3), (1, 3, 3))
"""Rows, batch size and epochs, besides those of TRAININGS."""
UNUSED = 17  # as many rows are in no other training


def probe(submission: Any, problems: Any) -> dict[str, Any]:
    """The form of the result, the batches, the orders, and the steps."""

    def run(gradient: Any, start: Any, rate: float, n_epochs: int) -> Any:
        """A run with one batch of all rows in each epoch and a gradient that does not look at them."""
        given = gradient if isinstance(gradient, Callback) else Callback(gradient)
        served = Callback(lambda w, X_batch, y_batch: given.function(w), given.returns)
        if isinstance(getattr(gradient, "__self__", None), Bowl | Ramp):
            served = gradient  # beside the code, where there is an array to change
        size = len(start)
        return submission.attempt(
            "sgd", served, ROWS[:, :size].copy(), TARGETS.copy(), start, rate, ALL, n_epochs, Seed(3)
        )

    form = forms(lambda gradient, start, n_steps: run(gradient, start, 0.1, n_steps))
    del form[ASKED_FIRST]  # not asked for here
    del form["a gradient in the same array"]  # right implementations may ask again before they take the step
    trainings = {name: _kept(submission, settings) for name, settings in TRAININGS}
    batches = {_sizes_of(*settings[:2]): batches_found(trainings[name]) for name, settings in TRAININGS} | {
        _sizes_of(n_rows, size): batches_found(_train(submission, Data(n_rows), 0.05, size, n_epochs))
        for n_rows, size, n_epochs in ROWS_BEYOND
    }
    rest = {
        **form,
        **ends_early(run, 6),
        "an intercept": _intercept(submission),
        "orders one after the other": _sequence(trainings["rows of ordinary size"]),
        "orders of three rows": _places(submission, problems),
        "orders beside chance": _crowd(submission, trainings["rows of ordinary size"]),
        **_generator(submission, problems),
        "whole numbers as data": _whole_data(submission),
        "rows of the result": _rows(trainings["rows of ordinary size"]),
        "arguments after the call": _unchanged(submission),
    }
    steps = {f"steps with {name}": steps_found(trainings[name]) for name in STEPS}
    walks = {
        "one batch of all rows": _walk(submission, 12, 0.2),
        "one batch of all rows, another learning rate": _walk(submission, 3, 0.05),
    }
    return {
        **rest,
        **{name: [found.sizes, found.wrong] for name, found in batches.items()},
        **steps,
        **walks,
        "kinds": _kinds(steps, batches, rest),
    }


STEPS = ("rows of ordinary size", "many epochs", "one batch of all rows", "a steep loss", "a flat loss")


def _sizes_of(n_rows: int, size: int) -> str:
    return f"{n_rows} rows in batches of {size}"


def _kinds(steps: dict[str, Any], batches: dict[str, Any], rest: dict[str, Any]) -> Any:
    """Of what kind steps and batches are, constants left out, beside all that is no number; None where nothing is known."""
    words = [_word_for(found) for found in steps.values()]
    sizes = sorted({found.word for found in batches.values()} - {""})
    wrong = sorted(
        {
            word
            for found in batches.values()
            for word, _ in found.wrong
            if word not in (NEVER_USED, NEIGHBOURS)
        }
    )
    wrong += _never_used(batches)
    if NEIGHBOURS in dict(
        batches["23 rows in batches of 5"].wrong
    ):  # where sizes divide, whole blocks make such batches too
        wrong.append(NEIGHBOURS)
    if "raises" in sizes:
        return None
    if sizes or wrong:
        return ["batches", sizes, wrong, rest["orders of three rows"]]
    if not all(words):
        return None
    told = set(words)
    if "sign only" in told and told <= {"sign only", "right", "entries limited"} and len(told) > 1:
        told = {"entries limited"}  # above the limit only the signs are left
    if told == {"one factor"} or told == {"one factor", "right"}:
        told = {_factor_word([found[1][0] for found in steps.values()])}
    crowd = rest["orders beside chance"]
    if told == {"right"} and (TIED in rest["orders of three rows"] or crowd == ["blocks", FIRST_FIRST]):
        # What chance makes of the other measures depends on how many rows are tied.
        return [TIED, "many rows" if "blocks" in crowd else "few rows"]
    # What a batch of one row or the end of a run changes is a matter of the constant.
    return [sorted(told), {name: found for name, found in rest.items() if name not in LOOSE}]


def _never_used(batches: dict[str, Any]) -> list[str]:
    """The row that is left out wherever rows are left out in all epochs, if that is always the first or always the last."""
    told = {found.never for found in batches.values() if found.never is not None}
    return sorted(told) if len(told) == 1 and told != {""} else []


def _factor_word(factors: list[float]) -> str:
    """On what the factor depends by which all steps of a training are too long or too short."""
    used = np.array(factors)
    rates, n_epochs = (np.array([dict(TRAININGS)[name][k] for name in STEPS]) for k in (3, 2))
    words = {
        "": used,
        "rate of its own": used * rates,
        "by the epochs": used * n_epochs,
        "by the rate": used / rates,
    }
    for word, values in words.items():
        if np.allclose(values, values[0], rtol=1e-4):
            if word == "rate of its own" and abs(abs(values[0]) - 1) < 1e-4:
                return "the whole gradient"
            return word or ("shorter" if abs(used[0]) < 1 else "longer")
    off = np.abs(used - 1) > 1e-6
    if off.any() and np.allclose((used * rates)[off], (used * rates)[off][0], rtol=1e-5):
        return "rate limited"
    return "by the batch"


FORWARDS, BACKWARDS = orders.ORDERS.index((0, 1, 2)), orders.ORDERS.index((2, 1, 0))
TIED = "the order of the data most often, and backwards least"
FIRST_FIRST = "the first rows of the data in the first batch"
LOOSE = ("rows of the result", "small step", "entries that cancel", "last row", "another seed")


def _word_for(found: Any) -> str:
    match found:
        case ["along", factors]:
            told = pattern(np.abs(factors))
            if told == "changing":  # by rounding alone, where the steps are tiny beside the parameters?
                told = pattern([float(f"{abs(factor):.3g}") for factor in factors])
            return "" if told == "changing" else told + (", uphill" if np.all(factors < 0) else "")
        case ["off", [str(word), *_]] | ["off", str(word), *_] | ["size", str(word), *_]:
            return "" if word == "other" else word
    return ""


def _kept(submission: Any, settings: Any, columns: int = 3) -> Training | str:
    """The training that the checks look at too, or a word for what came instead."""
    return _attempt(lambda: trained(submission, settings, columns))


def _train(submission: Any, data: Data, rate: float, size: int, n_epochs: int) -> Training | str:
    """A training, or a word for what came instead."""
    return _attempt(lambda: train(submission, data, rate, size, n_epochs, 5))


def _attempt(make: Callable[[], Training]) -> Training | str:
    try:
        return make()
    except Fault as error:
        return fault(error)
    except AssertionError:
        return "no call"


def _intercept(submission: Any) -> Any:
    training = _train(submission, Data(ALL, 2, intercept=True), 0.05, ALL, 3)
    if isinstance(training, str):
        return training
    forms_of_rows = sorted({form_word(step.form) for step in training.steps if step.form})
    return [*forms_of_rows, _shape(training.value)] if forms_of_rows else _shape(training.value)


def _shape(value: Any) -> Any:
    return list(value.shape) if isinstance(value, np.ndarray) else type(value).__name__


def _whole_data(submission: Any) -> str:
    """What data of whole numbers change, in a word."""
    decimal, whole = with_whole_data(lambda *args: submission.attempt("sgd", *args))
    if isinstance(decimal, Fault) or isinstance(whole, Fault):
        return "raises" if isinstance(decimal, Call) else ""
    return "" if _close(_numbers(decimal.value), _numbers(whole.value)) else "another way"


def _sequence(training: Training | str) -> Any:
    """Which epochs repeat one before, turn it over, or take the rows as they stand."""
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


def _places(submission: Any, problems: Any) -> Any:
    """Which orders of three rows come, where it is not all of them, and what is wrong with how often they come."""
    numbers = orders.read(orders.result(submission, problems["least_squares"].gradient))
    if numbers is None:
        return "not whole"
    if None in numbers:
        late = orders.lost_at(submission, problems["least_squares"].gradient)
        return "the last row is another" if None not in numbers[:-1] else "lost late" if late else "not read"
    numbers = [number for number in numbers if number is not None]
    found = sorted({orders.ORDERS[number] for number in numbers})
    counts = np.bincount(numbers, minlength=len(orders.ORDERS))
    tied = len(found) > 2 and np.argmax(counts) == FORWARDS and np.argmin(counts) == BACKWARDS
    uneven = orders.uneven(numbers) > orders.UNEVEN
    return [
        "all" if len(found) == len(orders.ORDERS) else found,
        TIED if uneven and tied else "uneven" if uneven else "",
        "one depends on the other" if orders.serial(numbers) > orders.SERIAL else "",
    ]


def _crowd(submission: Any, usual: Training | str) -> Any:
    """What is uneven about the orders of many rows; not tried where single rows are asked for, which takes too long."""
    if isinstance(usual, str) or asks_row_by_row(usual):
        return "not tried"
    training = _kept(submission, chance.TRAINING, chance.COLUMNS)
    if isinstance(training, str):
        return training
    drawn = training.orders()
    numbers = chance.batch_numbers(drawn)
    if len(numbers) < chance.EPOCHS:
        return "not whole"
    measures = {
        "places": (chance.place(numbers), chance.PLACE),
        "blocks": (chance.place(numbers, chance.BLOCK), chance.BLOCKS),
        "company": (chance.company(numbers), chance.COMPANY),
        "persistence": (chance.persistence(numbers), chance.PERSISTENCE),
    }
    above = [name for name, (value, usual) in measures.items() if chance.far_above(value, usual)]
    in_first = np.sum(numbers == 0, axis=0)
    if (
        "blocks" in above
        and np.corrcoef(in_first.reshape(-1, chance.BLOCK).sum(axis=1), range(10))[0, 1] < -0.8
    ):
        above.append(FIRST_FIRST)
    if not above and chance.again(drawn):
        above.append("an order again")
    if np.mean(numbers == np.arange(chance.ROWS) // chance.SIZE) > 0.9:
        above.append("nearly the order of the data")
    return above


def _generator(submission: Any, problems: Any) -> dict[str, Any]:
    """Whether the orders come from `rng`, told by the result with batches of one."""
    data, gradient = Data(12), problems["least_squares"].gradient
    calls = [
        submission.attempt("sgd", gradient, data.X, data.y, data.start, 0.05, 1, 2, Seed(seed))
        for seed in (11, 12, 11)
    ]
    if not all(isinstance(call, Call) for call in calls):
        return {"generator": "no result"}
    first, other, again = (_numbers(call.value) for call in calls)
    alike = _close(first, other)
    return {
        "the same seed": "the same" if np.array_equal(first, again, equal_nan=True) else "differs",
        "another seed": "differs" if not alike else "remembered" if _remembered(submission) else "the same",
        "the shared random state": calls[0].claims.global_random_untouched,
    }


def _remembered(submission: Any) -> bool:
    """Whether the first epoch takes the order of an earlier call: then the second one takes what the same `rng` gives first."""
    once, again = (_train(submission, Data(UNUSED), 0.05, 2, n_epochs) for n_epochs in (1, 3))
    if isinstance(once, str) or isinstance(again, str):
        return False
    orders = again.orders()
    return len(orders) == 3 and once.orders() == orders[:1] and orders[0] == orders[1] != orders[2]


def _numbers(value: Any) -> Array:
    try:
        return np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return np.zeros(0)


def _close(first: Array, second: Array) -> bool:
    return first.shape == second.shape and bool(np.allclose(first, second, rtol=1e-9, atol=0, equal_nan=True))


def _walk(submission: Any, n_epochs: int, rate: float) -> Any:
    """The points of a training with one batch of all rows, which do not depend on any order."""
    data = Data(ALL, 3)
    outcome = submission.attempt(
        "sgd", data.noted(), data.X, data.y, data.start.copy(), rate, ALL, n_epochs, Seed(4)
    )
    found = walk(outcome, data.start, n_epochs)
    if found.points is None:
        return found.form
    if not all(step.paired for step in data.take_steps()):
        return "not in pairs"
    return [digits(found.points, data.start), np.round(settled(found.points - found.points[0]), 9)]


def _rows(training: Training | str) -> Any:
    """Which moment of the training each row of the result holds, by the number of the step; `None` where it is none."""
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
        "sgd", data.noted(), data.X.copy(), data.y.copy(), tuple(data.start), 0.1, 3, 3, Seed(1)
    )
    return call.claims.inputs_unchanged if isinstance(call, Call) else fault(call)
