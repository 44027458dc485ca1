"""Fills the cells of our lessons in a table downloaded from an LMS and leaves every other byte as it was.

A format module says how its table is laid out; matching, states, limits, changes and notices are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from autograder.errors import ExportError, Place, Problem
from autograder.export import columns, points
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.values import Change, Export, File, Notice, Options, Target, refuse
from autograder.grades import Column, Grade, Grades, Student
from autograder.identity import Key, Matching, Person, find_twice, match
from autograder.sheet import Sheet


@dataclass(frozen=True)
class Layout:
    """Where a file keeps what: `rows` are the students' rows, `people` who they are, in the same order.

    `keep(old)` says why a cell must be left alone, whatever the grade; "" means that it may be written.
    `strangers` are rows that belong to nobody on purpose (the LMS's test student).
    """

    sheet: Sheet
    rows: tuple[int, ...]
    people: tuple[Person, ...]
    keys: tuple[Key, ...]
    items: tuple[Item, ...]
    words: Words
    keep: Callable[[str], str] = lambda old: ""
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
    refuse_doubles(layout.people, layout.keys)
    wanted = choose(grades.columns, options)
    found = columns.find(wanted, layout.items, format_name)
    matching = match(layout.people, grades.students, layout.keys)
    refuse_excused([column for column, _ in found.items], matching, grades, layout.words, options)
    ready, waiting = split_waiting([column for column, _ in found.items], matching, grades, options)
    work = _Work(notices=[*layout.notices, *found.notices, *waiting, *matching_notices(layout, matching)])
    work.problems += found.problems
    items = [(column, item) for column, item in found.items if column in ready]
    for column, item in items:
        _fill_column(layout, matching, grades, column, item, options, work)
    refuse(work.problems)
    content = layout.sheet.with_cells(work.values)
    targets = tuple(Target(column.id, column.title, item.heading) for column, item in items)
    files = (File(layout.sheet.file, content),)
    return Export(files, targets, tuple(work.changes), tuple(work.notices))


def choose(all_columns: Sequence[Column], options: Options) -> list[Column]:
    """The lessons that were asked for, by id; all of them when none was named."""
    known = {column.id: column for column in all_columns}
    for name in options.lessons:
        if name not in known:
            raise ExportError(f"there is no lesson `{name}`", f"lessons: {', '.join(known)}")
    return [column for column in all_columns if not options.lessons or column.id in options.lessons]


def refuse_doubles(people: Sequence[Person], keys: Sequence[Key]) -> None:
    """A file that shows one student twice cannot be filled: nobody knows which row counts."""
    refuse(
        [
            Problem(
                people[second].place,
                f"`{people[second].ids[key.id]}` is here twice as `{key.headings[0]}`; first in line {people[first].place.line}",
                "export-double",
                "download the file again from the LMS, or delete the wrong row",
            )
            for first, second, key in find_twice(people, keys)
        ]
    )


def refuse_excused(
    wanted: Sequence[Column], matching: Matching, grades: Grades, words: Words, options: Options
) -> None:
    """A format without a word for `excused` does not guess."""
    if words.excused is not None or options.excused is not None:
        return
    names = [
        f"`{student.id}` in `{column.title}`"
        for column in wanted
        for student in matching.students.values()
        if grades.grade(student.id, column.id).state == "excused"
    ]
    if names:
        raise ExportError(
            f"this format has no word for an excused student: {some(names)}",
            "choose `--excused skip` (leave what the LMS has) or `--excused zero`",
        )


def split_waiting(
    wanted: Sequence[Column], matching: Matching, grades: Grades, options: Options
) -> tuple[list[Column], list[Notice]]:
    """The lessons that are ready, and a notice for each in which a person still has to grade somebody."""
    ready, notices = [], []
    for column in wanted:
        pending = [
            f"`{student.id}`"
            for student in matching.students.values()
            if grades.grade(student.id, column.id).state == "pending"
        ]
        if not pending or options.unconfirmed == "allow":
            ready.append(column)
            continue
        message = (
            f"the lesson `{column.title}` was left as it was: a person still has to grade {some(pending)}"
        )
        notices.append(Notice("unconfirmed", message, hint="grade them, or use `--allow-unconfirmed`"))
    if notices and (options.unconfirmed == "refuse" or not ready):
        raise ExportError("\n".join(notice.message for notice in notices), notices[0].hint)
    return ready, notices


def matching_notices(layout: Layout, matching: Matching) -> list[Notice]:
    """Who is in one list and not in the other, and who is not certain."""
    notices = [Notice(note.kind, note.message, note.place, note.hint) for note in matching.notes]
    notices += [
        Notice("absent", f"`{student.id}`{_full_name(student)} is not in the file")
        for student in matching.absent
    ]
    for position in matching.strangers:
        if position not in layout.strangers:
            person = layout.people[position]
            notices.append(
                Notice("stranger", f"{describe(person)} is not in the class; left as it was", person.place)
            )
    return notices


def describe(person: Person) -> str:
    """A person of a file, by name and first id."""
    first = next((f"`{value}`" for value in person.ids.values() if value), "")
    return " ".join(part for part in (person.name, f"({first})" if first and person.name else first) if part)


def some(names: Sequence[str], limit: int = 10) -> str:
    """A list that stays readable for a large class."""
    rest = len(names) - limit
    return ", ".join(names[:limit]) + (f" and {rest} more" if rest > 0 else "")


def check_maximum(
    grade: Grade, student: Student, column: Column, maximum: Decimal | None, heading: str, place: Place
) -> Problem | None:
    """A problem if the LMS's column takes fewer points than the student has."""
    limit = column.max_points if maximum is None else maximum
    if grade.points is None or grade.points <= limit:
        return None
    message = f"`{student.id}` has {points.number(grade.points)} points in `{column.title}`, but `{heading}` takes at most {points.number(limit)}"
    hint = f"give `{heading}` the maximum of {points.number(column.max_points)} points in the LMS and download the file again"
    return Problem(place, message, "export-maximum", hint)


def _fill_column(
    layout: Layout,
    matching: Matching,
    grades: Grades,
    column: Column,
    item: Item,
    options: Options,
    work: _Work,
) -> None:
    if item.maximum is not None and item.maximum != column.max_points:
        message = f"the lesson `{column.title}` is worth {points.number(column.max_points)} points here and {points.number(item.maximum)} in `{item.heading}`; points are written as they are"
        work.notices.append(Notice("file", message, item.place))
    for position, student in matching.students.items():
        row = layout.rows[position]
        grade = grades.grade(student.id, column.id)
        new = points.word(grade, layout.words, options)
        if new is None:
            continue
        old = layout.sheet.value(row, item.position)
        place = layout.sheet.place(row, item.position) if _may_exceed(grade, item, column) else None
        problem = place and check_maximum(grade, student, column, item.maximum, item.heading, place)
        reason = layout.keep(old)
        if problem:
            work.problems.append(problem)
        elif reason:
            message = f"`{student.id}` in `{item.heading}` was left as it was: {reason}"
            work.notices.append(Notice("grade", message, layout.sheet.place(row, item.position)))
        elif not points.same(old, new):
            work.values[row, item.position] = new
            work.changes.append(Change(student.id, column.id, item.heading, old, new))


def _may_exceed(grade: Grade, item: Item, column: Column) -> bool:
    limit = column.max_points if item.maximum is None else item.maximum
    return grade.points is not None and grade.points > limit


def _full_name(student: Student) -> str:
    name = f"{student.first_name} {student.last_name}".strip()
    return f" ({name})" if name else ""
