"""The class as an exporter sees it: who the students are, and what each has in each lesson.

Read from nbgrader's gradebook by `gradebook`; written to files by `export`. Late penalties and the only rounding
have happened already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

State = Literal["graded", "pending", "missing", "excused"]
"""`graded` has points (0 included); `pending` waits for a person; `missing` was not handed in; `excused` need not be."""


@dataclass(frozen=True)
class Student:
    """One student; `ids` maps an LMS's column ("canvas.id", "canvas.sis_id", "moodle.idnumber") to this student's value."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grade:
    """What one student has in one lesson. `points` is None unless `state` is `graded` (for `pending`: the points so far).

    `reason` is for the instructor; `feedback` is for the student, and goes to an LMS only where that was asked for.
    """

    state: State
    points: Decimal | None = None
    late: bool = False
    reason: str = ""
    feedback: str = ""


@dataclass(frozen=True)
class Column:
    """One lesson as a column of a gradebook; `lms` is the lesson's `lms:` mapping in course.yaml."""

    id: str
    title: str
    max_points: Decimal
    lms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grades:
    """The whole class: `grades[student id, lesson id]`; a pair that is absent is `missing`."""

    students: tuple[Student, ...]
    columns: tuple[Column, ...]
    grades: Mapping[tuple[str, str], Grade]

    def grade(self, student: str, column: str) -> Grade:
        return self.grades.get((student, column), Grade("missing"))
