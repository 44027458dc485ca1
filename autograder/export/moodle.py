"""Moodle: the gradebook file of Export > Plain text file, filled; or, from a roster, one small file for each lesson.

The teacher says at the upload what each column is, so headings are as Moodle writes them. The import is all or
nothing, and a blank or `-` erases: a file from scratch holds only the students who have a grade.
"""

from __future__ import annotations

import re

from autograder import heads
from autograder.errors import ExportError, Place
from autograder.export import fill, scratch
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.scratch import Lesson
from autograder.export.values import Export, Notice, Options
from autograder.grades import Grades
from autograder.identity import KEYS, Key
from autograder.sheet import Cell, Sheet, fault, read_sheet, write_rows

WORDS = Words(decimals=2)
_HOW = "in Moodle, choose Grades > Export > Plain text file, with `Real` grades, in English"
_WHO = (
    "First name",
    "Last name",
    "Surname",
    "Institution",
    "Department",
    "Groups",
    "ID number",
    "Email address",
    "Username",
)
_STAMP = "Last downloaded from this course"
_KIND = re.compile(r"(.*) \(([^()]+)\)", re.DOTALL)
_NOT_POINTS = {"percentage": "holds percentages, not points", "letter": "holds letters, not points"}


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The exported gradebook with our lessons' columns filled."""
    return fill.fill_table(read_layout(template, options.file), grades, options, "moodle")


def read_layout(content: bytes, file: str) -> fill.Layout:
    """The students and grade items of an exported gradebook."""
    sheet = read_sheet(content, file, (",", ";", "\t", ":"))
    keys = heads.find_keys(sheet, "moodle") or _keys_by_content(sheet)
    if not keys:
        raise fault(
            Place(file, 1, 1), "no column says who the students are by `ID number` or `Email address`", _HOW
        )
    rows = heads.student_rows(sheet)
    first, last = heads.heading_at(sheet, "First name"), heads.heading_at(sheet, "Last name", "Surname")
    people = tuple(heads.person(sheet, row, keys, heads.full_name(sheet, row, first, last)) for row in rows)
    who = {heads.fold(name) for name in (*_WHO, _STAMP)}
    items = tuple(
        item
        for position, cell in enumerate(sheet.rows[0])
        if heads.fold(cell.text) not in who and position not in keys.values()
        for item in [_item(sheet, position)]
        if item is not None
    )
    return fill.Layout(sheet, rows, people, tuple(keys), items, WORDS, notices=tuple(_traps(sheet)))


def from_scratch(grades: Grades, options: Options) -> Export:
    """One file for each lesson, for the students who have a grade in it."""
    return scratch.one_file_each(scratch.plan(grades, options, WORDS, "moodle"), _make, _heading, "moodle")


def _make(lesson: Lesson) -> bytes:
    wanted = [key for key in KEYS["moodle"] if key.id in ("moodle.idnumber", "email", "moodle.username")]
    keys = scratch.complete_keys(lesson.entries, wanted)
    for values in keys.values():
        _refuse_backslash(values)
    comments = [entry.feedback for entry in lesson.entries]
    columns = {key.headings[0]: values for key, values in keys.items()}
    columns[_heading(lesson)] = [entry.value for entry in lesson.entries]
    if any(comments):
        columns[f"{lesson.column.title} (Feedback)"] = comments
    return write_rows([list(columns), *map(list, zip(*columns.values(), strict=True))])


def _heading(lesson: Lesson) -> str:
    return f"{lesson.column.title} (Real)"


def _refuse_backslash(values: list[str]) -> None:
    for value in values:
        if value.endswith("\\"):
            raise ExportError(
                f"the id `{value}` ends in a backslash, and Moodle rejects such a file", "mend the roster"
            )


def _item(sheet: Sheet, position: int) -> Item | None:
    """A column of points; comments and the other displays of an item that also has `(Real)` are left out."""
    heading = sheet.value(0, position)
    base, kind = _cut(heading)
    if kind == "feedback":
        return None
    siblings = {_cut(cell.text)[1]: i for i, cell in enumerate(sheet.rows[0]) if _cut(cell.text)[0] == base}
    closed = _NOT_POINTS.get(kind, "")
    if closed and "real" in siblings:
        return None
    if re.fullmatch(r"(.* )?(course|category) total", base, re.IGNORECASE):
        closed = "is a total that Moodle calculates"
    names = tuple(dict.fromkeys((base, base.partition(": ")[2] or base, heading)))
    return Item(
        position, heading, names, sheet.place(0, position), closed=closed, feedback=siblings.get("feedback")
    )


def _cut(heading: str) -> tuple[str, str]:
    """`Assignment: Homework 1 (Real)` without the last parentheses, and what stood in them."""
    parts = _KIND.fullmatch(heading.strip())
    return (parts.group(1), heads.fold(parts.group(2))) if parts else (heading.strip(), "")


def _keys_by_content(sheet: Sheet) -> dict[Key, int]:
    """In a file with headings in another language, the column of addresses is known by what is in it."""
    email = next(key for key in KEYS["moodle"] if key.kind == "email")
    for position in range(len(sheet.rows[0])):
        values = [sheet.value(row, position) for row in range(1, len(sheet.rows)) if not sheet.is_blank(row)]
        if values and all(re.fullmatch(r"\S+@\S+", value) for value in values):
            return {email: position}
    return {}


def _traps(sheet: Sheet) -> list[Notice]:
    """What makes Moodle reject its own file; the bytes are not ours to change."""
    notices = []
    for row, cells in enumerate(sheet.rows):
        for position, cell in enumerate(cells):
            if _ends_in_backslash(cell):
                message = "Moodle rejects a file in which a quoted cell ends in a backslash, as this one does"
                hint = "change the text in Moodle, or export from a roster without the template"
                notices.append(Notice("trap", message, sheet.place(row, position), hint))
    stamp = heads.heading_at(sheet, _STAMP)
    if stamp is not None:
        message = f"`{_STAMP}` makes Moodle refuse grades that were changed since the download"
        notices.append(Notice("file", message, sheet.place(0, stamp), "upload soon, or tick `Force import`"))
    return notices


def _ends_in_backslash(cell: Cell) -> bool:
    return cell.quoted and cell.text.endswith("\\")
