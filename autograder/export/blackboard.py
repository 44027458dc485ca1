"""Blackboard Learn: the gradebook of Work Offline > Download, filled; or, from a roster, one small file for each lesson.

Tab-delimited (`.xls`, which is text in UTF-16) or comma-delimited; the number after `|` in a heading is the column's
id. Written from Blackboard's documentation; not tried on a live system.
"""

from __future__ import annotations

import re

from autograder import heads
from autograder.errors import ExportError
from autograder.export import fill, points, scratch
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.scratch import Lesson
from autograder.export.values import Export, Options
from autograder.grades import Grades
from autograder.identity import KEYS
from autograder.sheet import Sheet, read_sheet, write_rows

WORDS = Words(decimals=2)
_HOW = "in Blackboard, choose Grade Center > Work Offline > Download"
_HEADING = re.compile(
    r"(?P<title>.*?) ?\[Total Pts: (?P<upto>up to )?(?P<max>[\d.,]+)(?: (?P<shown>[^\]]*))?\] ?\|(?P<id>\d+)",
    re.DOTALL,
)
_CALCULATED = ("total", "weighted total", "running total", "running weighted total")


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The downloaded gradebook with our lessons' columns filled."""
    return fill.fill_table(read_layout(template, options.file), grades, options, "blackboard")


def read_layout(content: bytes, file: str) -> fill.Layout:
    """The students and columns of a downloaded gradebook."""
    sheet = read_sheet(content, file, ("\t", ","))
    keys = heads.need_keys(sheet, "blackboard", "gradebook from Blackboard", _HOW)
    rows = heads.student_rows(sheet)
    first, last = heads.heading_at(sheet, "First Name"), heads.heading_at(sheet, "Last Name")
    people = tuple(heads.person(sheet, row, keys, heads.full_name(sheet, row, first, last)) for row in rows)
    items = tuple(
        _item(sheet, position, parts)
        for position, cell in enumerate(sheet.rows[0])
        if (parts := _HEADING.fullmatch(cell.text.strip()))
    )
    return fill.Layout(sheet, rows, people, tuple(keys), items, WORDS, _keep)


def from_scratch(grades: Grades, options: Options) -> Export:
    """One file for each lesson whose column id is in course.yaml; without an id Blackboard makes a new column of text."""
    planned = scratch.plan(grades, options, WORDS, "blackboard", needs_name=True)
    return scratch.one_file_each(planned, _make, _heading, "blackboard")


def _make(lesson: Lesson) -> bytes:
    [(key, values)] = scratch.complete_keys(lesson.entries, KEYS["blackboard"][:1]).items()
    rows = [[value, entry.value] for value, entry in zip(values, lesson.entries, strict=True)]
    return write_rows([[key.headings[0], _heading(lesson)], *rows], quote_all=True)


def _heading(lesson: Lesson) -> str:
    if not lesson.name.isdecimal():
        raise ExportError(
            f"`lms: {{blackboard: {lesson.name}}}` is no column id",
            "it is the number after `|` in the heading of the column in a downloaded gradebook",
        )
    return (
        f"{lesson.column.title} [Total Pts: {points.number(lesson.column.max_points)} Score] |{lesson.name}"
    )


def _item(sheet: Sheet, position: int, parts: re.Match[str]) -> Item:
    title, shown = parts["title"].strip(), (parts["shown"] or "Score").strip()
    closed = "" if shown == "Score" else f"shows {shown}, not points"
    if parts["upto"] or heads.fold(title) in _CALCULATED:
        closed = "is a total that Blackboard calculates"
    maximum = points.read_number(parts["max"])
    return Item(
        position, sheet.value(0, position), (title,), sheet.place(0, position), parts["id"], maximum, closed
    )


def _keep(row: int, old: str) -> str:
    """`Needs Grading(7.00)` is what waits for this export; an attempt that is still open is not."""
    return "an attempt is in progress" if old.strip().startswith("In Progress") else ""
