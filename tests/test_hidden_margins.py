"""The convergence criteria of course.yaml leave a wide margin to what is right, so that rounding cannot decide a grade."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from autograder.course import Course
from autograder.loading import load

MARGIN = 5
"""Right implementations differ by rounding, far below a part in a million; a factor of five is out of its reach."""


def _load(path: Path) -> ModuleType:
    return load(f"margins_{path.parent.name}_{path.stem}", path)


@pytest.mark.parametrize("exercise", ["gradient_descent", "adam"])
def test_the_solution_meets_every_criterion_with_a_wide_margin(optimizers: Course, exercise: str) -> None:
    assert optimizers.problems_path is not None
    problems = _load(optimizers.problems_path).PROBLEMS
    function: Callable[..., Any] = getattr(
        _load(optimizers.solutions_folder(exercise) / "solution.py"), exercise
    )
    criteria = [one for item in optimizers.code_exercises if item.id == exercise for one in item.convergence]

    for criterion in criteria:
        values = criterion.values
        problem = problems[values["problem"]]
        end = function(problem.gradient, problem.start, values["learning_rate"], values["steps"])[-1]
        assert problem.loss(end) - problem.minimum <= values["within"] / MARGIN, values["problem"]
    assert len(criteria) == 4


@pytest.mark.parametrize("exercise", ["gradient_descent", "adam", "learning_rate_sweep"])
def test_who_does_not_move_meets_no_criterion(optimizers: Course, exercise: str) -> None:
    """Neither the start nor a table of zeros is near enough, except where zero is the lowest point."""
    assert optimizers.problems_path is not None
    problems = _load(optimizers.problems_path).PROBLEMS
    (criteria,) = (one.convergence for one in optimizers.code_exercises if one.id == exercise)
    for criterion in criteria:
        problem, within = problems[criterion.values["problem"]], criterion.values["within"]
        assert problem.loss(problem.start) - problem.minimum > within
        at_zero = problem.loss(0 * problem.start) - problem.minimum
        assert at_zero > within or problem.name == "narrow_valley"
