"""Trials for the probes of functions that give back the points of a walk, put into a form in which they can be compared.

A slip in the form of the result (a list, a table on its side, a missing start) is told apart from the steps, so that
it is one aspect and does not disturb all the others. What a NumPy program answers with nan and a plain Python program
with a ZeroDivisionError is the same slip, and is told as nan in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from expect import Array, describe
from instances import basin, plane, ramp

from autograder.sandbox import Call, Callback, Fault

NOT_A_NUMBER = ("ZeroDivisionError", "OverflowError", "FloatingPointError")
_EXCEPTION = re.compile(r"\b[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt|Iteration)\b")


@dataclass(frozen=True, eq=False)
class Walk:
    """What came back from one trial: its form in words, the rows beside those of the steps, and the points."""

    form: str
    besides: int | None = None
    first: str = ""
    points: Array | None = None
    n_steps: int = 0

    @property
    def moved(self) -> Any:
        """The points as seen from the start, or the form where there are none.

        The last one is left out, so that one step too few is a slip of form and nothing else; see `end`.
        """
        return self.form if self.points is None else settled(self.points)[: max(2, self.n_steps)]

    @property
    def end(self) -> str:
        """What is wrong with the last row, if it can be seen without knowing the step."""
        if self.points is None or self.besides != 1 or len(self.points) < 3:
            return ""
        if not np.any(self.points[-1]) or (
            np.isfinite(self.points[:-1]).all() and np.isnan(self.points[-1]).all()
        ):
            return "empty"
        if np.array_equal(self.points[-1], self.points[-2]):
            return "repeated"
        return "an earlier one" if np.any(np.all(self.points[:-2] == self.points[-1], axis=1)) else ""


FAR = 1e3


def settled(points: Array) -> Array:
    """*points* as seen from the first, with nan for all that says nothing: what comes after a number that is not finite,
    or after a point so far away that the next gradient depends on the last digits."""
    points = points - points[0]
    finite = np.all(np.isfinite(points), axis=1)
    near = finite & np.all(np.abs(np.where(np.isfinite(points), points, 0)) <= FAR, axis=1)
    lost, far = np.flatnonzero(~finite), np.flatnonzero(~near)
    end = min([len(points), *lost[:1], *(far[:1] + 1)])
    points[end:] = np.nan
    return points


def walk(outcome: Call | Fault, start: Sequence[float], n_steps: int) -> Walk:
    """What came back for *n_steps* steps from *start*."""
    first = np.asarray(start, dtype=float)
    if isinstance(outcome, Fault):
        if _raises_for_nan(outcome):
            points = np.vstack([first, np.full((n_steps, len(first)), np.nan)])
            return Walk("array", 1, "start", points, n_steps)
        return Walk(fault(outcome))
    form, array = _form(outcome.value, len(first), n_steps)
    if array is None:
        return Walk(form)
    besides = len(array) - n_steps
    if form == "last":
        return Walk(form, None, "", np.vstack([first, array]), n_steps)
    told = _row_0(array, first, besides)
    if told in ("missing", "last"):
        array = np.vstack([first, array[told == "last" :]])
    return Walk(form, besides, told, array[: n_steps + 1], n_steps)


def _row_0(array: Array, start: Array, besides: int) -> str:
    """What stands in row 0, in a word."""
    if same_row(array[0], start):
        return "start"
    if besides == 0:
        return "missing"
    kinds = {"zeros": 0 * start, "whole numbers": np.trunc(start), "last": array[-1]}
    return next((word for word, row in kinds.items() if same_row(array[0], row)), "other")


def same_row(row: Array, other: Array) -> bool:
    return bool(np.all(np.abs(row - other) <= 1e-6 * (1 + np.abs(other))))


def fault(error: Fault) -> str:
    """The kind of *error* in one word: which exception it was depends on how the same slip was written."""
    return "raises" if _EXCEPTION.search(error.message) else type(error).__name__


def stopped(*outcomes: Call | Fault) -> str:
    """The exception with which the first of *outcomes* ended, if none of them gave a result.

    A name that is not defined spoils everything, and so do some known mistakes: all of their aspects say "raises", and
    only the exception tells them apart. Numbers, names and places in it are left out.
    """
    if not all(isinstance(outcome, Fault) for outcome in outcomes):
        return ""
    message = re.sub(r" \([^()]*, line \d.*", "", outcomes[0].message, flags=re.DOTALL)
    return re.sub(r"'[^']*'|\d+", "", message)


def _raises_for_nan(error: Fault) -> bool:
    """Whether a plain Python program raised where a NumPy program gives nan."""
    found = _EXCEPTION.search(error.message)
    return bool(found) and found.group(0) in NOT_A_NUMBER


def _form(value: Any, columns: int, n_steps: int) -> tuple[str, Array | None]:
    """The form of *value* in a word, and the table of points in it, if there is one."""
    form = "array"
    if isinstance(value, list | tuple):
        form = "list"
        inner = [part for part in value if np.ndim(_numbers(part)) == 2]
        if len(value) <= 4 and inner and len(value) != n_steps + 1:
            form, value = f"{len(value)} results", inner[0]
    array = _numbers(value)
    if array is None or array.size == 0:
        return describe(value), None
    if array.ndim == 3 and 1 in array.shape[1:] and array.shape[1] * array.shape[2] == columns:
        return f"{form} of columns", array.reshape(len(array), columns)
    if array.ndim == 2 and array.shape[1] == columns:
        return form, array
    if array.ndim == 2 and array.shape[0] == columns:
        return f"{form} on its side", array.T
    if array.ndim == 1 and len(array) == columns:
        return "last", array[None]
    if array.ndim == 1 and columns == 1:
        return f"flat {form}", array[:, None]
    return describe(array), None


def table_in(value: Any, columns: int, n_steps: int) -> Array | None:
    """The table of points in *value*, whatever its form; None where there is none."""
    form, array = _form(value, columns, n_steps)
    return None if form == "last" else array


def _numbers(value: Any) -> Array | None:
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return array.astype(float) if array.dtype.kind in "fiub" else None


Run = Callable[..., Call | Fault]
"""run(gradient, start, n_steps) -> what came back, with settings that steps of an ordinary size need."""

_CENTRE = (0.5, -1.5, 2.0)

PULL = basin(1.0, 3.0, 0.4, centre=_CENTRE)
"""Three parameters that are drawn to a point, each with a strength of its own."""

pull = PULL.gradient
hard_pull = basin(40, 120, 16, centre=_CENTRE).gradient
"""The same with steps so large that whole numbers in the wrong place do not hide all of them."""

one_pull = basin(1.5, centre=(0.5,)).gradient

START = (4.0, 1.0, -3.0)


def forms(run: Run) -> dict[str, Any]:
    """How the function takes what it is given and what its result looks like, whatever its steps are."""
    usual = run(pull, np.array(START), 4)
    found = walk(usual, START, 4)
    none, one, three = (run(pull, np.array(START), n_steps) for n_steps in (0, 1, 3))
    on_a_line = run(one_pull, np.array([2.0]), 4)
    single = walk(on_a_line, [2.0], 4)
    findings: dict[str, Any] = {
        "exception": stopped(usual, one, on_a_line, run(plane(1, 1), np.ones(2), 3)),
        "form of the result": found.form,
        "number of rows": found.besides,
        "row 0": found.first,
        "last row": found.end,
        "type of the numbers": _type(usual) if found.form == "array" else "",
        "type of whole numbers without a step": _type_without_steps(run),
        "a list with a whole number first": _cut_by_the_first(run),
        "random numbers": isinstance(usual, Call) and not usual.claims.global_random_untouched,
        "start after the call": usual.claims.inputs_unchanged if isinstance(usual, Call) else True,
        "no steps": _short(none, 0, found),
        "one step": _short(one, 1, found),
        "three steps": _short(three, 3, found),
        "one parameter": (single.form, single.besides) if single.form != found.form else "",
    }
    return findings | _starts(run) | _again(run, usual)


def _type(outcome: Call | Fault) -> str:
    dtype = outcome.dtype if isinstance(outcome, Call) else ""
    return dtype if dtype in ("", "float64", "float32") else "another"


def _type_without_steps(run: Run) -> str:
    none = run(pull, [4, 1, -3], 0)
    is_table = isinstance(none, Call) and isinstance(none.value, np.ndarray) and none.value.shape == (1, 3)
    return "whole" if is_table and none.dtype.startswith("int") else ""


def _cut_by_the_first(run: Run) -> str:
    """Whether the first number of a list, which is whole, makes the others whole."""
    got = walk(run(pull, [4, 1.5, -3.5], 0), [4, 1, -3], 0)
    return "cut" if got.first == "start" else ""


MANY = 6


def _short(outcome: Call | Fault, n_steps: int, usual: Walk) -> Any:
    """What a short run has besides its steps, where that is not what a longer one has."""
    got = walk(outcome, START, n_steps)
    if usual.besides != 1:
        return ""  # what is left of a run of the wrong length says nothing new
    if got.besides == usual.besides and got.form in (usual.form, "last"):
        return ""
    if n_steps == 0 and got.form != "raises" and got.besides in (None, 0):
        return "no table of one row"
    if n_steps == 0 and got.besides is not None and got.besides > MANY:
        return "many steps"
    return (got.form, None if got.besides is None else got.besides - usual.besides)


def _starts(run: Run) -> dict[str, Any]:
    """What other kinds of start change."""
    whole = [4, 1, -3]
    fixed = np.array(START)
    fixed.setflags(write=False)
    kinds: dict[str, Any] = {
        "a list as start": [float(value) for value in START],
        "a tuple as start": START,
        "a list of whole numbers as start": whole,
        "an array of whole numbers as start": np.array(whole),
        "a read-only array as start": fixed,
    }
    first = run(hard_pull, np.array(START), 4)
    usual = walk(first, START, 4)
    findings: dict[str, Any] = {}
    for kind, start in kinds.items():
        outcome = run(hard_pull, start, 4)
        got = walk(outcome, START, 4)
        findings[kind] = "" if _alike(got, usual) else _turned_out(got)
        if (
            start is fixed
            and got.points is None
            and isinstance(first, Call)
            and not first.claims.inputs_unchanged
        ):
            findings[kind] = ""  # what changes the start cannot do so here: the same slip again
        if kind == "a list as start" and isinstance(outcome, Call) and not outcome.claims.inputs_unchanged:
            findings[kind] = "changed"
    return findings


def _turned_out(got: Walk) -> str:
    """What became of a run with another kind of start, in a word."""
    if got.points is None:
        return got.form
    return "whole numbers" if np.all(got.points == np.trunc(got.points)) else "another way"


def _alike(walk: Walk, other: Walk) -> bool:
    """Whether both walks lead along the same points, float32 counted as the same."""
    if walk.points is None or other.points is None or walk.points.shape != other.points.shape:
        return walk.form == other.form and (walk.points is None) == (other.points is None)
    a, b = settled(walk.points), settled(other.points)
    with np.errstate(all="ignore"):
        return bool(np.all((np.abs(a - b) <= 1e-4 * (1 + np.abs(b))) | (np.isnan(a) & np.isnan(b))))


def _again(run: Run, usual: Call | Fault) -> dict[str, Any]:
    """What lives on in a second call, and what becomes of a gradient that is lent."""
    run(one_pull, np.array([1.0]), 2)
    first, second = walk(usual, START, 4), walk(run(pull, np.array(START), 4), START, 4)
    lent = walk(run(Callback(pull, returns="same"), np.array(START), 4), START, 4)
    with_array, with_list = set[str](), set[str]()
    run(Callback(_noting(with_list)), list(START), 2)
    own, handed = (
        walk(run(Callback(_noting(with_array), returns=returns), np.array(START), 4), START, 4)
        for returns in ("fresh", "argument")
    )
    steady, anew, other = (
        walk(run(gradient, np.array(START), 4), START, 4)
        for gradient in (ramp(*SLOPE).gradient, plane(*SLOPE), plane(*SLOPE[::-1]))
    )
    moves = anew.points is not None and bool(np.any(np.diff(anew.points, axis=0)))
    return {
        "second call": _second(first, second),
        ASKED: sorted(with_array - {_ARRAY}) if with_array else [NEVER],
        ASKED_FIRST: sorted(with_list - with_array),
        "a gradient in the same array": "" if _alike(lent, first) else "another way",
        # Where the run goes then depends on details that are no part of the slip.
        "a gradient that is its argument": "" if _alike(handed, own) else "another way",
        "a gradient that stays the same array": "" if _alike(steady, anew) else "another way",
        "another slope": "the same way" if moves and _alike(other, anew) else "",
    }


NAN, NEVER, _ARRAY = "nan", "never", "array"
SLOPE = (0.5, -0.25, 1.0)
ASKED = "what the gradient is asked with"
ASKED_FIRST = "what the gradient is asked with when the start is a list"


def _noting(seen: set[str]) -> Callable[[Any], Array]:
    """A gradient that hands back its argument, and notes in *seen* of what type it is, or that it holds nan."""

    def noted(w: Any) -> Array:
        is_array = isinstance(w, np.ndarray)
        lost = is_array and w.dtype.kind == "f" and np.any(np.isnan(w))
        seen.add(NAN if lost else _ARRAY if is_array else type(w).__name__)
        return _itself(w)

    return noted


def _second(first: Walk, second: Walk) -> Any:
    """What is new in the result when the same is asked for a second time."""
    if _alike(second, first) and second.besides == first.besides:
        return ""
    grows = None not in (first.besides, second.besides) and second.besides > first.besides  # type: ignore[operator]
    return GROWS if grows else second.moved


GROWS = "more rows each time"


def _itself(w: Any) -> Array:
    return np.array(w, dtype=float)


# Where a run ends early, whatever its tolerance: the gradients, or the steps, are far below any that is in use. And whether it
# moves at all with a learning rate of 0.


def ends_early(run: Callable[..., Call | Fault], n_steps: int = 12) -> dict[str, Any]:
    """Where the run ends before its last step; `run` is called with a gradient, a start, a learning rate, and steps."""
    trials = {
        "small gradient": (plane(1e-13, 1e-13), 1e11, 1),
        "small step": (plane(30, 30), 1e-14, 1),
        "no gradient": (plane(0, 0), 0.1, 1),
        "entries that cancel": (plane(40, -40), 0.1, 1),
        "step lost in rounding": (plane(3, 3), 0.1, _BEYOND),
    }
    still = ("no gradient", "step lost in rounding")
    unmoved = walk(run(plane(30, 30), np.ones(2), 0.0, 3), [1, 1], 3).points
    moves = unmoved is not None and np.all(np.isfinite(unmoved)) and bool(np.any(unmoved != unmoved[0]))
    zero = {"a learning rate of zero": "moves" if moves else ""}
    return zero | {
        kind: _ending(
            run(gradient, np.full(2, float(at)), rate, n_steps), n_steps, at, moving=kind not in still
        )
        for kind, (gradient, rate, at) in trials.items()
    }


_BEYOND = 1e17  # here the next float is 16 away


def _ending(outcome: Call | Fault, n_steps: int, at: float, *, moving: bool) -> str:
    got = walk(outcome, [at, at], n_steps)
    if got.points is None:
        return got.form
    if len(got.points) < n_steps:
        return "ends"
    if np.all(got.points[-2:] == 0):
        return "zeros"
    return "stays" if moving and np.array_equal(got.points[-1], got.points[-2]) else ""
