"""A small class that has every state and the names that break files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from autograder.grades import Column, Grade, Grades, Student

STUDENTS = (
    Student("ann", "Ann", "Doe", "ann@example.org", {"canvas.id": "11", "moodle.idnumber": "S001"}),
    Student("0042", "Zoë", "Ångström", "zoe@example.org", {"canvas.id": "12", "moodle.idnumber": "0042"}),
    Student(
        "oneil", "Shaun", "O'Neil, Jr", "oneil@example.org", {"canvas.id": "13", "moodle.idnumber": "S003"}
    ),
    Student(
        "evil",
        '=HYPERLINK("x")',
        "Formula",
        "evil@example.org",
        {"canvas.id": "14", "moodle.idnumber": "S004"},
    ),
    Student(
        "dotted.1", "Dot", "Ted", "dot@example.org", {"canvas.id": "15", "moodle.idnumber": "2024.001.7"}
    ),
    Student("noor", "نور", "😀 \\Back", "noor@example.org", {"canvas.id": "16", "moodle.idnumber": "S006"}),
)
COLUMNS = (
    Column("walk", "Walk, down", Decimal(10), {"canvas": "101", "moodle": "hw1"}),
    Column("rate", "Learning rate", Decimal(20), {"canvas": "102", "moodle": "hw2"}),
)


def graded(points: str, *, late: bool = False) -> Grade:
    return Grade("graded", Decimal(points), late=late)


STATES: Mapping[tuple[str, str], Grade] = {
    ("ann", "walk"): graded("9.5"),
    ("ann", "rate"): Grade("excused"),
    ("0042", "walk"): graded("0"),
    ("0042", "rate"): graded("17.25", late=True),
    ("oneil", "rate"): graded("20"),
    ("evil", "walk"): graded("10"),
    ("evil", "rate"): graded("0.5"),
    ("dotted.1", "walk"): graded("3.75"),
    ("dotted.1", "rate"): Grade("missing"),
    ("noor", "walk"): graded("1"),
    ("noor", "rate"): graded("2"),
}
GRADES = Grades(STUDENTS, COLUMNS, STATES)


def with_grades(more: Mapping[tuple[str, str], Grade]) -> Grades:
    """The class, with some grades different."""
    return Grades(STUDENTS, COLUMNS, {**STATES, **more})
