"""Files that are made without a template: for each lesson only the students who have something to write.

A student who is not in a file keeps what the LMS has; a blank cell would erase it in some of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.errors import ExportError, Place, Problem
from autograder.export import decide, points
from autograder.export.columns import lms_name
from autograder.export.points import Words
from autograder.export.texts import check_id, file_part, lms_text
from autograder.export.values import Change, Export, File, Notice, Options, Target, refuse
from autograder.grades import Column, Grades, Student
from autograder.identity import EMAIL, Key


@dataclass(frozen=True)
class Entry:
    """What to write for one student."""

    student: Student
    value: str
    feedback: str


@dataclass(frozen=True)
class Lesson:
    """A lesson with what is to be written, its name in the LMS (from `lms:`) and in messages."""

    column: Column
    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Plan:
    """The lessons that can be written, and the notices about the others."""

    lessons: tuple[Lesson, ...]
    notices: tuple[Notice, ...]


def plan(
    grades: Grades, options: Options, words: Words, format_name: str, *, needs_name: bool = False
) -> Plan:
    """What to write where; with *needs_name* only lessons that course.yaml gives a name or id in this LMS."""
    chosen = decide.choose(grades.columns, options)
    named = [column for column in chosen if lms_name(column, format_name) or not needs_name]
    key = format_name.partition("-")[0]
    notices = [
        Notice(
            "lesson",
            f"the lesson `{column.title}` was not exported: its id in the LMS is not known",
            hint=f"write it into course.yaml, `lms: {{{key}: ...}}`",
        )
        for column in chosen
        if column not in named
    ]
    ready, waiting = decide.split_waiting(named, grades.students, grades, options)
    decide.refuse_excused(ready, grades.students, grades, words, options)
    refuse(_too_much(ready, grades))
    lessons = [
        Lesson(column, lms_name(column, format_name), _entries(column, grades, options, words))
        for column in ready
    ]
    notices += waiting
    notices += [
        Notice("lesson", f"the lesson `{lesson.column.title}` was not exported: nobody has a grade in it")
        for lesson in lessons
        if not lesson.entries
    ]
    return Plan(tuple(lesson for lesson in lessons if lesson.entries), tuple(notices))


def one_file_each(
    planned: Plan, make: Callable[[Lesson], bytes], heading: Callable[[Lesson], str], format_name: str
) -> Export:
    """A file for each lesson, and the list of what is in it."""
    if not planned.lessons:
        raise nothing(planned)
    files = tuple(
        File(f"{format_name}_{file_part(lesson.column.id)}.csv", make(lesson)) for lesson in planned.lessons
    )
    return Export(files, *_listing(planned, heading), planned.notices)


def one_file(planned: Plan, name: str, content: bytes, heading: Callable[[Lesson], str]) -> Export:
    """All lessons in one file."""
    return Export((File(name, content),), *_listing(planned, heading), planned.notices)


def nothing(planned: Plan) -> ExportError:
    """The error for a class in which no lesson can be written."""
    reasons = "\n".join(str(notice) for notice in planned.notices)
    return ExportError(
        "there is nothing to export" + (f"\n{reasons}" if reasons else ""),
        "grade first, or name other lessons",
    )


def ids(entries: Sequence[Entry], key: Key) -> list[str]:
    """The id of every student under *key*; blank where we do not know it."""
    return [
        check_id(
            entry.student.email if key.id == EMAIL else entry.student.ids.get(key.id, ""),
            f"`{key.id}` of `{entry.student.id}`",
        )
        for entry in entries
    ]


def complete_keys(entries: Sequence[Entry], keys: Sequence[Key]) -> dict[Key, list[str]]:
    """The keys under which every student has an id of their own; raises ExportError, with names, if there is none."""
    columns = {key: ids(entries, key) for key in keys}
    complete = {
        key: values for key, values in columns.items() if all(values) and len(set(values)) == len(values)
    }
    if complete:
        return complete
    values = min(columns.values(), key=lambda column: column.count(""))
    without = [f"`{entry.student.id}`" for entry, value in zip(entries, values, strict=True) if not value]
    names = " or ".join(f"`{key.id}`" for key in keys)
    raise ExportError(
        f"no id of the LMS is known for {decide.some(without) or 'some students, and others share one'} ({names})",
        "give a roster with `--roster`; `autograde roster import` makes one from a file of the LMS",
    )


def _entries(column: Column, grades: Grades, options: Options, words: Words) -> tuple[Entry, ...]:
    found = []
    for student in grades.students:
        grade = grades.grade(student.id, column.id)
        value = points.word(grade, words, options)
        if value is not None:
            found.append(Entry(student, value, lms_text(grade.feedback) if options.feedback else ""))
    return tuple(found)


def _too_much(ready: Sequence[Column], grades: Grades) -> list[Problem]:
    checked = (
        decide.check_maximum(
            grades.grade(student.id, column.id), student, column, None, column.title, Place(column.id)
        )
        for column in ready
        for student in grades.students
    )
    return [problem for problem in checked if problem]


def _listing(
    planned: Plan, heading: Callable[[Lesson], str]
) -> tuple[tuple[Target, ...], tuple[Change, ...]]:
    targets = tuple(
        Target(lesson.column.id, lesson.column.title, heading(lesson)) for lesson in planned.lessons
    )
    changes = tuple(
        Change(entry.student.id, lesson.column.id, heading(lesson), "", entry.value)
        for lesson in planned.lessons
        for entry in lesson.entries
    )
    return targets, changes
