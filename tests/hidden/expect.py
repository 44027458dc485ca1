"""What came back from a student's function, read with care: anything may come back, and no check may stumble over it.

Each reader gives a plain float64 array, or raises the AssertionError whose text the student reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from problems import vector

from autograder.sandbox import Call, Fault, Lent

Array = np.ndarray
EPS = float(np.finfo(float).eps)
SHOWN = 6


def describe(value: Any) -> str:
    """*value* in a few words, never its content: `None`, `a list of 3`, `an array of shape (4, 2)`."""
    if value is None:
        return "`None` (is there a `return`?)"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | np.bool_):
        return "a truth value"
    if isinstance(value, int | float | complex | np.number):
        return "a single number"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    # what has no plain form comes back as a stand-in that knows the name of the type
    return f"a value of type {getattr(value, 'type_name', type(value).__name__)}"


def show(values: Any) -> str:
    """A vector as a student would write it: `(3.68, 0.2)`; a long one is cut."""
    flat = np.asarray(values, dtype=float).reshape(-1)
    shown = [f"{value:.8g}" for value in flat[:SHOWN]]
    return f"({', '.join(shown)}{', ...' if flat.size > SHOWN else ''})"


def numbers(value: Any, what: str = "the result") -> Array:
    """*value* as a float64 array of any shape; lists of numbers will do."""
    assert isinstance(value, np.ndarray | list | tuple | int | float | np.number), (
        f"{what} must be an array of numbers; what came back is {describe(value)}"
    )
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        raise AssertionError(
            f"{what} must be an array of numbers; what came back is {describe(value)} that does not fit into one"
        ) from None
    assert array.dtype.kind in "fiu", (
        f"{what} must be an array of numbers; what came back is {describe(value)} of something else"
    )
    return array.astype(float)


def table(value: Any, columns: int, what: str = "the result") -> Array:
    """*value* as an array with *columns* columns and at least one row."""
    array = numbers(value, what)
    assert array.ndim == 2 and array.shape[1] == columns and len(array) >= 1, (
        f"{what} must have one row per point and {columns} column{'s' * (columns != 1)}; "
        f"what came back is {describe(array)}"
    )
    return array


def path(value: Any, columns: int, rows: int = 2) -> Array:
    """A trajectory of at least *rows* rows, whatever its exact length: so that one row too many costs its own check only."""
    array = table(value, columns)
    assert len(array) >= rows, (
        f"the result must hold every point on the way; what came back has {len(array)} row{'s' * (len(array) != 1)}"
    )
    return array


def path_from(start: Any, value: Any, n_steps: int) -> Array:
    """A trajectory whose row 0 is the start: one that was left out is put back, since another check has said so."""
    first = np.asarray(start, dtype=float)
    points = path(value, len(first), rows=1)
    if len(points) == n_steps and not np.array_equal(points[0], first):
        points = np.vstack([first, points])
    return path(points, len(first))


def asked_with_array(w: Any, size: int, function: str = "gradient") -> Array:
    """A copy of the argument of *function*, which must be an array; raises ValueError with a sentence for the student."""
    if not isinstance(w, np.ndarray):
        raise ValueError(f"`{function}` was called with {describe(w)}; it must be an array")
    return vector(w, size).copy()


def last_point(value: Any, columns: int) -> Array:
    """The last point of a trajectory; a single point will do, so that a lost history costs its own check only."""
    array = numbers(value)
    if array.ndim == 1 and len(array) == columns:
        return array
    return table(value, columns)[-1]


_BESIDES = "rows besides those of the steps"


def keep_length(submission: Any, besides: int) -> None:
    """Notes that short and long runs have *besides* rows, or columns, more than there are steps."""
    submission.kept[_BESIDES] = besides


def is_whole(submission: Any, length: int, n_steps: int, what: str, parts: str = "rows") -> None:
    """Asserts that a very long run has kept all its rows, or columns. What is wrong with the number of them in other runs
    is the matter of other checks, and was not noted then."""
    besides = submission.kept.get(_BESIDES)
    assert besides is None or length == n_steps + besides, (
        f"{what}: the result has {length} {parts}; {n_steps + besides} are needed, as many as in a shorter run"
    )


def holds(guard: Callable[[Any], bool], submission: Any) -> bool:
    """What the *guard* of a check says of *submission*; False where it cannot be told, which other checks say."""
    try:
        return guard(submission)
    except (AssertionError, Fault):
        return False


@contextmanager
def only_once(submission: Any, what: str) -> Iterator[None]:
    """Lets what fails here fail for the first of the checks that mind the same thing, and none of the others."""
    try:
        yield
    except AssertionError:
        if what in submission.kept:
            return
        submission.kept[what] = True
        raise


def same(first: Any, second: Any, relative: float = 1e-9) -> bool:
    """Whether two results are equal up to rounding; nan equals nan, inf equals inf."""
    a, b = numbers(first), numbers(second)
    if a.shape != b.shape:
        return False
    with np.errstate(all="ignore"):
        close = np.abs(a - b) <= relative * np.maximum(np.abs(a), np.abs(b)) + 1e-300
    return bool(np.all(close | (a == b) | (~np.isfinite(a) & ~np.isfinite(b))))


def copes(wanted: Any, got: Any, lending: str) -> None:
    """Asserts that the result does not depend on how `gradient` hands over its array, which *lending* says in words."""
    assert same(wanted, got, 1e-4), (
        f"a gradient function that {lending}: the result differs from that of a function that makes a new array each time"
    )


def identical(first: Any, second: Any) -> bool:
    """Whether two results are equal bit by bit; nan equals nan."""
    a, b = numbers(first), numbers(second)
    return a.shape == b.shape and bool(np.all((a == b) | (np.isnan(a) & np.isnan(b))))


def leaves_start(run: Callable[[Any], Any]) -> None:
    """Asserts that *run*, a call of the student's function with a start of two numbers, changes neither an array nor a list."""
    array = Lent(np.array([4.0, 1.0]))
    numbers(run(array))
    assert not array.changed, (
        "`start` was an array, (4, 1), before the call and is something else after it: work on a copy"
    )
    assert leaves_list(run, [4.0, 1.0]), (
        "`start` was a list, [4, 1], before the call and is something else after it: work on a copy"
    )


def leaves_list(run: Callable[[Any], Any], values: list[float]) -> bool:
    """Whether *run*, a call of the student's function with a list, leaves the list as it is.

    What becomes of it is told by the student's side alone, unless a second run with it leads elsewhere, and does not do so
    with a new list, which another check minds.
    """
    listed = Lent(values)
    steady = identical(run(listed), run(listed)) or not identical(run([*values]), run([*values]))
    return steady and not listed.changed


def stay(**lent: Lent) -> None:
    """Asserts that none of the *lent* arguments, by their names in the task, was changed by the call."""
    for name, one in lent.items():
        assert not one.changed, f"`{name}` was changed by the call: work on a copy"


def decimal_without_a_step(outcome: Call | Fault) -> None:
    """Asserts that a run from whole numbers in which no step is taken gives decimal ones; that it gives a table at all is
    the matter of another check."""
    if isinstance(outcome, Call) and isinstance(outcome.value, np.ndarray) and outcome.value.shape == (1, 2):
        assert outcome.dtype == "float64", (
            "the start was a list of whole numbers and no step was asked for; the result must be an array of float64 all the "
            f"same, what came back is of {outcome.dtype}"
        )
