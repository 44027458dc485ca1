"""Moodle: the XML file of Grades > Import > XML file, made from a roster, or an exported one filled.

Items and students are named by their id numbers, so nothing has to be mapped by hand. A student who is left out keeps
what Moodle has; over the maximum Moodle cuts without a word, so such a grade is refused here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from xml.sax.saxutils import escape

from autograder.errors import ExportError, Place, Problem
from autograder.export import columns, decide, points, scratch
from autograder.export.columns import Item
from autograder.export.points import Words
from autograder.export.texts import check_id, lms_text
from autograder.export.values import Change, Export, File, Notice, Options, Target, refuse
from autograder.export.xmlfile import Element, read_elements, replace
from autograder.grades import Column, Grade, Grades, Student
from autograder.identity import KEYS, Person, match
from autograder.sheet import Lines, decode, fault

WORDS = Words(decimals=5)
_KEY = next(key for key in KEYS["moodle"] if key.id == "moodle.idnumber")
_HOW = "in Moodle, choose Grades > Export > XML file"


def fill_template(grades: Grades, template: bytes, options: Options) -> Export:
    """The exported file with our lessons' scores filled; results that it lacks cannot be added."""
    source = _read(template, options.file)
    found = columns.find(decide.choose(grades.columns, options), source.items, "moodle-xml")
    refuse(list(found.problems))
    matching = match(source.people, grades.students, [_KEY])
    decide.refuse_strange_file(options.file, found.items, found.notices, source.people, matching)
    known = list(matching.students.values())
    ready, waiting = decide.split_waiting([column for column, _ in found.items], known, grades, options)
    decide.refuse_excused(ready, known, grades, WORDS, options)
    work = _Work(source, options)
    work.notices += [*found.notices, *waiting, *decide.note_matching(source.people, matching, frozenset())]
    targets = [(column, item) for column, item in found.items if column in ready]
    for column, item in targets:
        for position, student in matching.students.items():
            work.fill(column, item, source.people[position], student, grades.grade(student.id, column.id))
    refuse(work.problems)
    content = source.mark + replace(source.text, work.edits).encode()
    listed = tuple(Target(column.id, column.title, item.heading) for column, item in targets)
    return Export(
        (File(PurePath(options.file).name, content),), listed, tuple(work.changes), tuple(work.notices)
    )


def from_scratch(grades: Grades, options: Options) -> Export:
    """Every grade there is, for the students whose Moodle id number is known and the lessons that have one."""
    planned = scratch.plan(grades, options, WORDS, "moodle-xml", needs_name=True)
    entries = {entry.student.id: entry for lesson in planned.lessons for entry in lesson.entries}
    if not entries:
        raise scratch.nothing(planned)
    numbers = scratch.complete_keys(list(entries.values()), [_KEY])[_KEY]
    known = dict(zip(entries, numbers, strict=True))
    _refuse_same_names(planned.lessons)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<results batch="autograde">']
    for lesson in planned.lessons:
        name = check_id(lesson.name, f"the id number of the lesson `{lesson.column.title}`")
        lines += [_result(name, known[entry.student.id], entry) for entry in lesson.entries]
    content = "\n".join([*lines, "</results>", ""]).encode()
    return scratch.one_file(planned, "moodle.xml", content, lambda lesson: lesson.name)


def _result(name: str, student: str, entry: scratch.Entry) -> str:
    feedback = f"<feedback>{escape(entry.feedback.strip())}</feedback>" if entry.feedback else ""
    return f"<result><assignment>{escape(name)}</assignment><student>{escape(student)}</student><score>{entry.value}</score>{feedback}</result>"


def _refuse_same_names(lessons: Sequence[scratch.Lesson]) -> None:
    names = [lesson.name for lesson in lessons]
    for lesson in lessons:
        if names.count(lesson.name) > 1:
            raise ExportError(
                f"two lessons have `{lesson.name}` in Moodle", "give each its own in `lms: {moodle: ...}`"
            )


@dataclass(frozen=True)
class _Source:
    """A parsed export: every result by the id numbers of its item and its student."""

    text: str
    mark: bytes
    results: dict[tuple[str, str], Element]
    people: tuple[Person, ...]
    items: tuple[Item, ...]


@dataclass
class _Work:
    """What is gathered on the way through the results."""

    source: _Source
    options: Options
    edits: dict[tuple[int, int], str] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fill(self, column: Column, item: Item, person: Person, student: Student, grade: Grade) -> None:
        new = points.word(grade, WORDS, self.options)
        if new is None:
            return
        problem = decide.check_maximum(grade, student, column, None, item.heading, person.place)
        result = self.source.results.get((item.id, person.ids[_KEY.id]))
        score = result.child("score") if result else None
        if problem:
            self.problems.append(problem)
        elif result is None or score is None:
            message = f"the file has no score of `{student.id}` for `{item.heading}` to fill"
            hint = "export from a roster instead, without the template"
            self.notices.append(Notice("absent", message, person.place, hint))
        else:
            if not points.same(score.text, new):
                self._set(score, new, Change(student.id, column.id, item.heading, score.text, new))
            comment = result.child("feedback") if self.options.feedback and grade.feedback else None
            text = lms_text(grade.feedback).strip()
            if comment is not None and comment.text.strip() != text:
                self._set(comment, text, Change(student.id, column.id, "feedback", comment.text, text))

    def _set(self, element: Element, text: str, change: Change) -> None:
        self.edits[element.span] = element.filled(escape(text))
        self.changes.append(change)


def _read(template: bytes, file: str) -> _Source:
    text, mark, encoding = decode(template, file)
    if encoding != "utf-8":
        raise fault(Place(file), f"Moodle's XML is UTF-8 and this file is {encoding.upper()}", _HOW)
    root, lines = read_elements(text, file), Lines(file, text)
    if root.name != "results":
        message = f"this is no file of grades from Moodle: it begins with `<{root.name}>`, not `<results>`"
        raise fault(lines.place(root.start), message, _HOW)
    results: dict[tuple[str, str], Element] = {}
    for result in root.children:
        item, student = result.child("assignment"), result.child("student")
        if result.name != "result" or item is None or student is None:
            raise fault(lines.place(result.start), "a `<result>` needs `<assignment>` and `<student>`", _HOW)
        if results.setdefault((item.text, student.text), result) is not result:
            message = f"`{student.text}` has two results for `{item.text}`"
            raise fault(lines.place(result.start), message, _HOW)
    students: dict[str, int] = {}
    items: dict[str, int] = {}
    for (item_name, student_name), result in results.items():
        students.setdefault(student_name, result.start)
        items.setdefault(item_name, result.start)
    return _Source(
        text,
        mark,
        results,
        tuple(Person(lines.place(start), {_KEY.id: name}) for name, start in students.items()),
        tuple(
            Item(position, name, (name,), lines.place(start), id=name)
            for position, (name, start) in enumerate(items.items())
        ),
    )
