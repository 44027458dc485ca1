"""Open edX: the bulk grades file or the staff graded points file, filled; block ids cannot be invented.

UTF-8 without a byte order mark, commas. In the first only `new_override-...` is read, in the second only
`New Points`; a blank changes nothing in both.
"""

from __future__ import annotations

from autograder import heads
from autograder.errors import Place
from autograder.export import fill
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.values import Export, Options
from autograder.grades import Grades
from autograder.identity import Key
from autograder.sheet import Sheet, decode, fault, read_sheet

WORDS = Words(decimals=2)
_HOW = "in Open edX, choose Instructor > Student Admin > bulk grades, or the problem's own export of staff graded points"
_NEW, _NAME = "new_override-", "name-"
_STAFF = ("user_id", "block_id", "Previous Points", "New Points")


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The downloaded file with our lessons' columns filled."""
    return fill.fill_table(read_layout(template, options.file), grades, options, "openedx")


def read_layout(content: bytes, file: str) -> fill.Layout:
    """The students and subsections (or the one problem) of a download."""
    _, mark, encoding = decode(content, file)
    if mark or encoding != "utf-8":
        message = "Open edX reads UTF-8 without a byte order mark, and this file has another form"
        raise fault(Place(file, 1, 1), message, _HOW)
    sheet = read_sheet(content, file, (",",))
    headings = [cell.text for cell in sheet.rows[0]]
    keys = heads.need_keys(sheet, "openedx", "file of grades from Open edX", _HOW)
    rows = heads.student_rows(sheet)
    if all(name in headings for name in _STAFF):
        items: tuple[Item, ...] = (_problem(sheet, headings, rows),)
    elif all(name in headings for name in ("user_id", "course_id")):
        _refuse_courses(sheet, headings.index("course_id"), rows)
        items = tuple(
            _subsection(sheet, i, headings, rows) for i, name in enumerate(headings) if name.startswith(_NEW)
        )
    else:
        message = "this is no file of grades from Open edX: it needs `user_id` and `course_id`, or `user_id`, `block_id`, `Previous Points` and `New Points`"
        raise fault(Place(file, 1, 1), message, _HOW)
    name = heads.heading_at(sheet, "full_name")
    people = tuple(
        heads.person(sheet, row, keys, sheet.value(row, name) if name is not None else "") for row in rows
    )
    return fill.Layout(sheet, rows, people, tuple[Key, ...](keys), items, WORDS)


def _subsection(sheet: Sheet, position: int, headings: list[str], rows: tuple[int, ...]) -> Item:
    block = headings[position].removeprefix(_NEW)
    named = headings.index(_NAME + block) if _NAME + block in headings else None
    title = sheet.value(rows[0], named).strip() if named is not None and rows else ""
    names = (title, headings[position]) if title else (headings[position],)
    return Item(position, headings[position], names, sheet.place(0, position), block)


def _problem(sheet: Sheet, headings: list[str], rows: tuple[int, ...]) -> Item:
    position = headings.index("New Points")
    blocks = {sheet.value(row, headings.index("block_id")).strip() for row in rows}
    if len(blocks) > 1:
        raise fault(sheet.place(0, headings.index("block_id")), "the file is about several problems", _HOW)
    block = blocks.pop() if blocks else ""
    titles = (
        {sheet.value(row, headings.index("title")).strip() for row in rows} if "title" in headings else set()
    )
    names = (*sorted(titles - {""}), block, "New Points")
    return Item(position, "New Points", (*names, block.rpartition("@")[2]), sheet.place(0, position))


def _refuse_courses(sheet: Sheet, position: int, rows: tuple[int, ...]) -> None:
    """Open edX refuses a file about another course, and so about two."""
    for row in rows:
        if sheet.value(row, position) != sheet.value(rows[0], position):
            raise fault(sheet.place(row, position), "the file is about several courses", _HOW)
