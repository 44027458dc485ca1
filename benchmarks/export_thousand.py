"""How long the LMS files of a class of a thousand take: `python -m benchmarks.export_thousand`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from decimal import Decimal

from autograder import export, roster
from autograder.export import Options
from autograder.grades import Column, Grade, Grades, Student

COUNT = 1000
LESSONS = range(6)


def grades() -> Grades:
    """Everybody has a grade and a comment in six lessons, and every id that the LMSs go by."""
    random.seed(1)
    columns = tuple(
        Column(
            f"l{n}",
            f"Lesson {n}",
            Decimal(20),
            {"canvas": str(100 + n), "moodle": f"hw{n}", "blackboard": str(600 + n)},
        )
        for n in LESSONS
    )
    students = tuple(_student(number) for number in range(COUNT))
    points = {
        (student.id, column.id): Grade("graded", Decimal(random.randrange(2000)) / 100, feedback='Good, "x"')  # noqa: S311
        for student in students
        for column in columns
    }
    return Grades(students, columns, points)


def canvas_file() -> bytes:
    """The gradebook of that class as Canvas exports it."""
    titles = ",".join(f"Lesson {n} ({100 + n})" for n in LESSONS)
    head = f"Student,ID,SIS User ID,SIS Login ID,Section,{titles}\n    Points Possible,,,,,{','.join(['20'] * 6)}\n"
    rows = (f'"O\'Neil {n}, Zoë {n}",{1000 + n},{n:04},user{n},A,,,,,,\n' for n in range(COUNT))
    return (head + "".join(rows)).encode()


def _student(number: int) -> Student:
    login, sis = f"user{number}", f"{number:04}"
    ids = {
        "canvas.id": str(1000 + number),
        "moodle.idnumber": sis,
        "blackboard.username": login,
        "brightspace.username": login,
        "sakai.eid": login,
    }
    return Student(login, f"Zoë {number}", f"O'Neil {number}", f"{login}@example.org", ids)


def _measure(name: str, work: Callable[[], object]) -> None:
    before = time.perf_counter()
    work()
    print(f"{name:<32} {time.perf_counter() - before:5.2f} s")


def main() -> None:
    """Prints the times."""
    known, template = grades(), canvas_file()
    nameless = Grades(
        tuple(Student(s.id + "x", s.first_name, s.last_name) for s in known.students), known.columns, {}
    )
    _measure("canvas, template", lambda: export.fill("canvas", known, template))
    _measure("canvas, template, names only", lambda: export.fill("canvas", nameless, template))
    for name, format_ in export.FORMATS.items():
        if format_.from_scratch:
            _measure(
                f"{name}, from a roster",
                lambda name=name: export.fill(name, known, None, Options(feedback=True)),
            )  # type: ignore[misc]
    _measure("roster from Canvas", lambda: roster.parse(template, "canvas.csv"))


if __name__ == "__main__":
    main()
