"""`csv`: one table of the whole class for people and their spreadsheet programs; no cell can act as a formula.

Every state is a word of its own, so that a missing hand-in never looks like 0. Not for an LMS: those have their own formats.
"""

from __future__ import annotations

import re

from autograder.export import decide, points
from autograder.export.values import Export, File, Notice, Options, Target
from autograder.grades import Column, Grade, Grades, Student
from autograder.sheet import write_rows

_MARK = b"\xef\xbb\xbf"
"""Without a byte order mark Excel reads UTF-8 as something else."""

_FORMULA = re.compile(r"((?:^|[;,|\t\r\n])[\s\"']*)([=+\-@＝＋－＠])")
"""A formula at the start of the cell, or where a program that expects another delimiter would start one."""


def from_scratch(grades: Grades, options: Options) -> Export:
    """The class as a table: a row for each student, a column for each lesson."""
    chosen = decide.choose(grades.columns, options)
    head = ["student", "last_name", "first_name", "email"]
    titles = [f"{column.title} (of {points.number(column.max_points)})" for column in chosen]
    rows = [[safe(text) for text in (*head, *titles, "late")]]
    rows += [_row(grades, student, chosen, options) for student in grades.students]
    targets = tuple(
        Target(column.id, column.title, title) for column, title in zip(chosen, titles, strict=True)
    )
    files = (File("grades.csv", _MARK + write_rows(rows)),)
    return Export(files, targets, notices=tuple(_waiting(grades, chosen)))


def safe(text: str) -> str:
    """*text* on one line, with an apostrophe before whatever a spreadsheet program could run."""
    text = "".join(char if char.isprintable() else " " for char in text)
    return _FORMULA.sub(r"\1'\2", text)


def _row(grades: Grades, student: Student, chosen: list[Column], options: Options) -> list[str]:
    who = [safe(text) for text in (student.id, student.last_name, student.first_name, student.email)]
    mine = [(column, grades.grade(student.id, column.id)) for column in chosen]
    late = ", ".join(column.title for column, grade in mine if grade.late)
    return [*who, *(_cell(grade, options) for _, grade in mine), safe(late)]


def _cell(grade: Grade, options: Options) -> str:
    final = grade.state == "graded" or (grade.state == "pending" and options.unconfirmed == "allow")
    if final and grade.points is not None:
        return points.number(grade.points)
    return "0" if grade.state == "missing" and options.missing == "zero" else grade.state


def _waiting(grades: Grades, chosen: list[Column]) -> list[Notice]:
    notices = []
    for column in chosen:
        names = [f"`{s.id}`" for s in grades.students if grades.grade(s.id, column.id).state == "pending"]
        if names:
            message = f"in the lesson `{column.title}` a person still has to grade {decide.some(names)}"
            notices.append(Notice("unconfirmed", message))
    return notices
