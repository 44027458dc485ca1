"""Who is who: the ids that each LMS gives a student, and the match between the rows of its files and our students.

An id the LMS itself goes by decides before any other; a name decides only when nobody else has it; whatever fits
two people fits nobody. Ids that a spreadsheet has damaged are named, never repaired.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeVar

from autograder.errors import Place
from autograder.grades import Student

T = TypeVar("T")
Of = Callable[[T], Iterable[str]]
Kind = Literal["number", "text", "login", "email"]
"""`number`: given by the LMS; `text`: given by the institution, compared exactly; `login` and `email`: in any case."""


@dataclass(frozen=True)
class Key:
    """One way in which a file identifies a student: the name in `Student.ids`, the headings it stands under, its kind."""

    id: str
    headings: tuple[str, ...]
    kind: Kind


EMAIL = "email"

KEYS: dict[str, tuple[Key, ...]] = {
    "canvas": (
        Key("canvas.id", ("ID",), "number"),
        Key("canvas.sis_id", ("SIS User ID",), "text"),
        Key("canvas.login", ("SIS Login ID",), "login"),
        Key("canvas.integration_id", ("Integration ID",), "text"),
    ),
    "moodle": (
        Key("moodle.id", ("User ID",), "number"),
        Key("moodle.idnumber", ("ID number",), "text"),
        Key(EMAIL, ("Email address", "Email"), "email"),
        Key("moodle.username", ("Username",), "login"),
    ),
    "blackboard": (
        Key("blackboard.username", ("Username", "User Name"), "login"),
        Key("blackboard.student_id", ("Student ID",), "text"),
    ),
    "brightspace": (
        Key("brightspace.org_defined_id", ("OrgDefinedId",), "text"),
        Key("brightspace.username", ("Username",), "login"),
        Key(EMAIL, ("Email",), "email"),
    ),
    "sakai": (Key("sakai.eid", ("Student ID",), "login"),),
    "openedx": (
        Key("openedx.user_id", ("user_id",), "number"),
        Key("openedx.username", ("username",), "login"),
        Key("openedx.student_key", ("student_key", "student_uid"), "text"),
    ),
}
"""Per LMS, in the order in which the LMS itself looks a student up."""

ID_NAMES: tuple[str, ...] = tuple(key.id for keys in KEYS.values() for key in keys if key.id != EMAIL)
"""Every name that `Student.ids` may hold, in a fixed order."""


@dataclass(frozen=True)
class Person:
    """A student as a file shows them: where, the ids by the names of `KEYS`, and the full name as written."""

    place: Place
    ids: Mapping[str, str]
    name: str = ""


@dataclass(frozen=True)
class Note:
    """Something odd about who is who, for people."""

    kind: Literal["identity", "by-name"]
    place: Place | None
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Matching:
    """The students by the position of their row; positions and students that are left over; what is odd."""

    students: Mapping[int, Student]
    strangers: tuple[int, ...]
    absent: tuple[Student, ...]
    notes: tuple[Note, ...]


def match(people: Sequence[Person], students: Sequence[Student], keys: Sequence[Key]) -> Matching:
    """Find our student for each person of a file; both sides at most once."""
    return _Matcher(people, students, keys).run()


def find_twice(people: Sequence[Person], keys: Sequence[Key]) -> list[tuple[int, int, Key]]:
    """Pairs of positions that carry the same id, with the key that says so."""
    found = []
    for key in keys:
        first: dict[str, int] = {}
        for position, person in enumerate(people):
            value = _plain(person.ids.get(key.id, ""), key.kind)
            if value and first.setdefault(value, position) != position:
                found.append((first[value], position, key))
    return found


def is_damaged(seen: str, meant: str) -> bool:
    """Whether *seen* is what a spreadsheet program makes of the id *meant*: zeros lost, or powers of ten."""
    if seen == meant or not meant.isdecimal():
        return False
    if seen.isdecimal():
        return seen == (meant.lstrip("0") or "0")
    if not _is_power(seen):
        return False
    mantissa, _, exponent = seen.upper().replace(",", ".").partition("E")
    step = Decimal(10) ** (int(exponent) - len(mantissa.partition(".")[2]))
    return abs(Decimal(f"{mantissa}E{exponent}") - Decimal(meant)) * 2 <= step


def split_name(full: str) -> tuple[str, str]:
    """First and last name of `Last, First` or `First Last`."""
    last, comma, first = full.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _, last = full.strip().rpartition(" ")
    return first.strip(), last.strip()


def plain_name(first: str, last: str) -> str:
    """A name in the form in which names are compared: no case, no runs of blanks, one Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", f"{first} {last}").casefold().split())


