"""Reads who is in the class, and by which ids each LMS knows them, from the files that an LMS lets an instructor download.

A roster is a table of text: our id, the name, the address and every LMS's id; `excused` names the lessons that a student
need not hand in. Reading another LMS's file into it adds that LMS's ids to the students who are there already.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from autograder import heads
from autograder.errors import ExportError, Place, did_you_mean
from autograder.grades import Grade, Grades, Student
from autograder.identity import EMAIL, ID_NAMES, KEYS, Key, Person, find_twice, match, split_name
from autograder.sheet import Sheet, fault, read_sheet, write_rows

_OWN = ("id", "first_name", "last_name", "email")
_EXCUSED = "excused"
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_UNSAFE_ID = re.compile(r"[/\\\x00-\x1f]|^\.|^\s|\s$")


@dataclass(frozen=True)
class Roster:
    """The students in the order of the file, what looks odd about it, and by student the lessons that are excused."""

    students: tuple[Student, ...]
    notes: tuple[str, ...] = ()
    excused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class _Kind(NamedTuple):
    """A file that we can read: whose it is, how it is recognised, and which ids make ours, best first."""

    lms: str
    title: str
    fits: Callable[[list[str]], bool]
    ours: tuple[str, ...]


KINDS: tuple[_Kind, ...] = (
    _Kind(
        "canvas",
        "Canvas gradebook",
        lambda h: h[0] in ("student", "lastname") and "id" in h and "section" in h,
        ("canvas.login", "canvas.sis_id", "canvas.id"),
    ),
    _Kind(
        "brightspace",
        "Brightspace grades export",
        lambda h: "orgdefinedid" in h or "end-of-line indicator" in h,
        ("brightspace.username", "brightspace.org_defined_id"),
    ),
    _Kind(
        "openedx",
        "Open edX grades file",
        lambda h: "user_id" in h and bool({"course_id", "block_id"} & set(h)),
        ("openedx.username", "openedx.user_id"),
    ),
    _Kind(
        "blackboard",
        "Blackboard gradebook",
        lambda h: "username" in h and "last name" in h and "first name" in h,
        ("blackboard.username",),
    ),
    _Kind(
        "sakai",
        "Sakai gradebook",
        lambda h: h[0] == "student id" and len(h) > 1 and "name" in h[1],
        ("sakai.eid",),
    ),
    _Kind(
        "moodle",
        "Moodle gradebook, worksheet or list of participants",
        lambda h: bool({"email address", "id number", "identifier"} & set(h)),
        ("moodle.username", EMAIL, "moodle.idnumber"),
    ),
)


def read(path: Path, *, id_from: str = "") -> Roster:
    """The roster in a file of ours or of an LMS; *id_from* says which of the LMS's ids is to be ours."""
    return parse(_bytes(path), path.name, id_from=id_from)


def read_own(path: Path) -> Roster:
    """The roster in a file of ours; raises ExportError for any other file, which must not be written over."""
    sheet = read_sheet(_bytes(path), path.name)
    headings = _headings(sheet)
    if not _is_own(headings):
        raise ExportError(f"{path} is no roster of ours", "name another file with `--out`, or `--force`")
    return _own(sheet, headings)


def parse(content: bytes, file: str, *, id_from: str = "") -> Roster:
    """The same from bytes; raises ExportError, with the place, for a file that cannot be a roster."""
    sheet = read_sheet(content, file)
    headings = _headings(sheet)
    if _is_own(headings):
        return _own(sheet, headings)
    kind = next((kind for kind in KINDS if kind.fits(headings)), None)
    if kind is None:
        names = "; ".join(kind.title for kind in KINDS)
        raise fault(Place(file, 1, 1), "this is no list of students that we know", f"readable are: {names}")
    return _from_lms(sheet, kind, id_from)


def merge(old: Roster, new: Roster) -> Roster:
    """*old* with the ids of *new* added, and the students that it lacks; our ids stay as they are in *old*."""
    keys = tuple(key for keys in KEYS.values() for key in keys)
    people = [
        Person(Place("", line), _all_ids(s), f"{s.last_name}, {s.first_name}")
        for line, s in enumerate(new.students)
    ]
    found = match(people, old.students, keys)
    by_id = {student.id: student for student in old.students}
    for position, student in found.students.items():
        by_id[student.id] = _joined(by_id[student.id], new.students[position])
    notes = [*new.notes]
    for position in found.strangers:
        student = new.students[position]
        if student.id in by_id:
            raise ExportError(
                f"`{student.id}` is two people: {_name(by_id[student.id])} in the roster and {_name(student)} in the new file",
                "give the ids by hand in the roster, or choose another id with `--id-from`",
            )
        by_id[student.id] = student
    notes += [note.message for note in found.notes]
    return Roster(tuple(by_id.values()), tuple(notes), {**new.excused, **old.excused})


