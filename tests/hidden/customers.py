"""Rows for the classifier's checks, and what scikit-learn itself makes of rows under several settings.

The data are easy: tests/test_hidden_chance.py measures how far right solutions stay above `ENOUGH`.
"""

from __future__ import annotations

import functools
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from expect import Array, describe, numbers

TRAININGS = range(1, 10)
ENOUGH = 0.8
FEW = 100  # training rows that show what a setting changes


def labels(submission: Any, X_train: Array, y_train: Array, X_test: Array, seed: int) -> Array:
    """The labels that came back, one for each row of *X_test*."""
    got = numbers(submission.sgd_classifier(X_train, y_train, X_test, seed))
    assert got.size == len(X_test), f"{len(X_test)} test rows, but what came back is {describe(got)}"
    return got.reshape(-1)


def usual_share(submission: Any, X: Array, y: Array, n_train: int, seeds: Sequence[int] = TRAININGS) -> float:
    """The share of right labels in the middle one of several trainings on the first *n_train* rows, tested on the others.

    One training alone may end badly by chance: with unusual, but right, ways to fill and scale about one in a thousand
    does. If it were one in fifty, five of nine would do so with a probability of 126 * 0.02 ** 5 = 4e-7.
    """
    found = [labels(submission, X[:n_train], y[:n_train], X[n_train:], seed) for seed in seeds]
    return float(np.median([np.mean(one == y[n_train:]) for one in found]))


def holes_everywhere() -> tuple[Array, Array]:
    """400 rows of four columns that say nearly the same, each row with a hole in one of them; and the labels.

    Since every row has one hole, filling with some fixed number is as good as filling with a median, as long as it is
    done to all rows.
    """
    rng = np.random.default_rng(81)
    z = rng.normal(size=400)
    X = 4 + z[:, None] + 0.4 * rng.normal(size=(400, 4))
    X[np.arange(400), rng.integers(4, size=400)] = np.nan
    return X, (z > 0).astype(float)


def different_scales() -> tuple[Array, Array]:
    """500 rows in which the small columns decide and a very large one says nothing; and the labels."""
    rng = np.random.default_rng(82)
    X = rng.normal(size=(500, 3)) * np.array([0.01, 0.01, 40_000]) + np.array([0.05, 0.02, 60_000])
    return X, (X[:, 0] - 0.05 + X[:, 1] - 0.02 > 0).astype(float)


def whole_rows(X: Array, y: Array) -> tuple[Array, Array]:
    """The rows without holes, where it does not matter how holes are filled."""
    whole = ~np.isnan(X).any(axis=1)
    return X[whole], y[whole]


# What a slip in the settings gives, each with the word for it; eta0 is needed by the schedules.
RIGHT = {"loss": "log_loss", "learning_rate": "optimal"}
WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    *(
        (f"loss, `{loss}`", {"loss": loss, "learning_rate": "optimal"})
        for loss in ("hinge", "perceptron", "modified_huber", "squared_hinge", "squared_error", "huber")
    ),
    *(
        (f"learning rate, `{schedule}`", {"loss": "log_loss", "learning_rate": schedule, "eta0": eta0})
        for schedule in ("constant", "invscaling", "adaptive")
        for eta0 in (0.001, 0.01, 0.1, 1.0)
    ),
)


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
def expected(problem: Any, seeds: tuple[int, ...]) -> tuple[list[Array], list[tuple[str, Array]], Any]:
    """The labels under the right settings, those under wrong ones with the word for each, and the data.

    One array of labels for each way to scale; the labels of all *seeds* in a row. Two wrong settings may agree with a
    right one by chance: those are left out. It takes a second, and is the same for all submissions.
    """
    # Only here: loading scikit-learn takes longer than checking all the other exercises.
    from sklearn.linear_model import LogisticRegression, SGDClassifier

    X, y = whole_rows(*problem.draw(800, 91))
    data = X[:FEW], y[:FEW], X[FEW:]
    scaled = _scaled(X[:FEW], X[FEW:])

    def learn(settings: dict[str, Any], parts: tuple[Array, Array]) -> Array:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            models = [SGDClassifier(random_state=seed, **settings).fit(parts[0], y[:FEW]) for seed in seeds]
        return np.concatenate([model.predict(parts[1]) for model in models])

    right = [learn(RIGHT, parts) for parts in scaled]
    wrong = [(word, learn(settings, parts)) for word, settings in WRONG for parts in scaled]
    exact = [LogisticRegression(max_iter=1000).fit(parts[0], y[:FEW]).predict(parts[1]) for parts in scaled]
    wrong += [("model, `LogisticRegression`", np.tile(one, len(seeds))) for one in exact]
    return right, [(word, one) for word, one in wrong if not matches(one, right)], data


def matches(got: Array, answers: list[Array]) -> bool:
    """Whether *got* is one of *answers*, up to a row that lies on the border within rounding."""
    return any(np.sum(got != answer) <= 1 for answer in answers)


def slips(got: Array, right: list[Array], wrong: list[tuple[str, Array]]) -> list[str]:
    """The words for the wrong settings that give the labels *got*; none if right ones give them too."""
    if matches(got, right):
        return []
    apart = {word: min(int(np.sum(got != one)) for name, one in wrong if name == word) for word, _ in wrong}
    nearest = min(apart.values())
    return sorted(word for word, number in apart.items() if number == nearest <= 1)