@dataclass
class _Matcher:
    people: Sequence[Person]
    students: Sequence[Student]
    keys: Sequence[Key]
    found: dict[int, int] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    dubious: set[int] = field(default_factory=set)

    def run(self) -> Matching:
        self.free_people = set(range(len(self.people)))
        self.free_students = set(range(len(self.students)))
        for key in self.keys:
            self._pair(_explicit(key), _values(key))
        given = [key for key in self.keys if key.kind in ("text", "login")]
        logins = [key for key in self.keys if key.kind in ("login", "email")]
        self._pair(lambda student: [student.id], _values(*given))
        self._pair(lambda student: [student.id.casefold()], _values(*given, fold=True))
        self._pair(_mails, _values(*logins))
        self._pair(_short_mail, _values(*logins))
        self._pair(_bare_id, _values(*logins, short=True))
        if not self.found:
            numbers = [key for key in self.keys if key.kind == "number"]
            self._pair(lambda student: [student.id], _values(*numbers))
        self._pair_names()
        self._note_damage()
        return Matching(
            {row: self.students[index] for row, index in sorted(self.found.items())},
            tuple(sorted(self.free_people)),
            tuple(self.students[index] for index in sorted(self.free_students)),
            tuple(self.notes),
        )

    def _pair(self, of_student: Of[Student], of_person: Of[Person]) -> None:
        """Match whoever shares a value with exactly one other; a row that fits several is dubious from now on."""
        by_value: dict[str, set[int]] = defaultdict(set)
        for index in self.free_students:
            for value in of_student(self.students[index]):
                by_value[value].add(index)
        hits: dict[int, set[int]] = {}
        rows_of: dict[int, set[int]] = defaultdict(set)
        for row in self.free_people - self.dubious:
            values = {value for value in of_person(self.people[row]) if value}
            fits = {index for value in values for index in by_value.get(value, ())}
            fits = {index for index in fits if not self._contradict(row, index)}
            for index in fits:
                hits.setdefault(row, set()).add(index)
                rows_of[index].add(row)
        for row in sorted(hits):
            rivals = {other for index in hits[row] for other in rows_of[index]}
            if len(hits[row]) == 1 == len(rivals):
                self._take(row, min(hits[row]))
            else:
                self._doubt(row, hits[row], rivals - {row})

    def _doubt(self, row: int, fits: set[int], rivals: set[int]) -> None:
        self.dubious.add(row)
        who = " or ".join(f"`{id_}`" for id_ in sorted(self.students[index].id for index in fits))
        lines = " and ".join(str(line) for line in sorted(self.people[other].place.line for other in rivals))
        self._say(row, f"could be {who}" + (f", and so could line {lines}" if lines else ""))

    def _pair_names(self) -> None:
        """Match by the name alone, if on both sides nobody at all has it twice."""
        people = _once(plain_name(*split_name(person.name)) for person in self.people)
        students = _once(plain_name(student.first_name, student.last_name) for student in self.students)
        for name, row in people.items():
            index = students.get(name, -1)
            if row not in self.free_people - self.dubious or index not in self.free_students:
                continue
            student = self.students[index]
            if self._contradict(row, index):
                self._say(row, f"has the name of `{student.id}` but another id")
                continue
            self._take(row, index)
            message = f"`{student.id}` was matched by the name {self.people[row].name!r} alone"
            hint = "to be sure, put this student's ids into the roster"
            self.notes.append(Note("by-name", self.people[row].place, message, hint))

    def _contradict(self, row: int, index: int) -> bool:
        """Whether an id that both sides know is different, and not merely damaged."""
        student, person = self.students[index], self.people[row]
        for key in self.keys:
            ours, theirs = _known(student, key), _id(person, key)
            if key.kind != "email" and ours and theirs and ours != theirs:
                return not is_damaged(theirs, ours)
        return False

    def _note_damage(self) -> None:
        keys = [key for key in self.keys if key.kind in ("text", "login")]
        for row, index in sorted(self.found.items()):
            for key in keys:
                self._compare(row, index, key, both_ways=False)
        for key in keys:
            for row, index in self._lookalikes(key):
                self._compare(row, index, key, both_ways=True)

    def _lookalikes(self, key: Key) -> list[tuple[int, int]]:
        """Rows and students left over whose ids could be the same but for zeros in front or powers of ten."""
        short: dict[str, list[int]] = defaultdict(list)
        odd: list[int] = []
        for index in sorted(self.free_students):
            meant = _meant(self.students[index], key)
            (short[meant.lstrip("0")] if meant.isdecimal() else odd).append(index)
        powers = [index for index in odd if _is_power(_meant(self.students[index], key))]
        pairs = []
        for row in sorted(self.free_people):
            seen = _id(self.people[row], key)
            if seen.isdecimal():
                pairs += [(row, index) for index in (*short.get(seen.lstrip("0"), ()), *powers)]
            elif _is_power(seen):
                pairs += [(row, index) for index in sorted(self.free_students)]
        return pairs

    def _compare(self, row: int, index: int, key: Key, *, both_ways: bool) -> None:
        student = self.students[index]
        seen, meant = _id(self.people[row], key), _meant(student, key)
        if is_damaged(seen, meant):
            message = f"`{key.headings[0]}` is `{seen}` and looks like the `{meant}` of `{student.id}`, changed by a spreadsheet program"
            self._note(row, message, "download the file again, and do not open it in a spreadsheet program")
        elif both_ways and is_damaged(meant, seen):
            message = (
                f"the id `{meant}` of `{student.id}` looks like `{seen}`, changed by a spreadsheet program"
            )
            self._note(row, message, "put the id into the roster as the LMS has it")

    def _say(self, row: int, message: str) -> None:
        name = self.people[row].name or "this student"
        self._note(row, f"{name} {message}; left as it was", "put this student's ids into the roster")

    def _note(self, row: int, message: str, hint: str) -> None:
        self.notes.append(Note("identity", self.people[row].place, message, hint))

    def _take(self, row: int, index: int) -> None:
        self.found[row] = index
        self.free_people.remove(row)
        self.free_students.remove(index)


