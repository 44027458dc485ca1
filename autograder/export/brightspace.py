"""D2L Brightspace: the file of Grades > Export, filled; or, from a roster, one small file for each lesson.

Ids carry a `#` in front and every row ends in one; both stay as they are. Items are found by name. What an empty
cell does is not documented, so a file from scratch has none. Written from documentation; not tried on a live system.
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
from autograder.sheet import Sheet, fault, read_sheet, write_rows

WORDS = Words(decimals=2)
_HOW = "in Brightspace, choose Grades > Enter Grades > Export, key field `Both` and `Points grade`"
_END = "End-of-Line Indicator"
_POINTS = re.compile(r"(?P<title>.*) Points Grade(?: ?<(?P<about>[^>]*)>)?", re.DOTALL)
_OTHER = re.compile(
    r"(?P<title>.*) (?P<shown>Grade Symbol|Text Grade|Weighted Grade|Scheme Symbol|(?:Numerator|Denominator))(?: ?<[^>]*>)?",
    re.DOTALL,
)
_TOTALS = ("calculated final grade", "adjusted final grade", "final calculated grade", "final adjusted grade")


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The exported grades with our lessons' columns filled."""
    return fill.fill_table(read_layout(template, options.file), grades, options, "brightspace")


def read_layout(content: bytes, file: str) -> fill.Layout:
    """The students and grade items of an export."""
    sheet = read_sheet(content, file, (",", "\t"))
    keys = heads.need_keys(sheet, "brightspace", "grades export from Brightspace", _HOW)
    if all(key.id == "email" for key in keys):
        raise fault(sheet.place(0), "neither `OrgDefinedId` nor `Username` is a heading", _HOW)
    rows = heads.student_rows(sheet)
    _check_ends(sheet, rows)
    first, last = heads.heading_at(sheet, "First Name"), heads.heading_at(sheet, "Last Name")
    people = tuple(
        heads.person(sheet, row, keys, heads.full_name(sheet, row, first, last), _without_hash)
        for row in rows
    )
    items = tuple(
        item
        for position in range(len(sheet.rows[0]))
        for item in [_item(sheet, position)]
        if item is not None
    )
    return fill.Layout(sheet, rows, people, tuple(keys), items, WORDS)


def from_scratch(grades: Grades, options: Options) -> Export:
    """One file for each lesson, for the students who have a grade in it."""
    planned = scratch.plan(grades, options, WORDS, "brightspace")
    return scratch.one_file_each(planned, _make, _heading, "brightspace")


def _make(lesson: Lesson) -> bytes:
    keys = scratch.complete_keys(lesson.entries, KEYS["brightspace"][:2])
    columns = {key.headings[0]: [f"#{value}" for value in values] for key, values in keys.items()}
    columns[_heading(lesson)] = [entry.value for entry in lesson.entries]
    columns[_END] = ["#"] * len(lesson.entries)
    return write_rows([list(columns), *map(list, zip(*columns.values(), strict=True))])


def _heading(lesson: Lesson) -> str:
    name = lesson.name or lesson.column.title
    if re.search("[<>#]", name):
        raise ExportError(
            f"`{name}` cannot be a name of a grade item: `<`, `>` and `#` mean something else in the file"
        )
    return f"{name} Points Grade <Numeric MaxPoints:{points.number(lesson.column.max_points)}>"


def _item(sheet: Sheet, position: int) -> Item | None:
    heading = sheet.value(0, position).strip()
    parts, other = _POINTS.fullmatch(heading), _OTHER.fullmatch(heading)
    found = parts or other
    if found is None:
        return None
    title = found["title"].strip()
    closed = "" if other is None else f"is a {other['shown']}, not points"
    if heads.fold(title) in _TOTALS:
        closed = "is a total that Brightspace calculates"
    about = parts["about"] if parts else None
    limit = re.search(r"\bMaxPoints:([\d.,]+)", about or "")
    maximum = points.read_number(limit.group(1)) if limit else None
    points_too = any(
        (p := _POINTS.fullmatch(c.text.strip())) and p["title"].strip() == title for c in sheet.rows[0]
    )
    if other and points_too:
        return None
    return Item(position, heading, (title, heading), sheet.place(0, position), maximum=maximum, closed=closed)


def _check_ends(sheet: Sheet, rows: tuple[int, ...]) -> None:
    """The last column is there to show that a row is whole."""
    end = heads.heading_at(sheet, _END)
    for row in rows if end is not None else ():
        if sheet.value(row, end or 0).strip() != "#":
            raise fault(
                sheet.place(row, end or 0), f"`{_END}` is not `#`; the file is cut off or was edited", _HOW
            )


def _without_hash(value: str) -> str:
    return value.strip().removeprefix("#")
