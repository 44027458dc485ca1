"""The tasks of the code exercises: what they compute by hand is what the model solutions compute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.course import Course
from tests import lessons

Function = Callable[..., Any]


def _solution(exercise: str, name: str = "") -> Function:
    source = (lessons.ROOT / "solutions" / exercise / "solution.py").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(compile(source, exercise, "exec"), names)  # noqa: S102  our own solution
    return names[name or exercise]


def _descent() -> Iterator[str]:
    path = _solution("gradient_descent")(lambda w: np.array([2 * w[0], 20 * w[1]]), [4, 1], 0.04, 2)
    for row, w in enumerate(path[:2]):
        g = np.array([2 * w[0], 20 * w[1]])
        yield f"| {row} | {_pair(w)} | {_pair(g)} | {_pair(0.04 * g)} |"
    yield f"| 2 | {_pair(path[2])} | | |"


def _pair(w: Any) -> str:
    return f"({w[0]:.6g}, {w[1]:.6g})"


def _adam() -> Iterator[str]:
    path = _solution("adam")(lambda w: 4 * w, [1], learning_rate=0.1, n_steps=2)[:, 0]
    g = 4 * path
    m = [0.1 * g[0], 0.9 * 0.1 * g[0] + 0.1 * g[1]]
    v = [0.001 * g[0] ** 2, 0.999 * 0.001 * g[0] ** 2 + 0.001 * g[1] ** 2]
    m_hat, v_hat = [m[0] / 0.1, m[1] / 0.19], [v[0] / 0.001, v[1] / 0.001999]
    yield f"| $g$ | 4 · 1 = {g[0]:g} | 4 · {path[1]:.6g} = {g[1]:.6g} |"
    yield f"= {m[0]:.6g} | 0.9 · {m[0]:.6g} + 0.1 · {g[1]:.6g} = {m[1]:.6g} |"
    yield f"= {v[0]:.6g} | 0.999 · {v[0]:.6g} + 0.001 · {g[1] ** 2:.6g} = {v[1]:.6g} |"
    yield f"| $\\hat m$ | {m[0]:.6g} / (1 − 0.9) = {m_hat[0]:.6g} | {m[1]:.6g} / (1 − 0.81) = {m_hat[1]:.6g} |"
    yield (
        f"| $\\hat v$ | {v[0]:.6g} / (1 − 0.999) = {v_hat[0]:.6g}"
        f" | {v[1]:.6g} / (1 − {0.999**2:.6f}) = {v_hat[1]:.5f} |"
    )
    yield f"| 0.1 · {m_hat[1]:.5f} / {v_hat[1] ** 0.5:.5f} = {path[1] - path[2]:.5f} |"
    yield f"| new $w$ | 1 − 0.1 = {path[1]:.5g} | {path[1]:.5g} − {path[1] - path[2]:.5f} = {path[2]:.5f} |"
    yield f"the three rows {path[0]:g}, {path[1]:.5g} and {path[2]:.5f}"


def _sweep() -> Iterator[str]:
    rates = [0.25, 0.5, 1.5]
    losses = _solution("learning_rate_sweep")(lambda w: w[0] ** 2, lambda w: 2 * w, [1.0], rates, 2)
    for rate, row in zip(rates, losses, strict=True):
        places = [1.0, 1 - 2 * rate, (1 - 2 * rate) ** 2]
        shown = ", ".join(f"{w:g}" for w in places).replace("-", "−")
        yield f"| {rate:g} | {shown} | {', '.join(f'{loss:g}' for loss in row)} |"
    best = _solution("learning_rate_sweep", "best_learning_rate")(rates, losses)
    yield f"`best_learning_rate` returns `{best:g}`"


class _Order:
    """A generator that shuffles as the task says: rows 2, 0, 1."""

    def permutation(self, n_rows: int) -> Any:
        assert n_rows == 3
        return np.array([2, 0, 1])


def _epoch() -> Iterator[str]:
    X, y = np.array([[1.0], [2.0], [3.0]]), np.array([2.0, 4.0, 7.0])
    seen = []

    def gradient(w: Any, X_batch: Any, y_batch: Any) -> Any:
        rows = (X_batch[:, 0] * w[0] - y_batch) * X_batch[:, 0]
        seen.append((float(w[0]), rows.tolist()))
        return np.array([rows.mean()])

    after = _solution("sgd")(gradient, X, y, [0.0], 0.1, 2, 1, _Order())[-1, 0]
    (_, [third, first]), (between, [second]) = seen
    g = (third + first) / 2
    yield f"| (0 − 7) · 3 = {_minus(third)} and (0 − 2) · 1 = {_minus(first)} | {_minus(g)} |"
    yield f"| 0 + 1.15 = {between:.6g} |"
    yield (
        f"| ({2 * between:.6g} − 4) · 2 = {_minus(second)} | {_minus(second)}"
        f" | {between:.6g} + {-0.1 * second:.6g} = {after:.6g} |"
    )
    yield f"0 (the start) and {after:.6g} (after the epoch); the {between:.6g} in between"


def _minus(number: float) -> str:
    return f"{number:.6g}".replace("-", "−")


def _scaling() -> Iterator[str]:
    incomes = np.array([40_000.0, 60_000.0, 80_000.0])
    mean, deviation = incomes.mean(), incomes.std()
    yield f"Their mean is {mean:,.0f} and their standard deviation"
    yield f"is {deviation:,.0f}. An income"
    for income in (80_000, 100_000):
        shown = f"{income:,} - {mean:,.0f}".replace(",", "{,}")
        quotient = f"{deviation:,.0f}".replace(",", "{,}")
        yield f"$({shown}) / {quotient} = {(income - mean) / deviation:.2f}$"


BY_HAND: dict[str, Callable[[], Iterator[str]]] = {
    "gradient_descent": _descent,
    "learning_rate_sweep": _sweep,
    "sgd": _epoch,
    "sgd_classifier": _scaling,
    "adam": _adam,
}


def test_every_code_exercise_is_computed_by_hand_once(optimizers: Course) -> None:
    assert {exercise.id for exercise in optimizers.code_exercises} == set(BY_HAND)


@pytest.mark.parametrize("exercise", BY_HAND)
def test_the_calculation_by_hand_is_what_the_solution_computes(optimizers: Course, exercise: str) -> None:
    """A student compares digit by digit; a slip here costs an evening."""
    task = (optimizers.exercise_folder(exercise) / "task.md").read_text(encoding="utf-8")

    assert [said for said in BY_HAND[exercise]() if said not in task] == []


def test_the_experiment_of_the_mini_practice_is_the_one_of_the_quiz(optimizers: Course) -> None:
    """Same rates, steps and curvature in the task, in the cell that draws the curves, and in what the quiz is checked by."""
    two = lessons.text("02").module
    folder = optimizers.exercise_folder("learning_rate_sweep")
    task, checks = ((folder / name).read_text(encoding="utf-8") for name in ("task.md", "visible_checks.py"))

    rates = [f"{rate}" for rate in two.SWEEP]
    assert f"the rates are {', '.join(rates[:-1])} and {rates[-1]}, with {two.SWEEP_STEPS} steps each" in task
    assert f"the curvature {two.line_curvatures()[1]:.2f}" in task
    assert f"rates = [{', '.join(rates)}]" in checks
    assert re.search(rf"line\.start, rates, {two.SWEEP_STEPS}\b", checks)


def test_the_accuracy_that_is_asked_for_stands_in_the_task(optimizers: Course) -> None:
    exercise = next(one for one in optimizers.code_exercises if one.id == "sgd_classifier")
    task = (optimizers.exercise_folder(exercise.id) / "task.md").read_text(encoding="utf-8")

    (asked,) = [float(criterion.settings["accuracy"]) for criterion in exercise.convergence]
    assert f"at least {100 * asked:.0f} %" in task
