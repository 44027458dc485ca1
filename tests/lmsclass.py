"""A classroom of the tiny course with grades in it, for the commands that face an LMS."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder import gradebook
from autograder.course import Course
from autograder.grades import Student
from autograder.report import CheckResult, ItemReport, Report
from autograder.submissions import find_in_classroom
from tests import rooms

CANVAS = (
    b"Student,ID,SIS User ID,SIS Login ID,Section,Averages that move (7001),Counting words (7002),Current Score\r\n"
    b"    Points Possible,,,,,10.00,10.00,(read only)\r\n"
    b'"Doe, Ann",11,S001,ann,A,1.00,2.00,88.10\r\n'
    b'"O\'Neil, Jr, Bob",12,0042,bob,A,,,88.10\r\n'
    b'"=""=HYPERLINK(1), Eve""",13,S003,eve,A,,,\r\n'
)
"""As Canvas exports it, with its own guard before a name that could be a formula."""

STUDENTS = (
    Student("ann", "Ann", "Doe", "ann@example.org"),
    Student("bob", "Bob", "O'Neil, Jr", "bob@example.org"),
    Student("eve", "Eve", "=HYPERLINK(1)", "eve@example.org"),
)


def make(course: Course, folder: Path, points: Mapping[tuple[str, str], int]) -> Path:
    """A classroom in which each (student, lesson) of *points* earned as much for code; free texts wait for a person."""
    room = rooms.copy_of(course, folder)
    for student, lesson in points:
        rooms.hand_in(
            room, student, lesson, {"why_smooth": "It evens out noise"} if lesson == "averages" else {}
        )
    gradebook.register(room, STUDENTS)
    pairs = [
        (found, _report(course, found.student, found.lesson, points[found.student, found.lesson]))
        for found in find_in_classroom(course, room)
    ]
    gradebook.write(course, room, pairs)
    return room


def _report(course: Course, student: str, lesson: str, earned: int) -> Report:
    items = []
    for item in course.lesson(lesson).items:
        most = course.max_points(item.id)
        kind: Any = "code" if item.id in course.checks else "quiz" if hasattr(item, "feedback") else "text"
        outcome: Any = "review" if kind == "text" else "pass" if kind == "code" and earned == most else "fail"
        got = min(earned, most) if kind == "code" else 0
        items.append(ItemReport(item.id, kind, item.id, (CheckResult("only", "works", outcome, got, most),)))
    return Report(student, lesson, tuple(items))
