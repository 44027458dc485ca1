"""Sakai: the gradebook of Import / Export, filled; or one file from a roster. A blank score changes nothing there.

The first column is the id, the second the name; `Item [10]` is an item, `* Item` the comments on it, `# ...` is ignored.
"""

from __future__ import annotations

import re

from autograder import heads
from autograder.errors import ExportError, Place
from autograder.export import fill, points, scratch
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.scratch import Lesson
from autograder.export.values import Export, Options
from autograder.grades import Grades
from autograder.identity import KEYS, Person
from autograder.sheet import Sheet, fault, read_sheet, write_rows

WORDS = Words(decimals=2)
_HOW = "in Sakai, choose Gradebook > Import / Export > Export Gradebook"
_ITEM = re.compile(r"(?P<title>[^\[\]*#][^\[\]]*?)(?: \[(?P<max>\d+(?:[.,]\d{1,2})?)\])?")


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The exported gradebook with our lessons' columns filled."""
    return fill.fill_table(read_layout(template, options.file), grades, options, "sakai")


def read_layout(content: bytes, file: str) -> fill.Layout:
    """The students and items of an exported gradebook."""
    sheet = read_sheet(content, file, (",", ";"))
    headings = [cell.text.strip() for cell in sheet.rows[0]]
    if len(headings) < 3 or "student" not in headings[0].casefold() + headings[1].casefold():
        raise fault(
            Place(file, 1, 1), "this is no gradebook from Sakai: it begins with `Student ID,Name`", _HOW
        )
    _refuse_headings(sheet, headings)
    rows = tuple(row for row in heads.student_rows(sheet) if sheet.value(row, 0).strip())
    key = KEYS["sakai"][0]
    people = tuple(
        Person(sheet.place(row), {key.id: sheet.value(row, 0).strip()}, sheet.value(row, 1).strip())
        for row in rows
    )
    items = tuple(
        _item(sheet, position, parts, headings)
        for position, heading in enumerate(headings)
        if position > 1 and (parts := _ITEM.fullmatch(heading))
    )
    return fill.Layout(sheet, rows, people, (key,), items, WORDS)


def from_scratch(grades: Grades, options: Options) -> Export:
    """All lessons in one file; where a student has nothing the cell is blank, which Sakai ignores."""
    planned = scratch.plan(grades, options, WORDS, "sakai")
    key = KEYS["sakai"][0]
    graded = {entry.student.id: entry for lesson in planned.lessons for entry in lesson.entries}
    entries = {student.id: graded[student.id] for student in grades.students if student.id in graded}
    if not entries:
        raise scratch.nothing(planned)
    ids = scratch.complete_keys(list(entries.values()), [key])[key]
    table = [
        ["Student ID", "Name"],
        *([value, _name(entry)] for value, entry in zip(ids, entries.values(), strict=True)),
    ]
    for lesson in planned.lessons:
        mine = {entry.student.id: entry for entry in lesson.entries}
        columns = {_heading(lesson): {student: entry.value for student, entry in mine.items()}}
        if any(entry.feedback for entry in lesson.entries):
            columns[f"* {lesson.name or lesson.column.title}"] = {
                student: entry.feedback for student, entry in mine.items()
            }
        for heading, values in columns.items():
            table[0].append(heading)
            for row, student in zip(table[1:], entries, strict=True):
                row.append(values.get(student, ""))
    return scratch.one_file(planned, "sakai.csv", write_rows(table), _heading)


def _heading(lesson: Lesson) -> str:
    heading = f"{lesson.name or lesson.column.title} [{points.number(lesson.column.max_points)}]"
    if not _ITEM.fullmatch(heading):
        raise ExportError(
            f"`{lesson.column.title}` cannot be the name of an item in Sakai: no `[` or `]`, no `*` or `#` at the start",
            "say what it is called there in course.yaml, `lms: {sakai: ...}`",
        )
    return heading


def _name(entry: scratch.Entry) -> str:
    """The name is decoration and Sakai reads the file in its server's own encoding, so only plain names go in."""
    name = f"{entry.student.last_name}, {entry.student.first_name}".strip(", ")
    return name if name.isascii() and not name.startswith(tuple("=+-@")) else entry.student.id


def _item(sheet: Sheet, position: int, parts: re.Match[str], headings: list[str]) -> Item:
    title = parts["title"].strip()
    comments = next((i for i, heading in enumerate(headings) if heading == f"* {title}"), None)
    maximum = points.read_number(parts["max"]) if parts["max"] else None
    return Item(
        position, headings[position], (title,), sheet.place(0, position), maximum=maximum, feedback=comments
    )


def _refuse_headings(sheet: Sheet, headings: list[str]) -> None:
    for position, heading in enumerate(headings):
        if not heading:
            raise fault(sheet.place(0, position), "Sakai refuses a file with a blank heading", _HOW)
        if headings.index(heading) != position:
            raise fault(
                sheet.place(0, position), f"Sakai refuses a file with the heading `{heading}` twice", _HOW
            )
