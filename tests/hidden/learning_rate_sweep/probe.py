"""Looks at how a sweep and a choice of the best rate behave, once points were lost, so that the mistake can be named.

What a table says is told in words wherever a word will do, so that a slip is known again also where a constant differs.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from expect import Array, describe
from figures import fits, pattern
from instances import NARROW, NINE, basin, plane, ramp
from problems import Bowl, vector
from stepwords import SMALLER
from sweeps import first_off, run
from sweeptables import TABLES
from trials import PULL, SLOPE

from autograder.sandbox import Call, Callback, Fault

START = (4.0, 1.0, -3.0)
MANY, LONG = 20, 450
_BALL = basin(1, 1, 1)


def probe(submission: Any, problems: Any) -> dict[str, Any]:
    """The form of the table, what stands in it, what becomes of rates that diverge, and which rate is taken for the best."""
    del problems

    def sweep(rates: Any, n_steps: int, start: Any = START, **more: Any) -> Call | Fault:
        loss, gradient = more.get("loss", PULL.loss), more.get("gradient", PULL.gradient)
        return submission.attempt(
            "learning_rate_sweep",
            loss,
            gradient,
            np.array(start) if start is START else start,
            rates,
            n_steps,
        )

    usual = sweep([0.2, 0.05, 0.3], 6)
    table = _table(usual, 3, 6)
    findings: dict[str, Any] = {
        "form of the table": _form(usual, 3, 6),
        "type of the numbers": usual.dtype if isinstance(usual, Call) else "",
        "arguments after the call": usual.claims.inputs_unchanged if isinstance(usual, Call) else True,
        "one rate": _told(_table(sweep([0.2], 6), 1, 6)),
        "three rates": _rows(sweep, table),
        "a small rate": _told(_table(sweep([1e-3], 5), 1, 5)),
        "no steps": _form(sweep([0.2, 0.05], 0), 2, 0),
        "equal rates": _form(sweep(np.array([0.2, 0.2, 0.05]), 3), 3, 3),
        "second call": _alike(_table(sweep([0.2, 0.05, 0.3], 6), 3, 6), table),
        "second call with other functions": _remembered(sweep, table),
        "points close together": _close_together(submission) if _is_right(table) else "",
        "a long run": _late(sweep) if _is_right(table) else "",
    }
    for kind, start in _starts().items():
        wanted = _table(sweep([0.2, 0.05], 5, np.array(start, dtype=float)), 2, 5)
        findings[kind] = _alike(_table(sweep([0.2, 0.05], 5, start), 2, 5), wanted)
    first = _table(sweep([0.2], 0, [4, 1.5, -3.5]), 1, 0)
    cut = not isinstance(first, str) and np.isclose(first[0, 0], PULL.loss(np.array([4, 1, -3])))
    findings["a list with a whole number first"] = "cut" if cut else ""
    findings |= _extremes(submission, sweep)
    best = submission.attempt("best_learning_rate", np.array([0.3, 0.1]), np.array([[5.0, 2], [5, 4]]))
    is_array = isinstance(best, Call) and isinstance(best.value, np.ndarray) and best.value.ndim > 0
    findings["form of the best"] = "raises" if isinstance(best, Fault) else "array" if is_array else ""
    # A list, since each of these answers counts by itself, though there are few words for them.
    findings |= {
        f"the best: {name}": [_answer(submission, rates, losses)] for name, (rates, losses) in TABLES.items()
    }
    for name in ("the best: only nan", "the best: only inf", "the best: inf and nan"):
        # Which rate it is then is of no importance.
        findings[name] = ["a rate" if answer.startswith("rate") else answer for answer in findings[name]]
    kinds = _kinds(sweep)
    return findings | {
        "kinds": kinds and [kinds, {name: findings[name] for name in findings if name not in LOOSE}]
    }


def _remembered(sweep: Any, table: Array | str) -> str:
    """Whether the same arguments with another loss and gradient give the same *table*."""
    other = _table(sweep([0.2, 0.05, 0.3], 6, loss=_BALL.loss, gradient=_BALL.gradient), 3, 6)
    known = not isinstance(other, str) and not isinstance(table, str)
    return "the same table" if known and np.any(table) and not _alike(other, table) else ""


def _is_right(table: Array | str) -> bool:
    """Whether the losses of the usual sweep are right."""
    if isinstance(table, str) or table.shape != (3, 7):
        return False
    expected = [run(PULL.loss, PULL.gradient, START, rate, 6) for rate in (0.2, 0.05, 0.3)]
    return np.allclose(table, expected, rtol=1e-9)


def _late(sweep: Any) -> str:
    """Whether losses are off only after many steps, on a slope, where each step counts."""
    slope = Bowl(np.zeros((3, 3)), np.zeros(3), slope=np.ones(3))
    table = _table(sweep([1e-3], LONG, loss=slope.loss, gradient=slope.gradient), 1, LONG)
    if isinstance(table, str):
        return table
    off = first_off(table[0], run(slope.loss, slope.gradient, START, 1e-3, LONG), 1e-2)
    return "another way" if off is not None and off > MANY else ""


def _close_together(submission: Any) -> str:
    """Whether points are taken for one another that lie close together."""
    narrow = (NARROW.made.loss, NARROW.gradient)
    table = _table(
        submission.attempt("learning_rate_sweep", *narrow, np.array(NARROW.start), [NARROW.rate], 8), 1, 8
    )
    if isinstance(table, str):
        return table
    expected = run(*narrow, NARROW.start, NARROW.rate, 8)[None]
    return _alike(table / expected[0, 0], expected / expected[0, 0]) and "taken for one"


LOOSE = (
    *("one rate", "three rates", "a small rate", "rates that diverge", "losses before an overflow"),
    *("steps that change little", "no gradient any more"),
)
"""What depends on the constant of a slip in the steps."""

KIND_RATES, CURVE = (0.004, 0.01), 2.0


def _kinds(sweep: Any) -> Any:
    """Of what kind the steps are, told from the losses of round functions, where they say how far away the lowest point is;
    None where the steps are right, or nothing is known of them."""
    runs = [(3, rate, 8) for rate in KIND_RATES] + [(1, KIND_RATES[0], 8), (3, KIND_RATES[0], 4)]
    words, factors = [], []
    for size, rate, n_steps in runs:
        away = _away(sweep, size, rate, n_steps)
        if away is None:
            return None
        taken = (1 - away[1:] / away[:-1]) / CURVE / rate
        told = pattern(np.abs(taken))
        weights = fits(np.diff(away)[1:], away[1:-1], np.diff(away)[:-1])
        if np.allclose(np.diff(away), away[1] - away[0], rtol=1e-3):
            told = "limited"
        elif told == "changing" and weights is not None and abs(weights[0]) > 1e-9:
            told = "carries the last step along"
        if told in SMALLER:
            falls = np.all(np.diff(np.abs(taken)) < 0) and np.min(np.abs(taken)) < 0.95
            told = "smaller and smaller" if falls else "changing"
        words.append(told + (", uphill" if np.all(taken < 0) else ""))
        factors.append(abs(float(taken[0])))
    if "changing" in words:
        return None
    if set(words) <= {"right", "limited"}:
        return ["limited", _is_limited(sweep, NEAR)] if _is_limited(sweep, FAR) else None
    return [sorted(set(words) - {"right"}), _factor(factors) if words[0].startswith("one factor") else ""]


NEAR, FAR = -0.99, 1e5


def _is_limited(sweep: Any, start: float) -> bool:
    """Whether the steps from *start* are all of one length, where they should become shorter."""
    away = _away(sweep, 3, KIND_RATES[0], 8, start)
    return (
        away is not None and np.allclose(np.diff(away), away[1] - away[0], rtol=1e-3) and away[0] != away[1]
    )


def _away(sweep: Any, size: int, rate: float, n_steps: int, start: float = 3.0) -> Array | None:
    """How far a run on a round function was away from the lowest point, at the start and after each step."""
    made = basin(*[CURVE] * size, centre=(-1.0,) * size)
    first = np.full(size, start)
    table = _table(sweep([rate], n_steps, first, loss=made.loss, gradient=made.gradient), 1, n_steps)
    if isinstance(table, str) or table.shape[1] < 4 or not np.all(np.isfinite(table)):
        return None
    known = np.all(table > 0) and np.isclose(table[0, 0], made.loss(first))
    return np.sqrt(table[0]) if known else None


def _factor(factors: list[float]) -> str:
    """What the factor depends on by which all steps are too long or too short."""
    usual, other, single, short = factors
    rate, another = KIND_RATES

    def alike(first: float, second: float) -> bool:
        return abs(first - second) < 1e-6 * first

    if not alike(usual, single):
        return "by the parameters"
    if not alike(usual, short):
        return "by the steps"
    if alike(usual * rate, other * another):
        return "the whole gradient" if alike(usual * rate, 1) else "the same with each rate"
    return ("shorter" if usual < 1 else "longer") if alike(usual, other) else "by the rate"


def _itself(w: Any) -> Array:
    return vector(w, 3).copy()


def _starts() -> dict[str, Any]:
    fixed = np.array(START)
    fixed.setflags(write=False)
    return {
        "a list as start": [float(value) for value in START],
        "a tuple as start": (*START[:2], -3.0),
        "whole numbers as start": [int(value) for value in START],
        "an array of whole numbers as start": np.array(START, dtype=int),
        "a read-only array as start": fixed,
    }


def _extremes(submission: Any, sweep: Any) -> dict[str, Any]:
    """What becomes of rates that diverge, of steps that are too small to matter, and of a gradient that is lent."""
    nine = submission.attempt(
        "learning_rate_sweep", NINE.made.loss, NINE.gradient, np.array(NINE.start), [4e6, 0.1, 0.6, 0.05], 56
    )
    still = _table(
        sweep([0.5], 12, np.ones(3), gradient=basin(1e-13, 1e-13, 1e-13, centre=(-5, -5, -5)).gradient), 1, 12
    )
    own, handed = (
        _table(sweep([0.1, 0.2], 5, loss=_BALL.loss, gradient=Callback(_itself, returns=returns)), 2, 5)
        for returns in ("fresh", "argument")
    )
    steady, anew = (
        _table(sweep([0.1, 0.2], 5, loss=ramp(*SLOPE).loss, gradient=gradient), 2, 5)
        for gradient in (ramp(*SLOPE).gradient, plane(*SLOPE))
    )
    arrived = _table(sweep([1.0], 5, loss=_BALL.loss, gradient=_BALL.gradient), 1, 5)
    grown = _table(sweep([2.05], 5, loss=_BALL.loss, gradient=_BALL.gradient), 1, 5)
    return {
        "rates that diverge": _endings(_table(nine, 4, 56)),
        "steps that change little": still if isinstance(still, str) else _ending(still[0]),
        "losses before an overflow": ""
        if isinstance(nine, Fault)
        else _before_an_overflow(_table(nine, 4, 56)),
        "asked with": _asked_with(sweep),
        "large gradients": "limited" if _is_limited(sweep, FAR) else "",
        "no gradient any more": arrived if isinstance(arrived, str) else _ending(arrived[0]),
        "losses that grow a little": _endings(grown),
        "a gradient that is its argument": "" if not _alike(handed, own) else "another way",
        "a gradient that stays the same array": "" if not _alike(steady, anew) else "another way",
    }


def _before_an_overflow(table: Array | str) -> str:
    """What is wrong with the losses of a run that diverges, up to the overflow: few of them are there, or one again and again."""
    lost = [] if isinstance(table, str) else [row for row in table if not np.isfinite(row[-1])]
    there = [row[np.isfinite(row)] for row in lost]
    fewest = min(map(len, there), default=10)
    if fewest < 10:
        return "few" if fewest > 1 else "none"
    return "the same number" if any(np.any(np.diff(row) == 0) for row in there) else ""


def _asked_with(sweep: Any) -> list[str]:
    """What else than arrays `loss` and `gradient` are asked with, where the start is an array and where it is a list."""
    seen: set[str] = set()

    def noted(name: str, function: Any) -> Any:
        def asked(w: Any) -> Any:
            given = "list" if isinstance(start, list) else "array"
            seen.update([] if isinstance(w, np.ndarray) else [f"{name}, {given}: {type(w).__name__}"])
            return function(w)

        return asked

    for start in (np.array(START), list(START)):
        sweep([0.2], 2, start, loss=noted("loss", PULL.loss), gradient=noted("gradient", PULL.gradient))

    return sorted(seen)


def _array(outcome: Call | Fault) -> Array | None:
    if isinstance(outcome, Fault):
        return None
    try:
        array = np.asarray(outcome.value)
    except (ValueError, TypeError, OverflowError):
        return None
    return array.astype(float) if array.dtype.kind in "fiu" else None


def _form(outcome: Call | Fault, n_rates: int, n_steps: int) -> str:
    """What the table looks like, in a few words; nothing if it is as it should be."""
    array = _array(outcome)
    if isinstance(outcome, Fault):
        return "raises"
    if array is None:
        return describe(outcome.value)
    kind = "" if isinstance(outcome.value, np.ndarray) else "list "
    if array.ndim != 2:
        return kind + f"{array.ndim} dimensions" + (", one for each rate" if array.size == n_rates else "")
    if array.shape[1] == n_rates and array.shape[0] != n_rates:
        return kind + f"on its side, {array.shape[0] - n_steps - 1}"
    rows, columns = array.shape[0] - n_rates, array.shape[1] - n_steps - 1
    return kind + (f"{rows} rows and {columns} columns too many" if rows or columns else "")


def _table(outcome: Call | Fault, n_rates: int, n_steps: int) -> Array | str:
    """The table with its start, turned if it lies on its side; a word where there is none."""
    array = _array(outcome)
    if isinstance(outcome, Fault):
        return "raises"
    if array is None or array.ndim != 2:
        return "no table"
    if array.shape[0] != n_rates and array.shape[1] == n_rates:
        array = array.T
    return array if array.shape[0] == n_rates and array.size else "another number of rows"


def _told(table: Array | str) -> Any:
    """The numbers of a table, the columns beside those of the steps left out; column 0 and the last one in words."""
    if isinstance(table, str):
        return table
    first = np.where(table[:, 0] == 0, 0.0, table[:, 0])
    return [
        np.round(first, 6),
        np.round(table[:, 1:-1], 9),
        ["zero" if end == 0 else "" for end in table[:, -1]],
    ]


def _rows(sweep: Any, table: Array | str) -> Any:
    """To which of the rates each row of a sweep over three rates belongs."""
    if isinstance(table, str):
        return table
    alone = [_table(sweep([rate], 6), 1, 6) for rate in (0.2, 0.05, 0.3)]
    found = []
    for row in table:
        same = [i for i, one in enumerate(alone) if not isinstance(one, str) and not _alike(row[None], one)]
        empty = not np.any(row) or np.all(np.isnan(row))
        found.append(str(same[0]) if same else "empty" if empty else "other")
    return "" if found == ["0", "1", "2"] else " ".join(found)


def _alike(table: Array | str, other: Array | str) -> str:
    """Nothing if both are the same to four digits, or a word for the first."""
    if isinstance(table, str) or isinstance(other, str):
        return (
            ""
            if isinstance(table, str) and isinstance(other, str)
            else str(table)[:25] * isinstance(table, str)
        )
    same = table.shape == other.shape and np.allclose(table, other, rtol=1e-4, atol=1e-9, equal_nan=True)
    return "" if same else "another table"


def _endings(table: Array | str) -> Any:
    return table if isinstance(table, str) else [_ending(row) for row in table]


def _ending(row: Array) -> str:
    """How the losses of a row go on towards its end, in a word."""
    end = row[-4:]
    if not np.all(np.isfinite(end)):
        return "inf or nan"
    if np.all(end == 0):
        return "zeros, the largest number before" if np.max(row) == np.finfo(float).max else "zeros"
    moves = np.diff(end)
    if np.all(moves == 0):
        return "the same" if row[-1] <= row[0] else "the same, above the start"
    return "grows" if np.all(moves > 0) else "falls" if np.all(moves < 0) else "other"


def _answer(submission: Any, rates: list[float], losses: list[list[float]]) -> str:
    """Which of the rates was taken for the best, in a word."""
    outcome = submission.attempt("best_learning_rate", list(rates), np.array(losses, dtype=float))
    if isinstance(outcome, Fault):
        return "raises"
    array = _array(outcome)
    if array is None or array.size != 1:
        return describe(outcome.value)
    value = float(array.reshape(-1)[0])
    if np.isnan(value):
        return "nan"
    if value in rates:
        return f"rate {rates.index(value)}"
    if any(0 < abs(value - rate) < 0.1 * rate for rate in rates):
        return "rounded"
    last = [row[-1] for row in losses]
    return (
        f"position {int(value)}"
        if value in range(len(rates))
        else ("a loss" if value in last else "another number")
    )
