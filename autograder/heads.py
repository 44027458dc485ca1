"""What the tables of most LMSs have in common: headings in the first row, some of which say who a student is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.errors import Place
from autograder.identity import KEYS, Key, Person
from autograder.sheet import Sheet, fault, refuse_ragged


def find_keys(sheet: Sheet, lms: str) -> dict[Key, int]:
    """The columns that identify a student in this file of *lms*, in the order in which the LMS looks."""
    headings = [fold(cell.text) for cell in sheet.rows[0]]
    found: dict[Key, int] = {}
    for key in KEYS[lms]:
        position = next((headings.index(fold(name)) for name in key.headings if fold(name) in headings), None)
        if position is not None:
            found[key] = position
    return found


def need_keys(sheet: Sheet, lms: str, title: str, hint: str) -> dict[Key, int]:
    """The same; raises ExportError when there is none, because then this is no file of that LMS."""
    found = find_keys(sheet, lms)
    if not found:
        wanted = ", ".join(f"`{name}`" for key in KEYS[lms] for name in key.headings[:1])
        raise fault(Place(sheet.file, 1, 1), f"this is no {title}: none of {wanted} is a heading", hint)
    return found


def student_rows(sheet: Sheet, is_student: Callable[[int], bool] = lambda row: True) -> tuple[int, ...]:
    """All rows below the headings that are about a student; raises ExportError if one is cut off."""
    rows = tuple(row for row in range(1, len(sheet.rows)) if not sheet.is_blank(row) and is_student(row))
    refuse_ragged(sheet, rows)
    return rows


def person(
    sheet: Sheet, row: int, keys: Mapping[Key, int], name: str, clean: Callable[[str], str] = str.strip
) -> Person:
    """Who a row is about."""
    return Person(
        sheet.place(row), {key.id: clean(sheet.value(row, position)) for key, position in keys.items()}, name
    )


def heading_at(sheet: Sheet, *names: str) -> int | None:
    """The position of the first heading that is one of *names*."""
    wanted = {fold(name) for name in names}
    return next((i for i, cell in enumerate(sheet.rows[0]) if fold(cell.text) in wanted), None)


def full_name(sheet: Sheet, row: int, first: int | None, last: int | None) -> str:
    """`Last, First`, from as many of the two as there are."""
    parts = (sheet.value(row, position).strip() for position in (last, first) if position is not None)
    return ", ".join(part for part in parts if part)


def fold(text: str) -> str:
    """A heading in the form in which headings are compared."""
    return " ".join(text.casefold().split())
