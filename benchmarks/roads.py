"""The whole road, from `submitted/` to scores in the gradebook: `autograde grade` and `nbgrader autograde`, in turns."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.build import environment
from autograder.course import Course
from benchmarks import sample
from benchmarks.measuring import Command, command

ROOT = Path(__file__).resolve().parents[1]
AUTOGRADE = (sys.executable, "-m", "autograder")


@dataclass(frozen=True)
class Against:
    """Seconds a student on both roads, in the order in which they were measured."""

    ours: Sequence[float]
    nbgrader: Sequence[float]


@dataclass(frozen=True)
class Growth:
    """A class of so many students: graded for the first time, and once more with nothing changed."""

    students: int
    first: Command
    again: Command


def grade(course: Course, room: Path, *options: str) -> Command:
    """The real command on a classroom."""
    return command(
        [*AUTOGRADE, "--course", str(course.root), "-q", "grade", "--classroom", str(room), *options], room
    )


def against_nbgrader(course: Course, folder: Path, students: int, few: int, rounds: int) -> Against:
    """Both grade the same code; nbgrader only the first *few* of the class, for it takes its time."""
    ours, theirs = [], []
    room = sample.classroom(course, folder / "ours", students)
    stock = sample.stock_nbgrader(course, folder / "nbgrader", few)
    nbgrader = [str(Path(sys.executable).parent / "nbgrader"), "autograde", "optimizers", "--force"]
    variables = {**environment(), "PYTHONPATH": str(ROOT)}
    grade(course, room)  # fills caches of both disks and of the known mistakes
    for _ in range(rounds):
        theirs.append(command(nbgrader, stock, variables).wall / few)
        ours.append(grade(course, room, "--force").wall / students)
    return Against(ours, theirs)


def growth(course: Course, folder: Path, sizes: Sequence[int]) -> list[Growth]:
    """Classes of these sizes."""
    found = []
    for size in sizes:
        room = sample.classroom(course, folder / f"class-{size}", size)
        found.append(Growth(size, grade(course, room), grade(course, room)))
    return found


def start_up(course: Course, folder: Path, rounds: int) -> dict[str, list[Command]]:
    """`--help`, and the first grade of a single hand-in with nothing kept from before."""
    inbox = folder / "inbox"
    _, handed_in = next(iter(sample.students(course, 1)))
    (inbox / "ann").mkdir(parents=True)
    (inbox / "ann" / "adam.py").write_text(handed_in["adam"], encoding="utf-8")
    found: dict[str, list[Command]] = {}
    for number in range(rounds):
        found.setdefault("`autograde --help`", []).append(command([*AUTOGRADE, "--help"], folder))
        out = str(folder / f"out-{number}")
        grading = [*AUTOGRADE, "--course", str(course.root), "grade", str(inbox), "--out", out]
        found.setdefault("a first grade, one hand-in", []).append(command(grading, folder))
    return found
