"""Which column of an LMS's file each lesson goes to: by the id in course.yaml's `lms:`, else by the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from autograder.errors import Place, Problem
from autograder.export.values import Notice
from autograder.grades import Column


@dataclass(frozen=True)
class Item:
    """A column of the file that may take grades. `names` are what it answers to, the LMS's id first.

    `closed` says why no grade may be written into it; `feedback` is the position of the column for comments on it.
    """

    position: int
    heading: str
    names: tuple[str, ...]
    place: Place
    id: str = ""
    maximum: Decimal | None = None
    closed: str = ""
    feedback: int | None = None


@dataclass(frozen=True)
class Found:
    """The items by lesson, what is wrong with the choice, and the lessons that the file has no column for."""

    items: tuple[tuple[Column, Item], ...]
    problems: tuple[Problem, ...]
    notices: tuple[Notice, ...]


def find(columns: Sequence[Column], items: Sequence[Item], format_name: str) -> Found:
    """Each lesson's item; nothing is guessed: two candidates are a problem, none is a notice."""
    pairs: list[tuple[Column, Item]] = []
    problems: list[Problem] = []
    notices: list[Notice] = []
    taken: dict[int, Column] = {}
    for column in columns:
        hits = _candidates(column, items, format_name)
        if not hits:
            notices.append(_nowhere(column, items, format_name))
            continue
        item = hits[0]
        fault = _fault(column, hits, taken.get(item.position), format_name)
        if fault:
            problems.append(Problem(item.place, fault, "export-column", _advice(format_name)))
            continue
        taken[item.position] = column
        pairs.append((column, item))
    return Found(tuple(pairs), tuple(problems), tuple(notices))


def lms_name(column: Column, format_name: str) -> str:
    """What course.yaml calls the lesson's column: under the format's own name, else under the LMS's."""
    return column.lms.get(format_name) or column.lms.get(format_name.partition("-")[0], "")


def _candidates(column: Column, items: Sequence[Item], format_name: str) -> list[Item]:
    given = lms_name(column, format_name)
    if given:
        hits = [item for item in items if item.id and item.id == given]
        hits = hits or [
            item for item in items if _fold(given) in {_fold(item.heading), *map(_fold, item.names)}
        ]
        if hits or any(item.id for item in items):
            return hits
    return [item for item in items if _fold(column.title) in {_fold(name) for name in item.names}]


def _fault(column: Column, hits: list[Item], other: Column | None, format_name: str) -> str:
    item = hits[0]
    if len(hits) > 1:
        headings = " and ".join(f"`{hit.heading}`" for hit in hits)
        return f"the lesson `{column.title}` fits {headings}"
    if other is not None:
        return f"`{item.heading}` fits two lessons, `{other.title}` and `{column.title}`"
    if item.closed:
        return f"`{item.heading}`, the column of the lesson `{column.title}`, {item.closed}"
    return ""


def _nowhere(column: Column, items: Sequence[Item], format_name: str) -> Notice:
    given = lms_name(column, format_name)
    wanted = f"`lms:` {given}" if given else "this title"
    open_items = [f"`{item.heading}`" for item in items if not item.closed]
    listed = ", ".join(open_items[:8]) + (", ..." if len(open_items) > 8 else "")
    message = f"the lesson `{column.title}` was not exported: the file has no column with {wanted}"
    return Notice("lesson", message, hint=f"columns of the file: {listed or 'none'}; {_advice(format_name)}")


def _advice(format_name: str) -> str:
    return f"say which column it is in course.yaml, `lms: {{{format_name.partition('-')[0]}: ...}}`"


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
