"""The benchmarks compare like with like: without walls, in the kernel of nbgrader, and in the sandbox the same checks pass."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.course import Course
from benchmarks import bare, layers, sample


@pytest.fixture(scope="module")
def outcomes(optimizers: Course) -> dict[str, list[dict[str, bool]]]:
    """Which checks pass, by the way in which they are run, for the first students of the class."""
    found: dict[str, list[dict[str, bool]]] = {}
    # four in a row are three right ones and a mistake
    with layers.ways(optimizers) as ways:
        for jobs in sample.jobs(optimizers, 4):
            for job in jobs:
                for name in (layers.FLOOR, layers.OURS):
                    passed = {outcome.id: outcome.outcome == "pass" for outcome in ways[name].run(job)}
                    found.setdefault(name, []).append(passed)
    return found


def test_the_floor_does_the_same_work_as_the_sandbox(outcomes: dict[str, list[dict[str, bool]]]) -> None:
    """A floor on which checks fail early would be no floor."""
    assert outcomes[layers.FLOOR] == outcomes[layers.OURS]
    assert sum(not all(passed.values()) for passed in outcomes[layers.OURS]) == len(sample.EXERCISES)


def test_nbgraders_cells_run_every_check(optimizers: Course) -> None:
    """What the hidden cell of the comparison does, on a right solution: all checks of the exercise, and all pass."""
    with np.errstate(all="ignore"):
        for name in sample.EXERCISES:
            names: dict[str, object] = {}
            exec(sample.codes(optimizers, name)[0], names)  # noqa: S102  our own solution
            passed = bare.run_here(
                sample.plan(optimizers, name), Path(optimizers.root / "tests" / "hidden"), names
            )
            assert len(passed) == len(optimizers.checks[name])
            assert all(passed.values()), passed
