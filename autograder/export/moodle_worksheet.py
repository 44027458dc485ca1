"""Moodle: the grading worksheet of one assignment, filled. Blank and `-` are ignored at the upload, nothing is erased.

`Identifier` is a number for this assignment only, so students are found by id number, address or name. A file with
headings in another language is read by the position of its columns.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from autograder import heads
from autograder.errors import ExportError, Place
from autograder.export import decide, fill, points
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.values import Export, Options
from autograder.grades import Column, Grades
from autograder.identity import Person
from autograder.sheet import Sheet, fault, read_sheet

WORDS = Words(decimals=2)
_HOW = "in Moodle, open the assignment and choose Submissions > Actions > Download grading worksheet"


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The worksheet with its one lesson filled."""
    column = _lesson(grades, options)
    layout = read_layout(template, options.file, column.title)
    only = Grades(grades.students, (Column(column.id, column.title, column.max_points),), grades.grades)
    return fill.fill_table(layout, only, options, "moodle-worksheet")


def read_layout(content: bytes, file: str, title: str = "Grade") -> fill.Layout:
    """The students and the one grade column of a worksheet; *title* is the lesson that it stands for."""
    sheet = read_sheet(content, file, (",",))
    grade, maximum, changeable = _positions(sheet)
    keys = heads.find_keys(sheet, "moodle")
    rows = heads.student_rows(sheet)
    name = heads.heading_at(sheet, "Full name")
    people = tuple(
        heads.person(sheet, row, keys, sheet.value(row, 1 if name is None else name).strip()) for row in rows
    )
    _refuse_twice(people, sheet, rows)
    limits = {points.read_number(sheet.value(row, maximum)) for row in rows}
    closed = "" if len(limits) == 1 and None not in limits else "is not graded in points"
    limit = next(iter(limits)) if not closed else None
    feedback = heads.heading_at(sheet, "Feedback comments")
    item = Item(
        grade,
        sheet.value(0, grade),
        (title,),
        sheet.place(0, grade),
        maximum=limit,
        closed=closed,
        feedback=feedback,
    )

    def keep(row: int, old: str) -> str:
        locked = changeable is not None and heads.fold(sheet.value(row, changeable)) == "no"
        return "Moodle does not let the grade be changed" if locked else ""

    return fill.Layout(sheet, rows, people, tuple(keys), (item,), WORDS, keep)


def participants(content: bytes, file: str) -> dict[str, Person]:
    """Who each number after `Participant` is; joins a download of hand-ins with the class."""
    layout = read_layout(content, file)
    numbers = (re.search(r"(\d+)\s*$", layout.sheet.value(row, 0)) for row in layout.rows)
    return {found.group(1): who for found, who in zip(numbers, layout.people, strict=True) if found}


def _lesson(grades: Grades, options: Options) -> Column:
    """The one lesson that was asked for, or the one whose title is in the file's name."""
    chosen = decide.choose(grades.columns, options)
    if len(chosen) > 1:
        name = _letters(PurePath(options.file).stem)
        chosen = [column for column in chosen if f" {_letters(column.title)} " in f" {name} "]
    if len(chosen) != 1:
        raise ExportError(
            f"{options.file}: a grading worksheet is about one assignment; which lesson is it?",
            f"say so with `--lesson`: {', '.join(column.id for column in grades.columns)}",
        )
    return chosen[0]


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _positions(sheet: Sheet) -> tuple[int, int, int | None]:
    """Where the grade, its maximum and `Grade can be changed` stand."""
    grade, maximum = heads.heading_at(sheet, "Grade"), heads.heading_at(sheet, "Maximum Grade")
    if heads.heading_at(sheet, "Identifier") == 0 and grade is not None and maximum is not None:
        if heads.heading_at(sheet, "Last modified (grade)") is None:
            message = (
                "the column `Last modified (grade)` is missing, and Moodle refuses a worksheet without it"
            )
            raise fault(Place(sheet.file, 1, 1), message, _HOW)
        return grade, maximum, heads.heading_at(sheet, "Grade can be changed")
    rows = [row for row in range(1, len(sheet.rows)) if not sheet.is_blank(row)]
    numbered = bool(rows) and all(re.search(r"\S \d+$", sheet.value(row, 0)) for row in rows)
    for position in range(2, len(sheet.rows[0]) - 1):
        values = {sheet.value(row, position) for row in rows}
        before = [sheet.value(row, position - 1).strip() for row in rows]
        if (
            numbered
            and len(values) == 1
            and points.read_number(values.pop()) is not None
            and all(value in ("", "-") or points.read_number(value) is not None for value in before)
        ):
            return position - 1, position, None
    message = (
        "this is no grading worksheet: it needs the columns `Identifier`, `Grade` and `Last modified (grade)`"
    )
    raise fault(Place(sheet.file, 1, 1), message, _HOW)


def _refuse_twice(people: tuple[Person, ...], sheet: Sheet, rows: tuple[int, ...]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        identifier = sheet.value(row, 0).strip()
        if first.setdefault(identifier, row) != row:
            line = sheet.place(first[identifier]).line
            raise fault(sheet.place(row), f"`{identifier}` is here twice; first in line {line}", _HOW)
