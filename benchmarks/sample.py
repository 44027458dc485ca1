"""The class that is timed: right solutions in all their styles and every known mistake, of the three optimizer exercises.

The same code is laid out in three ways: as jobs for a checker, as a classroom for `autograde grade`, and as an
nbgrader course of the usual kind, whose hidden tests stand in the notebook.
"""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

import yaml

from autograder.build import build, environment
from autograder.checking import Job
from autograder.course import Course, read_course
from autograder.sandbox import Cell

EXERCISES = ("gradient_descent", "sgd", "adam")
_BESIDE = "sgd_classifier"
TIMESTAMP = "2027-01-01 10:00:00.000000 UTC"
RIGHT_SHARE = 3
"""So many right hand-ins come to each wrong one."""


def codes(course: Course, exercise: str) -> list[str]:
    """The sources that the class hands in, right ones and mistakes mixed; endless loops are left out, nbgrader would wait for them."""
    folder = course.solutions_folder(exercise)
    right = cycle([folder / "solution.py", *sorted((folder / "variants").glob("*.py"))])
    mixed = []
    for mistake in sorted((folder / "mistakes").glob("*.py")):
        mixed += [*islice(right, RIGHT_SHARE), mistake]
    return [path.read_text(encoding="utf-8") for path in mixed]


def students(course: Course, size: int) -> Iterator[tuple[str, Mapping[str, str]]]:
    """A name and the source for each exercise, for so many students."""
    sources = {exercise: codes(course, exercise) for exercise in EXERCISES}
    for number in range(size):
        # a comment of their own, so that no two hand-ins are the same text
        yield (
            f"s{number:05}",
            {name: f"# {number}\n{texts[number % len(texts)]}" for name, texts in sources.items()},
        )


def jobs(course: Course, size: int) -> list[list[Job]]:
    """The jobs of each student, as a checker takes them."""
    return [
        [Job(student, name, (Cell(f"{name}.py", source),)) for name, source in handed_in.items()]
        for student, handed_in in students(course, size)
    ]


def same_exercises(course: Course, place: Path) -> Course:
    """A copy of *course* without the classifier, which stands beside SGD in its lesson and which nbgrader's class does not have."""
    for name in ("course", "solutions", "tests/hidden"):
        shutil.copytree(course.root / name, place / name, ignore=shutil.ignore_patterns(_BESIDE))
    content = yaml.safe_load((course.root / "course.yaml").read_text(encoding="utf-8"))
    for lesson in content["lessons"]:
        lesson["exercises"] = [one for one in lesson.get("exercises", []) if one["id"] != _BESIDE]
    (place / "course.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return read_course(place)


def classroom(course: Course, place: Path, size: int) -> Path:
    """A classroom of *course* in which everybody handed in the three lessons of the exercises."""
    shutil.copytree(_built(course.root), place)
    lessons = {
        exercise.id: lesson.id
        for lesson in course.lessons
        for exercise in lesson.exercises
        if exercise.id in EXERCISES
    }
    released = {
        name: (place / "release" / lesson / f"{lesson}.ipynb").read_text(encoding="utf-8")
        for name, lesson in lessons.items()
    }
    for student, handed_in in students(course, size):
        for name, source in handed_in.items():
            folder = place / "submitted" / student / lessons[name]
            _hand_in(folder / f"{lessons[name]}.ipynb", released[name], {name: source})
    return place


@functools.cache
def _built(root: Path) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="autograde-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build(read_course(root), folder / "classroom")
    return folder / "classroom"


def _hand_in(path: Path, released: str, answers: Mapping[str, str]) -> None:
    notebook = json.loads(released)
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell["source"] = answers[grade_id]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (path.parent / "timestamp.txt").write_text(TIMESTAMP, encoding="utf-8")


def plan(course: Course, exercise: str) -> list[tuple[str, str, Mapping[str, object] | None]]:
    """File, function and criterion of every check of *exercise*, for `bare.run_here`."""
    criteria = {one.id: one.convergence for one in course.code_exercises}[exercise]
    return [
        (
            f"{exercise}/{check.file}",
            check.function,
            None if check.criterion is None else dict(criteria[check.criterion].values),
        )
        for check in course.checks[exercise]
    ]


def stock_nbgrader(course: Course, place: Path, size: int) -> Path:
    """An nbgrader course with one assignment of the three exercises; a hidden cell for each runs the same checks in the kernel."""
    place.mkdir(parents=True)
    (place / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "bench"\n', encoding="utf-8"
    )
    cells = []
    for name in EXERCISES:
        starter = (course.exercise_folder(name) / "starter.py").read_text(encoding="utf-8")
        cells.append(_cell(name, f"### BEGIN SOLUTION\n{starter}\n### END SOLUTION", solution=True))
        cells.append(_cell(f"{name}-checks", _hidden(course, name), points=len(course.checks[name])))
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    source = place / "source" / "optimizers" / "optimizers.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(json.dumps(notebook), encoding="utf-8")
    run_nbgrader(place, "generate_assignment", "optimizers", "--create")
    released = (place / "release" / "optimizers" / "optimizers.ipynb").read_text(encoding="utf-8")
    for student, handed_in in students(course, size):
        _hand_in(place / "submitted" / student / "optimizers" / "optimizers.ipynb", released, handed_in)
    return place


def _cell(name: str, source: str, *, solution: bool = False, points: int = 0) -> dict[str, object]:
    nbgrader = {
        "grade": bool(points),
        "grade_id": name,
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
        **({"points": points} if points else {}),
    }
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name.replace("_", "-"),
        "metadata": {"nbgrader": nbgrader},
        "outputs": [],
        "source": source,
    }


def _hidden(course: Course, exercise: str) -> str:
    return (
        "### BEGIN HIDDEN TESTS\n"
        "from pathlib import Path\n"
        "from benchmarks.bare import run_here\n"
        f"outcome = run_here({plan(course, exercise)!r}, Path({str(course.root / 'tests' / 'hidden')!r}), globals())\n"
        "assert all(outcome.values()), outcome\n"
        "### END HIDDEN TESTS"
    )


def run_nbgrader(place: Path, command: str, *arguments: str) -> None:
    """The real `nbgrader COMMAND` in *place*; a notebook whose tests fail is no failure of it."""
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [str(Path(sys.executable).parent / "nbgrader"), command, *arguments],
        cwd=place,
        env={**environment(), "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"nbgrader {command} failed:\n{done.stderr[-3000:]}")
