"""`json`: the grades with every state, for programs; the same grades give the same bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from autograder.export import decide, points
from autograder.export.values import Export, File, Options, Target
from autograder.grades import Column, Grade, Grades, Student

FORMAT = 1


def from_scratch(grades: Grades, options: Options) -> Export:
    """Lessons and students in their order; `points` is a number, or null where there is none."""
    chosen = decide.choose(grades.columns, options)
    data = {
        "format": FORMAT,
        "lessons": [_lesson(column) for column in chosen],
        "students": [_student(student, chosen, grades) for student in grades.students],
    }
    content = json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"
    targets = tuple(Target(column.id, column.title, column.id) for column in chosen)
    return Export((File("grades.json", content),), targets)


def _lesson(column: Column) -> dict[str, Any]:
    return {
        "id": column.id,
        "title": column.title,
        "max_points": _number(column.max_points),
        "lms": dict(sorted(column.lms.items())),
    }


def _student(student: Student, chosen: list[Column], grades: Grades) -> dict[str, Any]:
    return {
        "id": student.id,
        "first_name": student.first_name,
        "last_name": student.last_name,
        "email": student.email,
        "ids": dict(sorted(student.ids.items())),
        "grades": {column.id: _grade(grades.grade(student.id, column.id)) for column in chosen},
    }


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "state": grade.state,
        "points": None if grade.points is None else _number(grade.points),
        "late": grade.late,
        "reason": grade.reason,
    }


def _number(value: Decimal) -> int | float:
    text = points.number(value)
    return float(text) if "." in text else int(text)
