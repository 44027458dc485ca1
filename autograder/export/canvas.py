"""Canvas: the gradebook file of Grades > Export, filled; or, from a roster, one small file for each lesson.

Canvas goes by the ids in the file (`ID`, then the SIS ids, then the login) and the id in `Title (101)`. In a column
with any change a blank cell erases the grade that is there, so a cell without a decision repeats what was exported.
"""

from __future__ import annotations

import re

from autograder.errors import ExportError, Place
from autograder.export import fill, points, scratch
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.scratch import Lesson
from autograder.export.texts import lms_text
from autograder.export.values import Export, Options
from autograder.grades import Grades, Student
from autograder.identity import KEYS, Key, Person
from autograder.sheet import Sheet, decode, fault, read_sheet, refuse_ragged, write_rows

WORDS = Words(decimals=2, excused="EX")
_INFO = ("SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
_TOTAL = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
_HIDDEN = re.compile(r"\s*(Muted|Manual Posting.*)?\s*", re.IGNORECASE)
_TITLE_AND_ID = re.compile(r"(.*)\s\((\d+)\)", re.DOTALL)
_MAXIMA = "Points Possible"
_HOW = "in Canvas, choose Grades > Export > Export Entire Gradebook"


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The exported gradebook with our lessons' columns filled."""
    return fill.fill_table(read_layout(template, options.file), grades, options, "canvas")


def from_scratch(grades: Grades, options: Options) -> Export:
    """One file for each lesson whose assignment id is in course.yaml; without an id Canvas makes a new assignment."""
    planned = scratch.plan(grades, options, WORDS, "canvas", needs_name=True)
    return scratch.one_file_each(planned, _make, _heading, "canvas")


def read_layout(content: bytes, file: str) -> fill.Layout:
    """The students and assignments of an exported gradebook; raises ExportError for what Canvas would not import."""
    sheet = _read(content, file)
    first_last = sheet.value(0, 0) == "LastName" and sheet.value(0, 1) == "FirstName"
    info = _info_width(sheet, 2 if first_last else 1)
    headings = [cell.text for cell in sheet.rows[0]]
    keys = tuple(key for key in KEYS["canvas"] if key.headings[0] in headings[:info])
    rows = tuple(row for row in range(1, len(sheet.rows)) if _is_student(sheet, row))
    refuse_ragged(sheet, rows)
    people = tuple(_person(sheet, row, keys, headings, first_last=first_last) for row in rows)
    is_test = bool(people) and people[-1].name in ("Student, Test", "Test Student")
    maxima = next((row for row in range(1, len(sheet.rows)) if _MAXIMA in sheet.value(row, 0)), None)
    items = tuple(_item(sheet, position, maxima) for position in range(info, len(headings)))
    strangers = frozenset({len(rows) - 1}) if is_test else frozenset[int]()
    return fill.Layout(sheet, rows, people, keys, items, WORDS, _keep, strangers)


def _make(lesson: Lesson) -> bytes:
    """The fewest columns by which Canvas can find everybody."""
    entries = lesson.entries
    ids = {key.headings[0]: scratch.ids(entries, key) for key in KEYS["canvas"][:3]}
    headings = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", _heading(lesson)]
    if all(ids["ID"]):
        headings = ["Student", "ID", "Section", _heading(lesson)]
    else:
        scratch.complete_keys(entries, KEYS["canvas"][1:3])
        _refuse_numbers([*ids["SIS User ID"], *ids["SIS Login ID"]])
    columns = {
        **ids,
        "Student": [_name(entry.student) for entry in entries],
        _heading(lesson): [entry.value for entry in entries],
    }
    maxima = [f"    {_MAXIMA}", *[""] * (len(headings) - 2), points.number(lesson.column.max_points)]
    blank = [""] * len(entries)
    rows = zip(*(columns.get(heading, blank) for heading in headings), strict=True)
    return write_rows([headings, maxima, *map(list, rows)])


def _heading(lesson: Lesson) -> str:
    heading = f"{' '.join(lesson.column.title.split())} ({lesson.name})"
    if not lesson.name.isdecimal():
        raise ExportError(
            f"`lms: {{canvas: {lesson.name}}}` is no assignment id",
            "it is the number at the end of the assignment's address in Canvas",
        )
    if _TOTAL.search(heading):
        raise ExportError(f"Canvas takes `{heading}` for a total", "change the title of the lesson")
    return heading


def _name(student: Student) -> str:
    """Decoration, as Canvas goes by the ids; but a row with this name would set the maximum of the assignment."""
    name = lms_text(f"{student.last_name}, {student.first_name}".strip(", ")).strip()
    return student.id if not name or _MAXIMA in name or name.startswith("=") else name


def _refuse_numbers(ids: list[str]) -> None:
    for value in ids:
        if re.fullmatch(r"-?[0-9.,]*[.,][0-9.,]*", value):
            raise ExportError(
                f"Canvas reads the id `{value}` as a number and changes it",
                "put the Canvas ids of the students into the roster: `autograde roster import` of an exported gradebook",
            )


def _read(content: bytes, file: str) -> Sheet:
    text, mark, encoding = decode(content, file)
    if encoding != "utf-8":
        raise fault(Place(file), f"Canvas reads UTF-8 and this file is {encoding.upper()}", _HOW)
    if mark and text.startswith('"'):
        message = "Canvas cannot read a file that begins with a byte order mark and a quoted cell"
        raise fault(Place(file, 1, 1), message, _HOW)
    return read_sheet(content, file, (_delimiter(text),))


def _delimiter(text: str) -> str:
    """Canvas's own guess: `;` if it cuts the first three lines into equally many cells, and more than `,` does."""
    lines = text.splitlines(keepends=True)[:3]
    counts = {delimiter: _count(lines, delimiter) for delimiter in (";", ",")}
    return ";" if counts[";"] > max(counts[","], 1) else ","


def _count(lines: list[str], delimiter: str) -> int:
    try:
        rows = [read_sheet(line.encode(), "", (delimiter,)).rows if line.strip() else ((),) for line in lines]
    except ExportError:
        return 0
    sizes = {len(found[0]) for found in rows}
    return sizes.pop() if len(sizes) == 1 else 0


def _info_width(sheet: Sheet, names: int) -> int:
    """How many columns come before the assignments; the order of the headings is fixed."""
    headings = [cell.text for cell in sheet.rows[0]]
    is_ours = (
        len(headings) > names + 2 and (names == 2 or "Student" in headings[0]) and "ID" in headings[names]
    )
    if is_ours:
        for position in range(names + 1, len(headings)):
            if headings[position] == "Section":
                return position + 1
            if headings[position] not in _INFO:
                break
    message = "this is no gradebook from Canvas: the first line has to begin with `Student,ID,` and go on to `Section`"
    raise fault(Place(sheet.file, 1, 1), message, _HOW)


def _is_student(sheet: Sheet, row: int) -> bool:
    """Neither the points possible, nor the line that marks hidden assignments, nor a blank line."""
    if _MAXIMA in sheet.value(row, 0):
        return False
    return not all(_HIDDEN.fullmatch(cell.text) for cell in sheet.rows[row])


def _person(
    sheet: Sheet, row: int, keys: tuple[Key, ...], headings: list[str], *, first_last: bool
) -> Person:
    ids = {key.id: sheet.value(row, headings.index(key.headings[0])).strip() for key in keys}
    name = sheet.value(row, 0)
    if first_last:
        name = f"{name}, {sheet.value(row, 1)}"
    guarded = re.fullmatch(r'="(.*)"', name, re.DOTALL)
    return Person(sheet.place(row), ids, guarded.group(1) if guarded else name)


def _item(sheet: Sheet, position: int, maxima: int | None) -> Item:
    heading = sheet.value(0, position)
    place = sheet.place(0, position)
    parts = _TITLE_AND_ID.fullmatch(heading)
    title, id_ = parts.groups() if parts else (heading, "")
    stated = "" if maxima is None else sheet.value(maxima, position)
    closed = ""
    if _TOTAL.search(heading):
        closed = "is a total that Canvas calculates"
    elif re.search(r"read\s+only", stated):
        closed = "is read-only in Canvas"
    return Item(position, heading, (title, heading), place, id_, points.read_number(stated), closed)


def _keep(row: int, old: str) -> str:
    return "the assignment is not assigned to this student (`N/A`)" if old.strip() == "N/A" else ""