def _known(student: Student, key: Key) -> str:
    """The id that we have been told for exactly this key."""
    return _plain(student.email if key.id == EMAIL else student.ids.get(key.id, ""), key.kind)


def _meant(student: Student, key: Key) -> str:
    return _known(student, key) or student.id


def _id(person: Person, key: Key) -> str:
    return _plain(person.ids.get(key.id, ""), key.kind)


def _explicit(key: Key) -> Of[Student]:
    return lambda student: [_known(student, key)]


def _values(*keys: Key, fold: bool = False, short: bool = False) -> Of[Person]:
    def values(person: Person) -> list[str]:
        found = [_id(person, key) for key in keys]
        if short:
            return [value.partition("@")[0] for value in found if "@" in value]
        return [value.casefold() for value in found] if fold else found

    return values


def _mails(student: Student) -> list[str]:
    return [value for value in (_plain(student.email, "email"), student.id.casefold()) if "@" in value]


def _short_mail(student: Student) -> list[str]:
    """The part before the `@`, which fits a login without one."""
    return [value.partition("@")[0] for value in _mails(student)]


def _bare_id(student: Student) -> list[str]:
    """Our id, which fits the part before the `@` of an address as long as we know no other address."""
    return [] if student.email or "@" in student.id else [student.id.casefold()]


def _is_power(value: str) -> bool:
    return re.fullmatch(r"\d([.,]\d+)?[eE]\+?\d{1,3}", value) is not None


def _plain(value: str, kind: Kind) -> str:
    value = value.strip()
    return value.casefold() if kind in ("login", "email") else value


def _once(names: Iterable[str]) -> dict[str, int]:
    """The position of every name that occurs exactly once."""
    seen: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(names):
        seen[name].append(position)
    return {name: positions[0] for name, positions in seen.items() if name and len(positions) == 1}
