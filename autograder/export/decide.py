"""The decisions that are the same for every format: which lessons, which wait for a person, who is excused, who has too much."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from autograder.errors import ExportError, Place, Problem
from autograder.export import points
from autograder.export.points import Words
from autograder.export.values import Notice, Options, refuse
from autograder.grades import Column, Grade, Grades, Student
from autograder.identity import Key, Matching, Person, find_twice


def choose(all_columns: Sequence[Column], options: Options) -> list[Column]:
    """The lessons that were asked for, by id; all of them when none was named."""
    known = {column.id: column for column in all_columns}
    for name in options.lessons:
        if name not in known:
            raise ExportError(f"there is no lesson `{name}`", f"lessons: {', '.join(known)}")
    return [column for column in all_columns if not options.lessons or column.id in options.lessons]


def split_waiting(
    wanted: Sequence[Column], students: Sequence[Student], grades: Grades, options: Options
) -> tuple[list[Column], list[Notice]]:
    """The lessons that are ready, and a notice for each in which a person still has to grade one of *students*."""
    ready, notices = [], []
    for column in wanted:
        pending = [f"`{s.id}`" for s in students if grades.grade(s.id, column.id).state == "pending"]
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


def refuse_excused(
    wanted: Sequence[Column], students: Sequence[Student], grades: Grades, words: Words, options: Options
) -> None:
    """A format without a word for `excused` does not guess."""
    if words.excused is not None or options.excused is not None:
        return
    names = [
        f"`{student.id}` in `{column.title}`"
        for column in wanted
        for student in students
        if grades.grade(student.id, column.id).state == "excused"
    ]
    if names:
        raise ExportError(
            f"this format has no word for an excused student: {some(names)}",
            "choose `--excused skip` (leave what the LMS has) or `--excused zero`",
        )


def refuse_doubles(people: Sequence[Person], keys: Sequence[Key]) -> None:
    """A file that shows one student twice cannot be filled: nobody knows which row counts."""
    strict = [key for key in keys if key.kind != "email"] or keys
    refuse(
        [
            Problem(
                people[second].place,
                f"`{people[second].ids[key.id]}` is here twice as `{key.headings[0]}`; first in line {people[first].place.line}",
                "export-double",
                "download the file again from the LMS, or delete the wrong row",
            )
            for first, second, key in find_twice(people, strict)
        ]
    )


def refuse_strange_file(
    file: str,
    found: Sequence[object],
    lessons: Sequence[Notice],
    people: Sequence[Person],
    matching: Matching,
) -> None:
    """A file that has none of our lessons, or none of our students, is the wrong file."""
    if lessons and not found:
        raise ExportError(f"{file}: no lesson of the course has a column in this file", str(lessons[0]))
    if people and matching.absent and not matching.students:
        ours, theirs = name_of(matching.absent[0]), describe(people[0])
        notes = [f"{note.place}: {note.message}" for note in matching.notes]
        raise ExportError(
            "\n".join([f"{file}: no student of the class is in this file", *notes]),
            f"the class has for example {ours}, the file {theirs}; give a roster with `--roster` to say who is who",
        )


def check_maximum(
    grade: Grade, student: Student, column: Column, maximum: Decimal | None, heading: str, place: Place
) -> Problem | None:
    """A problem if the LMS's column takes fewer points than the student has."""
    limit = column.max_points if maximum is None else maximum
    if not exceeds(grade, column, maximum):
        return None
    message = f"`{student.id}` has {points.number(grade.points or Decimal(0))} points in `{column.title}`, but `{heading}` takes at most {points.number(limit)}"
    hint = f"give `{heading}` the maximum of {points.number(column.max_points)} points in the LMS and download the file again"
    return Problem(place, message, "export-maximum", hint)


def exceeds(grade: Grade, column: Column, maximum: Decimal | None) -> bool:
    """Whether a grade is more than its column takes; without a maximum in the file the lesson's own counts."""
    return grade.points is not None and grade.points > (column.max_points if maximum is None else maximum)


def note_scale(column: Column, maximum: Decimal | None, heading: str, place: Place) -> list[Notice]:
    """Points are never scaled; a column that is worth something else is named."""
    if maximum is None or maximum == column.max_points:
        return []
    message = f"the lesson `{column.title}` is worth {points.number(column.max_points)} points here and {points.number(maximum)} in `{heading}`; points are written as they are"
    return [Notice("file", message, place)]


def note_matching(people: Sequence[Person], matching: Matching, ignored: frozenset[int]) -> list[Notice]:
    """Who is in one list and not in the other, and who is not certain."""
    notices = [Notice(note.kind, note.message, note.place, note.hint) for note in matching.notes]
    notices += [Notice("absent", f"{name_of(student)} is not in the file") for student in matching.absent]
    for position in matching.strangers:
        if position not in ignored:
            person = people[position]
            message = f"{describe(person)} is not in the class; left as it was"
            notices.append(Notice("stranger", message, person.place))
    return notices


def name_of(student: Student) -> str:
    """A student of ours, by id and name."""
    name = f"{student.first_name} {student.last_name}".strip()
    return f"`{student.id}` ({name})" if name else f"`{student.id}`"


def describe(person: Person) -> str:
    """A person of a file, by name and first id."""
    first = next((f"`{value}`" for value in person.ids.values() if value), "")
    return " ".join(part for part in (person.name, f"({first})" if first and person.name else first) if part)


def some(names: Sequence[str], limit: int = 10) -> str:
    """A list that stays readable for a large class."""
    rest = len(names) - limit
    return ", ".join(names[:limit]) + (f" and {rest} more" if rest > 0 else "")
