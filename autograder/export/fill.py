"""Fills the cells of our lessons in a table downloaded from an LMS and leaves every other byte as it was.

A format module says how its table is laid out; matching, states, limits, changes and notices are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from autograder.errors import Problem
from autograder.export import columns, decide, points
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.texts import lms_text
from autograder.export.values import Change, Export, File, Notice, Options, Target, refuse
from autograder.grades import Column, Grades, Student
from autograder.identity import Key, Matching, Person, match
from autograder.sheet import Sheet


@dataclass(frozen=True)
class Layout:
    """Where a file keeps what: `rows` are the students' rows, `people` who they are, in the same order.

    `keep(row, old)` says why a cell must be left alone, whatever the grade; "" means that it may be written.
    `strangers` are positions that belong to nobody on purpose (the LMS's test student).
    """

    sheet: Sheet
    rows: tuple[int, ...]
    people: tuple[Person, ...]
    keys: tuple[Key, ...]
    items: tuple[Item, ...]
    words: Words
    keep: Callable[[int, str], str] = lambda row, old: ""
    strangers: frozenset[int] = frozenset()
    notices: tuple[Notice, ...] = ()


@dataclass
class _Work:
    """What is gathered on the way through the table."""

    values: dict[tuple[int, int], str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def fill_table(layout: Layout, grades: Grades, options: Options, format_name: str) -> Export:
    """The filled file; raises ExportError with every problem if there is one."""
    decide.refuse_doubles(layout.people, layout.keys)
    found = columns.find(decide.choose(grades.columns, options), layout.items, format_name)
    matching = match(layout.people, grades.students, layout.keys)
    file = layout.sheet.file
    decide.refuse_strange_file(file, (*found.items, *found.problems), found.notices, layout.people, matching)
    refuse(list(found.problems))
    known = list(matching.students.values())
    ready, waiting = decide.split_waiting([column for column, _ in found.items], known, grades, options)
    decide.refuse_excused(ready, known, grades, layout.words, options)
    work = _Work(notices=[*layout.notices, *found.notices, *waiting])
    work.notices += decide.note_matching(layout.people, matching, layout.strangers)
    items = [(column, item) for column, item in found.items if column in ready]
    for column, item in items:
        work.notices += decide.note_scale(column, item.maximum, item.heading, item.place)
        _fill_column(layout, matching, grades, column, item, options, work)
    refuse(work.problems)
    targets = tuple(Target(column.id, column.title, item.heading) for column, item in items)
    files = (File(PurePath(file).name, layout.sheet.with_cells(work.values)),)
    return Export(files, targets, tuple(work.changes), tuple(work.notices))


def _fill_column(
    layout: Layout,
    matching: Matching,
    grades: Grades,
    column: Column,
    item: Item,
    options: Options,
    work: _Work,
) -> None:
    for position, student in matching.students.items():
        row = layout.rows[position]
        grade = grades.grade(student.id, column.id)
        new = points.word(grade, layout.words, options)
        old = layout.sheet.value(row, item.position)
        reason = layout.keep(row, old)
        if new is None:
            continue
        if decide.exceeds(grade, column, item.maximum):
            place = layout.sheet.place(row, item.position)
            problem = decide.check_maximum(grade, student, column, item.maximum, item.heading, place)
            work.problems += [problem] if problem else []
        elif reason:
            message = f"`{student.id}` in `{item.heading}` was left as it was: {reason}"
            work.notices.append(Notice("grade", message, layout.sheet.place(row, item.position)))
        else:
            if not points.same(old, new):
                _set(layout.sheet, row, item.position, new, student, column, work)
            if options.feedback and item.feedback is not None and grade.feedback:
                text = lms_text(grade.feedback)
                if layout.sheet.value(row, item.feedback) != text:
                    _set(layout.sheet, row, item.feedback, text, student, column, work)


def _set(
    sheet: Sheet, row: int, position: int, new: str, student: Student, column: Column, work: _Work
) -> None:
    work.values[row, position] = new
    old, heading = sheet.value(row, position), sheet.value(0, position)
    work.changes.append(Change(student.id, column.id, heading, old, new))
