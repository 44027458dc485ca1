"""A small class that has every state and the names that break files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from autograder.grades import Column, Grade, Grades, Student


def _student(number: int, id_: str, sis: str, first: str, last: str, email: str) -> Student:
    """With every id that the LMSs give, so that each format finds its own."""
    ids = {
        "canvas.id": str(number),
        "canvas.sis_id": sis,
        "moodle.idnumber": sis,
        "blackboard.username": id_,
        "brightspace.org_defined_id": sis,
        "brightspace.username": id_,
        "sakai.eid": id_,
        "openedx.user_id": str(number),
    }
    return Student(id_, first, last, email, ids)


STUDENTS = (
    _student(11, "ann", "S001", "Ann", "Doe", "ann@example.org"),
    _student(12, "0042", "0042", "Zoë", "Ångström", "zoe@example.org"),
    _student(13, "oneil", "S003", "Shaun", "O'Neil, Jr", "oneil@example.org"),
    _student(14, "evil", "S004", '=HYPERLINK("x")', "Formula", "evil@example.org"),
    _student(15, "dotted.1", "2024.001.7", "Dot", "Ted", "dot@example.org"),
    _student(16, "noor", "S006", "نور", "😀 \\Back", "noor@example.org"),
)
FEEDBACK = {
    "ann": 'Good, see "cell 4"',
    "0042": '=HYPERLINK("http://example.org")',
    "evil": "two\nlines;\twith\x00a tab",
    "dotted.1": "ends in C:\\",
    "noor": "ممتاز 😀 <script>alert(1)</script> & more",
}
COLUMNS = (
    Column(
        "walk",
        "Walk, down",
        Decimal(10),
        {"canvas": "101", "moodle": "hw1", "blackboard": "664617", "openedx": "ab12cd34"},
    ),
    Column(
        "rate",
        "Learning rate",
        Decimal(20),
        {"canvas": "102", "moodle": "hw2", "blackboard": "664618", "openedx": "ef56ab78"},
    ),
)


def graded(points: str, *, late: bool = False, feedback: str = "") -> Grade:
    return Grade("graded", Decimal(points), late=late, feedback=feedback)


STATES: Mapping[tuple[str, str], Grade] = {
    ("ann", "walk"): graded("9.5", feedback=FEEDBACK["ann"]),
    ("ann", "rate"): Grade("excused"),
    ("0042", "walk"): graded("0", feedback=FEEDBACK["0042"]),
    ("0042", "rate"): graded("17.25", late=True),
    ("oneil", "rate"): graded("20"),
    ("evil", "walk"): graded("10", feedback=FEEDBACK["evil"]),
    ("evil", "rate"): graded("0.5"),
    ("dotted.1", "walk"): graded("3.75", feedback=FEEDBACK["dotted.1"]),
    ("dotted.1", "rate"): Grade("missing"),
    ("noor", "walk"): graded("1", feedback=FEEDBACK["noor"]),
    ("noor", "rate"): graded("2"),
}
GRADES = Grades(STUDENTS, COLUMNS, STATES)


def with_grades(more: Mapping[tuple[str, str], Grade]) -> Grades:
    """The class, with some grades different."""
    return Grades(STUDENTS, COLUMNS, {**STATES, **more})
