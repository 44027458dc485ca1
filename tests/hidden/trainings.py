"""What scikit-learn itself makes of a few customers, under the settings that the task asks for and under wrong ones.

To find that out takes seconds and loads scikit-learn into the checker. So it is kept in TABLE, which
`python -m tests.trainings` writes and tests/test_hidden_trainings.py holds against scikit-learn; the table is used only with the
very versions that it was made with, on the same kind of machine, and only while this file and the customers are the same.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import platform
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from customers import few_customers
from expect import Array

TABLE = Path(__file__).with_name("trainings.npz")

# What a slip in the settings gives, each with the word for it; eta0 is needed by the schedules. Where any number would be
# wrong, these are the ones that people choose.
RIGHT = {"loss": "log_loss", "learning_rate": "optimal"}
_OTHER_LOSSES = ("hinge", "perceptron", "modified_huber", "squared_hinge", "squared_error", "huber")
_ETA0 = {
    "constant": (0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0),
    "invscaling": (0.001, 0.01, 0.05, 0.1, 1.0),
    "adaptive": (0.001, 0.01, 0.05, 0.1, 1.0),
}
_BESIDES: tuple[tuple[str, dict[str, Any]], ...] = (
    *(
        ("alpha", {"alpha": value})
        for value in (1e-6, 1e-5, 5e-4, 1e-3, 5e-3, 0.01, 0.05, 0.1, 0.5, 1.0, 10.0)
    ),
    *(("penalty", {"penalty": value}) for value in ("l1", "elasticnet", None)),
    ("class weight", {"class_weight": "balanced"}),
    ("intercept, none", {"fit_intercept": False}),
    ("answer, the average of its steps", {"average": True}),
    ("order of the rows, that of the data", {"shuffle": False}),
    *(("number of epochs", {"max_iter": value, "tol": None}) for value in (1, 2, 3, 5, 10, 20)),
    ("rule for stopping", {"early_stopping": True}),
    *(("rule for stopping", {"n_iter_no_change": value}) for value in (1, 2, 3)),
    *(("rule for stopping", {"tol": value}) for value in (0.01, 0.1)),
)
WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    *((f"loss, `{loss}`", {**RIGHT, "loss": loss}) for loss in _OTHER_LOSSES),
    *(
        (f"learning rate, `{schedule}`", {"loss": "log_loss", "learning_rate": schedule, "eta0": eta0})
        for schedule, values in _ETA0.items()
        for eta0 in values
    ),
    *((word, {**RIGHT, **settings}) for word, settings in _BESIDES),
)
BORDER = "border, 0.5 instead of 0 for the score"
_OTHER_BORDERS = ("border, another one than 0.5 for the probability", (0.2, 0.3, 0.4, 0.6, 0.7, 0.8))


def _scaled(X_train: Array, X_test: Array) -> tuple[tuple[Array, Array], ...]:
    """Both parts under each of the usual ways to scale, learned from the first."""
    mean, low = X_train.mean(axis=0), X_train.min(axis=0)
    quarters = np.percentile(X_train, (25, 50, 75), axis=0)
    ways = (
        (mean, X_train.std(axis=0)),
        (mean, X_train.std(axis=0, ddof=1)),
        (low, X_train.max(axis=0) - low),
        (quarters[1], quarters[2] - quarters[0]),
        (0, np.abs(X_train).max(axis=0)),
    )
    return tuple(((X_train - shift) / size, (X_test - shift) / size) for shift, size in ways)


@functools.lru_cache(maxsize=1)
def right_labels(problem: Any, seeds: tuple[int, ...]) -> list[Array]:
    """For `few_customers` the labels under the right settings: one array for each way to scale, all *seeds* in a row."""
    kept = _kept(problem, seeds)
    return find_right(problem, seeds) if kept is None else kept[0]


@functools.lru_cache(maxsize=1)
def wrong_labels(problem: Any, seeds: tuple[int, ...]) -> list[tuple[str, Array]]:
    """The same under wrong settings, with the word for each. Two wrong settings may agree with a right one by chance: those are
    left out."""
    kept = _kept(problem, seeds)
    return find_wrong(problem, seeds) if kept is None else kept[1]


def made_with() -> list[str]:
    """What computes here: another version, or another kind of machine, may round otherwise."""
    return [
        *map(importlib.metadata.version, ("scikit-learn", "scipy", "numpy")),
        platform.machine(),
        platform.system(),
    ]


def made_of(problem: Any, seeds: Sequence[int]) -> str:
    """A hash of all that decides what scikit-learn makes of the customers."""
    total = hashlib.sha256(Path(__file__).read_bytes())
    total.update(repr([made_with(), list(seeds)]).encode())
    for part in few_customers(problem):
        total.update(part.tobytes())
    return total.hexdigest()


def write(problem: Any, seeds: tuple[int, ...], path: Path = TABLE) -> None:
    """Finds all of it out, and keeps it."""
    wrong = find_wrong(problem, seeds)
    right = find_right(problem, seeds)
    np.savez_compressed(
        path,
        made_of=made_of(problem, seeds),
        made_with=made_with(),
        words=[word for word, _ in wrong],
        wrong=np.packbits([one for _, one in wrong], axis=1),
        right=np.packbits(right, axis=1),
        count=len(right[0]),
    )


def _kept(problem: Any, seeds: Sequence[int]) -> tuple[list[Array], list[tuple[str, Array]]] | None:
    """What TABLE holds of right and of wrong settings; None where it is not of these versions, or is not there."""
    try:
        with TABLE.open("rb") as file, np.load(file) as table:
            if str(table["made_of"]) != made_of(problem, seeds):
                return None
            count = int(table["count"])
            right, wrong = (
                list(np.unpackbits(table[name], axis=1, count=count).astype(int))
                for name in ("right", "wrong")
            )
            return right, list(zip(table["words"].tolist(), wrong, strict=True))
    except Exception:  # noqa: BLE001  a damaged table may raise anything, and costs time alone
        return None


def find_right(problem: Any, seeds: tuple[int, ...]) -> list[Array]:
    """What `right_labels` gives, from scikit-learn."""
    X_train, y_train, X_test = few_customers(problem)
    return [_learned(RIGHT, parts, y_train, seeds) for parts in _scaled(X_train, X_test)]


def find_wrong(problem: Any, seeds: tuple[int, ...]) -> list[tuple[str, Array]]:
    """What `wrong_labels` gives, from scikit-learn."""
    X_train, y_train, X_test = few_customers(problem)
    scaled = _scaled(X_train, X_test)
    wrong = [
        (word, _learned(settings, parts, y_train, seeds)) for word, settings in WRONG for parts in scaled
    ]
    word, borders = _OTHER_BORDERS
    others = [(BORDER, 0.5), *((word, np.log(b / (1 - b))) for b in borders)]
    wrong += [
        (word, _learned(RIGHT, parts, y_train, seeds, border)) for word, border in others for parts in scaled
    ]
    wrong += _other_models(scaled, y_train, seeds)
    right = find_right(problem, seeds)
    return [(word, one) for word, one in wrong if not matches(one, right)]


def _learned(
    settings: dict[str, Any],
    parts: tuple[Array, Array],
    y_train: Array,
    seeds: Sequence[int],
    border: float = 0,
) -> Array:
    # Only here: loading scikit-learn takes longer than checking all the other exercises.
    from sklearn.linear_model import SGDClassifier

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        models = [SGDClassifier(random_state=seed, **settings).fit(parts[0], y_train) for seed in seeds]
    scores = np.concatenate([model.decision_function(parts[1]) for model in models])
    return (scores > border).astype(int)


def _other_models(
    scaled: Sequence[tuple[Array, Array]], y_train: Array, seeds: Sequence[int]
) -> Iterator[tuple[str, Array]]:
    """The labels of what people take instead of SGDClassifier, as it is when nothing else is said."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression, Perceptron
    from sklearn.naive_bayes import GaussianNB
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.svm import SVC, LinearSVC
    from sklearn.tree import DecisionTreeClassifier

    seeded = (LogisticRegression, Perceptron, LinearSVC, DecisionTreeClassifier, RandomForestClassifier, SVC)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kind in (*seeded, KNeighborsClassifier, GaussianNB):
            # trees do not mind how columns are scaled, and a forest takes its time
            for train, test in (
                scaled[:1] if kind in (DecisionTreeClassifier, RandomForestClassifier) else scaled
            ):
                models = [kind(random_state=seed) if kind in seeded else kind() for seed in seeds]
                labels = [model.fit(train, y_train).predict(test) for model in models]
                yield f"model, `{kind.__name__}`", np.concatenate(labels).astype(int)


def matches(got: Array, answers: list[Array]) -> bool:
    """Whether *got* is one of *answers*, up to a row that lies on the border within rounding."""
    return any(np.sum(got != answer) <= 1 for answer in answers)


def slips(got: Array, problem: Any, seeds: tuple[int, ...]) -> list[str]:
    """The words for the wrong settings that give the labels *got* of all *seeds*; none if right ones give them too."""
    if matches(got, right_labels(problem, seeds)):
        return []
    apart: dict[str, int] = {}
    for word, one in wrong_labels(problem, seeds):
        number = int(np.count_nonzero(got != one))
        apart[word] = min(number, apart.get(word, number))
    nearest = min(apart.values())
    return sorted(word for word, number in apart.items() if number == nearest <= 1)
