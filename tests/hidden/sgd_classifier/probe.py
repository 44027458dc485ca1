"""Looks at how an `sgd_classifier` behaves, once it has lost points, so that the mistake can be named.

Right solutions differ in their labels, so shares of right labels are told in words, and settings by the answers that
scikit-learn itself gives.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from customers import (
    UNSEEN,
    different_scales,
    few_customers,
    filled_apart,
    holes_everywhere,
    rows_with_holes_count,
    rows_without_effect,
)
from expect import Array
from trainings import slips
from trials import fault, stopped

from autograder.sandbox import Call, Fault

SEEDS = (12, 13)


def probe(submission: Any, problems: Any) -> dict[str, Any]:
    """The form of the labels, how good they are on several kinds of rows, and what they depend on."""

    def run(X_train: Any, y_train: Any, X_test: Any, seed: int = 5) -> Any:
        return submission.attempt("sgd_classifier", X_train, y_train, X_test, seed)

    X, y = problems["housing"].draw(700, 95)
    parts = X[:400], y[:400], X[400:]
    usual = run(*parts)
    labels = _labels(usual)
    whole_rows = _whole(X, y)
    whole = run(*whole_rows)
    fewer = run(X[:400, :5], y[:400], X[400:, :5])
    form = {
        "exception": stopped(usual, whole, fewer),
        "form of the labels": _form(usual, 300),
        "type of the labels": _type(usual),
        "values of the labels": _values(labels),
        "arguments after the call": usual.claims.inputs_unchanged if isinstance(usual, Call) else True,
        "whole arguments after the call": whole.claims.inputs_unchanged if isinstance(whole, Call) else True,
        "fewer columns": _form(fewer, 300),
        **_holes(run),
        **_sizes(run),
    }
    if labels is not None and _same(labels, _labels(run(*parts))) != "the same":
        return {**form, "the same call again": False}  # comparing single labels would say nothing more
    other = _labels(run(*parts, 6))
    few = few_customers(problems["housing"])
    settings, lasting, seeds = _settings(run, problems, few)
    return {
        **form,
        "the same call again": True,
        # What a wrong setting does to the shares says nothing new.
        "rows with holes": _one_label(labels, np.isnan(parts[2]).any(axis=1)),
        "new customers": "good" if settings else _share(labels, y[400:]),
        "whole rows": "good" if settings else _share(_labels(whole), _whole_labels(X, y)),
        "labels turned round": _same(labels, _labels(run(parts[0], 1 - parts[1], parts[2]))),
        # With some settings any two trainings end alike, and by chance two with the right ones may.
        "another seed": not settings and seeds == "the same" and _same(labels, other) == "the same",
        "the same call after another": lasting,
        "a seed of 0": _same(*(_labels(run(*few, 0)) for _ in range(2))),
        "each training row counts": _each_row(submission, run),
        "holes filled with": _filling(submission, run),
        "another unit": _same(labels, _labels(run(X[:400] / 2**30, y[:400], X[400:] / 2**30))) == "the same",
        "training rows of other lengths": _lengths(run, whole_rows, _labels(whole)),
        **_company(run, parts, labels, problems, whole_rows, _labels(whole)),
        "settings": settings,
    }


def _form(outcome: Call | Fault, n_rows: int) -> Any:
    if isinstance(outcome, Fault):
        return fault(outcome)
    value = outcome.value
    if not isinstance(value, np.ndarray):
        return type(value).__name__
    return ["array", ["all" if size == n_rows else "some" if size > 2 else size for size in value.shape]]


def _type(outcome: Call | Fault) -> str:
    if isinstance(outcome, Fault) or not isinstance(outcome.value, np.ndarray):
        return ""
    dtype = outcome.dtype or ""
    return "whole numbers" if dtype.startswith(("int", "uint")) else dtype


def _labels(outcome: Call | Fault) -> Array | None:
    """The labels as numbers, None where there are none."""
    if isinstance(outcome, Fault):
        return None
    try:
        return np.asarray(outcome.value, dtype=float).reshape(-1)
    except (TypeError, ValueError):
        return None


def _values(labels: Array | None) -> Any:
    if labels is None or not labels.size:
        return ""
    found = sorted(set(labels.tolist()))
    if len(found) <= 2:
        return "0 and 1" if set(found) <= {0.0, 1.0} else found
    return "between 0 and 1" if 0 <= found[0] and found[-1] <= 1 else "other numbers"


def _share(labels: Array | None, right: Array) -> str:
    """How many labels are right, in a word; for what is no label, on which side of the middle it lies."""
    if labels is None or labels.shape != right.shape:
        return "no labels"
    ones = labels > (0.5 if np.min(labels) >= 0 and np.max(labels) <= 1 else 0)
    share = np.mean(ones == right)
    return "good" if share > 0.8 else "turned round" if share < 0.2 else "bad"


def _same(first: Array | None, second: Array | None) -> str:
    if first is None or second is None or first.shape != second.shape or not first.size:
        return "no labels"
    share = np.mean(_equal(first, second))
    return "the same" if share == 1 else "most" if share > 0.5 else "few"


def _equal(first: Any, second: Any) -> Array:
    """Which are equal, up to rounding where they are no labels but probabilities or scores."""
    return np.isclose(first, second, rtol=1e-6, atol=1e-9)


def _whole(X: Array, y: Array) -> tuple[Array, Array, Array]:
    whole = ~np.isnan(X).any(axis=1)
    return X[:400][whole[:400]], y[:400][whole[:400]], X[400:][whole[400:]]


def _whole_labels(X: Array, y: Array) -> Array:
    return y[400:][~np.isnan(X[400:]).any(axis=1)]


def _easy(run: Any, X: Array, y: Array, n_train: int) -> Any:
    return _share(_labels(run(X[:n_train], y[:n_train], X[n_train:], 1)), y[n_train:])


def _sizes(run: Any) -> dict[str, Any]:
    """What becomes of columns of very different size, as they are, around 0, and all of one size but away from 0."""
    X, y = different_scales()
    learnt = X[:400]
    return {
        "columns of different size": _easy(run, X, y, 400),
        "columns around 0": [_easy(run, X - learnt.mean(axis=0), y, 400)],
        "columns of one size": [_easy(run, 3 + X / learnt.std(axis=0), y, 400)],
        "columns in reverse": _easy(run, X[:, ::-1].copy(), y, 400),
    }


def _holes(run: Any) -> dict[str, Any]:
    X, y = holes_everywhere()
    filled = np.nan_to_num(X, nan=4.0)
    return {
        "holes everywhere": [_easy(run, X, y, 300)],
        "holes in training rows": [_easy(run, np.vstack([X[:300], filled[300:]]), y, 300)],
        "holes in test rows": [_easy(run, np.vstack([filled[:300], X[300:]]), y, 300)],
    }


def _lengths(run: Any, rows: tuple[Array, Array, Array], labels: Array | None) -> bool:
    """Whether each training row may be multiplied by a number of its own without any effect."""
    X_train, y_train, X_test = rows
    factors = np.linspace(1, 3, len(X_train))[:, None]
    return _same(labels, _labels(run(factors * X_train, y_train, X_test))) == "the same"


def _told(run: Any) -> Any:
    """`run` that gives the labels alone, none where there is no result."""

    def told(*parts: Any) -> Array:
        found = _labels(run(*parts))
        return np.zeros(0) if found is None else found

    return told


def _filling(submission: Any, run: Any) -> Any:
    """With what holes are filled where training and test rows are not filled alike; known from the check, or found out."""
    if "filled apart" not in submission.kept:
        submission.kept["filled apart"] = filled_apart(_told(run))
    return list(submission.kept["filled apart"])


def _each_row(submission: Any, run: Any) -> Any:
    """Whether every training row has an effect, or only the whole ones; known from the check, or found out with one seed."""
    told = _told(run)
    if "idle rows" not in submission.kept:
        submission.kept["idle rows"] = rows_without_effect(told, (3,))
    if "rows with holes count" not in submission.kept:
        submission.kept["rows with holes count"] = rows_with_holes_count(told, (3,))
    if submission.kept["idle rows"] >= UNSEEN:
        return False
    return True if submission.kept["rows with holes count"] else "only whole ones"


def _company(
    run: Any,
    parts: Any,
    labels: Array | None,
    problems: Any,
    whole_rows: Any,
    whole_labels: Array | None,
) -> dict[str, Any]:
    """Whether the other test rows count, through their sizes or through their holes, and what one row alone gets."""
    X_train, y_train, X_test = parts
    large = np.vstack([X_test[:100], 30 * X_test[100:]])
    few = X_test.copy()
    few[100:, 1] = np.where(np.isnan(few[100:, 1]), np.nan, 1e6)
    ordinary = np.vstack([X_test[:100], problems["housing"].draw(200, 96)[0]])

    def of(rows: Array) -> str:
        found = _labels(run(X_train, y_train, rows))
        if found is None or labels is None or min(len(found), len(labels)) < 100:
            return "no labels"
        share = np.mean(_equal(found[:100], labels[:100]))
        return "the same" if share == 1 else "nearly the same" if share >= 0.98 else "others"

    holed = np.isnan(X_test[:100]).any(axis=1)
    single = {
        kind: [(run(X_train, y_train, X_test[row : row + 1]), row) for row in rows[:2]]
        for kind, rows in (("whole", np.flatnonzero(~holed)), ("holed", np.flatnonzero(holed)))
    }
    alone = {kind: [_alone(labels, _labels(one), row) for one, row in made] for kind, made in single.items()}
    scaled = X_test.copy()
    scaled[:, 1] *= 4
    learn, answers, new = whole_rows
    shifted = _labels(run(learn, answers, np.vstack([new[:150], 30 * new[150:]])))
    beside = None if whole_labels is None or shifted is None else (whole_labels[:150], shifted[:150])
    turned = _labels(run(X_train, y_train, X_test[::-1].copy()))
    return {
        "rows in reverse": _same(labels, None if turned is None else turned[::-1]) == "the same",
        "whole rows beside": bool(beside) and _same(*beside) == "the same",
        "very large rows beside": of(large) == "the same",
        "one large column beside": of(few) == "the same",
        "ordinary rows beside": of(ordinary),
        "form of a single label": _form(single["whole"][0][0], 1),
        "whole rows alone": alone["whole"],
        "rows with holes alone": alone["holed"],
        "incomes four times as large": _same(labels, _labels(run(X_train, y_train, scaled))) == "the same",
    }


def _one_label(labels: Array | None, holed: Array) -> str:
    """The label that all rows with holes get, if the others get different ones."""
    if labels is None or len(labels) != len(holed):
        return ""
    found = set(labels[holed].tolist())
    return f"all {found.pop():g}" if len(found) == 1 and len(set(labels[~holed].tolist())) > 1 else ""


def _alone(labels: Array | None, one: Array | None, row: int) -> str:
    """What label a row gets when it is the only one, beside the one among the others."""
    if labels is None or row >= len(labels) or one is None or one.size != 1:
        return "no label"
    return "the same" if _equal(one[0], labels[row]) else "another"


def _settings(run: Any, problems: Any, few: tuple[Array, Array, Array]) -> tuple[Any, bool, str]:
    """The settings that give these labels, whether the first call, made again, gives the labels that it gave, and how much those of
    two seeds have in common."""
    X_train, y_train, X_test = few
    found = [_labels(run(X_train, y_train, X_test, seed)) for seed in (*SEEDS, SEEDS[0])]
    got = [labels for labels in found if labels is not None and len(labels) == len(X_test)]
    if len(got) < len(found):
        return "", True, "no labels"
    words = slips(np.concatenate(got[:-1]), problems["housing"], SEEDS)
    lasting = bool(np.all(_equal(got[0], got[-1])))
    return sorted({SCHEDULES.get(word, word) for word in words}), lasting, _same(got[0], got[1])


SCHEDULES = dict.fromkeys(
    ("learning rate, `constant`", "learning rate, `adaptive`"), "learning rate that does not fall"
)
"""Some steps with these are the same."""