def join(grades: Grades, roster: Roster) -> Grades:
    """*grades* with the ids of the roster; who is in the roster only has handed nothing in, unless excused."""
    lessons = [column.id for column in grades.columns]
    for student, names in roster.excused.items():
        for name in names:
            if name not in lessons:
                message = f"the roster excuses `{student}` from `{name}`, which is no lesson"
                raise ExportError(message, did_you_mean(name, lessons))
    excused = {
        (student, name): Grade("excused") for student, names in roster.excused.items() for name in names
    }
    students = with_ids(grades.students, roster)
    return Grades(students, grades.columns, {**grades.grades, **excused})


def with_ids(students: Sequence[Student], roster: Roster) -> tuple[Student, ...]:
    """*students* with the ids of the roster, then those who are in the roster only."""
    known = {student.id: student for student in roster.students}
    ours = [
        _joined(student, known.pop(student.id)) if student.id in known else student for student in students
    ]
    return (*ours, *known.values())


def to_bytes(roster: Roster) -> bytes:
    """The roster as a file of ours; what a spreadsheet program could run has an apostrophe before it."""
    used = [name for name in ID_NAMES if any(student.ids.get(name) for student in roster.students)]
    rows = [
        [
            student.id,
            student.first_name,
            student.last_name,
            student.email,
            *(student.ids.get(n, "") for n in used),
            *([" ".join(roster.excused.get(student.id, ()))] if roster.excused else []),
        ]
        for student in roster.students
    ]
    head = [*_OWN, *used, *([_EXCUSED] if roster.excused else [])]
    return write_rows([head, *([_guarded(cell) for cell in row] for row in rows)], newline="\n")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror}") from error


def _headings(sheet: Sheet) -> list[str]:
    return [heads.fold(cell.text) for cell in sheet.rows[0]]


def _is_own(headings: Sequence[str]) -> bool:
    return headings[0] == "id" and "first_name" in headings


def _own(sheet: Sheet, headings: list[str]) -> Roster:
    allowed = (*_OWN, *ID_NAMES, _EXCUSED)
    for position, heading in enumerate(headings):
        if heading not in allowed:
            raise fault(
                sheet.place(0, position),
                f"`{heading}` is no column of a roster",
                f"columns: {', '.join(allowed)}",
            )
        if headings.index(heading) != position:
            raise fault(sheet.place(0, position), f"the column `{heading}` is here twice")
    students = []
    excused = {}
    rows = heads.student_rows(sheet)
    for row in rows:
        cells = {heading: _unguarded(sheet.value(row, i)).strip() for i, heading in enumerate(headings)}
        _check_id(cells["id"], sheet.place(row))
        students.append(_own_student(cells))
        if names := re.findall(r"[^\s,;]+", cells.get(_EXCUSED, "")):
            excused[cells["id"]] = tuple(names)
    _refuse_twice([(student.id, sheet.place(row)) for student, row in zip(students, rows, strict=True)], "")
    return Roster(tuple(students), excused=excused)


def _own_student(cells: Mapping[str, str]) -> Student:
    ids = {name: cells[name] for name in ID_NAMES if cells.get(name)}
    return Student(cells["id"], cells["first_name"], cells.get("last_name", ""), cells.get("email", ""), ids)


def _from_lms(sheet: Sheet, kind: _Kind, id_from: str) -> Roster:
    keys = heads.find_keys(sheet, kind.lms)
    if not keys:
        raise fault(
            Place(sheet.file, 1, 1), f"this {kind.title} has no column that says who the students are"
        )
    if id_from and id_from not in {key.id for key in keys}:
        raise ExportError(
            f"{sheet.file} has no `{id_from}`", f"choose one of: {', '.join(key.id for key in keys)}"
        )
    rows = heads.student_rows(sheet, lambda row: _is_student(sheet, row, kind))
    people = [_person(sheet, row, keys, kind) for row in rows]
    _refuse_doubles(people, list(keys))
    chosen = [id_from] if id_from else [name for name in kind.ours if name in {key.id for key in keys}]
    students = [_student(person, keys, chosen) for person in people]
    used = [(student.id, person.place) for student, person in zip(students, people, strict=True)]
    for id_, place in used:
        _check_id(id_, place)
    _refuse_twice(used, f"choose the id with `--id-from`: {', '.join(key.id for key in keys)}")
    return Roster(tuple(students), tuple(_damage(people, keys)))


