"""The checks and probes of gradient descent and Adam, on programs that are not in `solutions/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from autograder.checking import Job, Run
from autograder.course import Course
from autograder.diagnosis import Diagnoser, sentence_of
from autograder.executors import LocalPool, Task
from autograder.sandbox import Cell
from tests.walks import RIGHT, SLIPS

PROGRAMS = {
    (exercise, f"right {number}"): source
    for exercise, sources in RIGHT.items()
    for number, source in enumerate(sources)
} | {
    (exercise, mistake): source.replace(old, new)
    for exercise, slips in SLIPS.items()
    for source, old, new, mistake in slips
}


@pytest.fixture(scope="module")
def pool(optimizers: Course) -> LocalPool:
    return LocalPool(optimizers.briefing, 1)


@pytest.fixture(scope="module")
def runs(pool: LocalPool) -> Mapping[str, Run]:
    tasks = [
        Task(f"{exercise} {name}", (Job(name, exercise, (Cell("answer", source),)),), (None,))
        for (exercise, name), source in PROGRAMS.items()
    ]
    return {done.key: done.runs[0] for done in pool.run(tasks)}


@pytest.fixture(scope="module")
def diagnoser(optimizers: Course, pool: LocalPool, tmp_path_factory: pytest.TempPathFactory) -> Diagnoser:
    return Diagnoser(optimizers, pool, tmp_path_factory.mktemp("diagnosis"))


def _cases(*, right: bool) -> list[tuple[str, str]]:
    return [key for key in PROGRAMS if key[1].startswith("right ") == right]


@pytest.mark.parametrize(("exercise", "name"), _cases(right=True))
def test_a_right_program_in_a_style_of_its_own_passes_every_check(
    runs: Mapping[str, Run], exercise: str, name: str
) -> None:
    assert [outcome for outcome in runs[f"{exercise} {name}"].outcomes if outcome.outcome != "pass"] == []


@pytest.mark.parametrize(("exercise", "mistake"), _cases(right=False))
def test_one_slip_loses_points_and_is_named(
    optimizers: Course, runs: Mapping[str, Run], diagnoser: Diagnoser, exercise: str, mistake: str
) -> None:
    run = runs[f"{exercise} {mistake}"]
    path: Path = optimizers.solutions_folder(exercise) / "mistakes" / f"{mistake}.py"

    sentences = diagnoser.diagnose(exercise, run)

    assert not run.passed
    assert len(sentences) == 1
    assert sentences[0].startswith(sentence_of(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("exercise", "mistake", "earned"),
    [
        ("gradient_descent", "last_point_only", "test_converges"),
        ("gradient_descent", "list_start_refused", "test_converges"),
        ("adam", "last_point_only", "test_converges"),
        ("adam", "start_missing", "test_converges"),
        ("adam", "epsilon_inside_the_root", "test_defaults"),
        ("learning_rate_sweep", "last_losses_only", "test_converges"),
    ],
)
def test_who_arrives_earns_that_whatever_else_is_wrong(
    optimizers: Course, pool: LocalPool, exercise: str, mistake: str, earned: str
) -> None:
    """The long runs are looked at step by step only where that can be done; all else costs checks of its own."""
    source = (optimizers.solutions_folder(exercise) / "mistakes" / f"{mistake}.py").read_text("utf-8")
    (done,) = pool.run([Task(mistake, (Job(mistake, exercise, (Cell("answer", source),)),), (None,))])
    lost = [outcome.id for outcome in done.runs[0].outcomes if outcome.outcome != "pass"]
    assert lost
    assert not [check for check in lost if check.startswith(earned)]