def _is_student(sheet: Sheet, row: int, kind: _Kind) -> bool:
    """Canvas has rows that are about the assignments, and a test student."""
    if kind.lms != "canvas":
        return True
    first = sheet.value(row, 0)
    about = "Points Possible" in first or not first.strip()
    return not about and first not in ("Student, Test", "Test Student")


def _person(sheet: Sheet, row: int, keys: Mapping[Key, int], kind: _Kind) -> Person:
    first, last = (
        heads.heading_at(sheet, "First name", "FirstName"),
        heads.heading_at(sheet, "Last name", "Surname", "LastName"),
    )
    whole = heads.heading_at(sheet, "Student", "Full name", "full_name", "Name", "Student Name")
    name = heads.full_name(sheet, row, first, last)
    if not name and whole is not None:
        name = re.sub(r'^="(.*)"$', r"\1", sheet.value(row, whole).strip())
    person = heads.person(sheet, row, keys, name)
    if kind.lms == "brightspace":
        return replace(person, ids={key: value.removeprefix("#") for key, value in person.ids.items()})
    return person


def _student(person: Person, keys: Mapping[Key, int], chosen: Sequence[str]) -> Student:
    email = person.ids.get(EMAIL, "") or next(
        (person.ids[key.id] for key in keys if key.kind == "login" and "@" in person.ids[key.id]), ""
    )
    id_ = next((person.ids[name] for name in chosen if person.ids.get(name)), "")
    first, last = split_name(person.name)
    ids = {name: value for name, value in person.ids.items() if value and name != EMAIL}
    return Student(id_.partition("@")[0], first, last, email, ids)


def _check_id(id_: str, place: Place) -> None:
    if not id_:
        raise fault(place, "this student has no id", "choose another column with `--id-from`, or fill it in")
    if _UNSAFE_ID.search(id_):
        raise fault(
            place,
            f"{id_!r} cannot be an id: it names a folder, so no `/`, no `\\`, no dot or blank at the start",
        )


def _refuse_twice(used: Sequence[tuple[str, Place]], hint: str) -> None:
    first: dict[str, Place] = {}
    for id_, place in used:
        if first.setdefault(id_, place) is not place:
            raise fault(place, f"`{id_}` is here twice; first in line {first[id_].line}", hint)


def _refuse_doubles(people: Sequence[Person], keys: Sequence[Key]) -> None:
    for first, second, key in find_twice(people, [key for key in keys if key.kind != "email"]):
        value = people[second].ids[key.id]
        message = f"`{value}` is here twice as `{key.headings[0]}`; first in line {people[first].place.line}"
        raise fault(people[second].place, message)


def _damage(people: Sequence[Person], keys: Mapping[Key, int]) -> list[str]:
    """Ids that look as if a spreadsheet program had saved the file: powers of ten, or shorter than all the others."""
    notes = []
    for key in keys:
        if key.kind not in ("text", "login"):
            continue
        values = [(person.ids[key.id], person.place) for person in people if person.ids[key.id]]
        lengths = Counter(len(value) for value, _ in values if value.isdecimal())
        usual, count = lengths.most_common(1)[0] if lengths else (0, 0)
        for value, place in values:
            short = value.isdecimal() and len(value) < usual and count > len(values) / 2
            if short or re.fullmatch(r"\d([.,]\d+)?[eE]\+?\d+", value):
                notes.append(
                    f"{place}: `{key.headings[0]}` is `{value}`, which looks as if a spreadsheet program had changed it; "
                    "download the file again from the LMS"
                )
    return notes


def _joined(ours: Student, more: Student) -> Student:
    return Student(
        ours.id,
        ours.first_name or more.first_name,
        ours.last_name or more.last_name,
        ours.email or more.email,
        {**ours.ids, **more.ids},
    )


def _all_ids(student: Student) -> dict[str, str]:
    return {**student.ids, EMAIL: student.email}


def _name(student: Student) -> str:
    return f"{student.first_name} {student.last_name}".strip() or student.email or "somebody"


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
