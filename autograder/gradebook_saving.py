"""Decides what a report leaves in the rows of nbgrader's gradebook, one lesson at a time, inside one transaction.

What goes into which column is what nbgrader's `SaveAutoGrades` and `AssignLatePenalties` would put there. One table is
ours: what a grade was about when it was written, so that a person's score can be flagged when that changes, and which
score was only our suggestion, so that it is never taken for a person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from autograder import gradebook_answers, lateness, nbgradermodels
from autograder.course import Course, Lesson
from autograder.gradebook_tables import Table, batches
from autograder.notebooks import graded_cell
from autograder.report import ItemReport, Report

NO_RESPONSE = "No response."
"""nbgrader's own words for an answer cell that was left as it was."""

_SEEN = "autograde_seen"
Key = tuple[str, str]
"""The id of a submitted notebook, and the id of an item in it."""


@dataclass(frozen=True)
class Entry:
    """What is to be kept of one hand-in."""

    student: str
    report: Report
    timestamp: datetime | None
    unanswered: frozenset[str] = frozenset()
    digests: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    """The answers in words, by item."""


@dataclass(frozen=True)
class Change:
    """A score before and after; `before` is None for a first grading. `flagged`: a person's score should be looked at again."""

    student: str
    lesson: str
    cell: str
    before: float | None
    after: float | None
    flagged: bool = False


@dataclass(frozen=True)
class Seen:
    """What we wrote last time: a digest of what it was about, and the score we suggested, if nobody had given one."""

    digest: str
    suggested: float | None = None
    key: str = ""


@dataclass(frozen=True)
class Cells:
    """What the gradebook knows about a lesson."""

    assignment_id: str
    duedate: datetime | None
    notebook_id: str
    grade: Mapping[str, Any]
    solution: Mapping[str, str]


class Saving:
    """Within one transaction: finds the rows that are there, then adds and changes what is needed, in bulk."""

    def __init__(self, session: Any, course: Course, lesson: Lesson, cells: Cells) -> None:
        api = nbgradermodels.api()
        self._session, self._course, self._lesson, self._cells = session, course, lesson, cells
        self._table = seen_table(session)
        self._students = Table(session, api.Student, ("id",))
        self._assignments = Table(
            session, api.SubmittedAssignment, ("id", "assignment_id", "student_id", "timestamp", "extension")
        )
        self._notebooks = Table(
            session,
            api.SubmittedNotebook,
            ("id", "assignment_id", "notebook_id", "late_submission_penalty"),
        )
        scores = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")
        self._grades = Table(session, api.Grade, ("id", "notebook_id", "cell_id", *scores))
        self._comments = Table(session, api.Comment, ("id", "notebook_id", "cell_id", "auto_comment"))

    def save(self, entries: Iterable[Entry]) -> list[Change]:
        """Writes *entries*, few at a time, so that memory holds few rows; gives back what changed."""
        return [change for few in batches(entries) for change in self._save(few)]

    def _save(self, entries: Sequence[Entry]) -> list[Change]:
        self._add_students(entries)
        assignments = self._assigned(entries)
        notebooks = self._handed_in(assignments)
        ids = [notebook.id for notebook in notebooks.values()]
        grades = self._of_cells(self._grades, ids, [cell.id for cell in self._cells.grade.values()])
        comments = self._of_cells(self._comments, ids, self._cells.solution.values())
        seen, new = seen_before(self._session, self._table, ids), dict[Key, Seen]()
        changes: list[Change] = []
        for entry in entries:
            notebook = notebooks[entry.student]
            changes += self._save_grades(entry, notebook, grades, seen, new)
            self._save_comments(entry, notebook, comments)
            self._save_penalty(assignments[entry.student], notebook, grades)
        for table in (self._students, self._assignments, self._notebooks, self._grades, self._comments):
            table.write()
        remember(self._session, self._table, new, seen)
        answers = {
            (notebooks[entry.student].id, item): text
            for entry in entries
            for item, text in entry.answers.items()
        }
        gradebook_answers.keep(self._session, ids, answers)
        return changes

    def _add_students(self, entries: Sequence[Entry]) -> None:
        known = {row.id for row in self._students.find(id=[entry.student for entry in entries])}
        for student in sorted({entry.student for entry in entries} - known):
            self._students.add(id=student)

    def _assigned(self, entries: Sequence[Entry]) -> dict[str, Any]:
        """By student the row of the hand-in, made if need be; times and extensions are brought up to date."""
        students = [entry.student for entry in entries]
        found = self._assignments.find(assignment_id=[self._cells.assignment_id], student_id=students)
        rows = {row.student_id: row for row in found}
        for entry in entries:
            if entry.student not in rows:
                rows[entry.student] = self._assignments.add(
                    id=nbgradermodels.api().new_uuid(),
                    assignment_id=self._cells.assignment_id,
                    student_id=entry.student,
                )
            self._save_times(entry, rows[entry.student])
        return rows

    def _save_times(self, entry: Entry, assignment: Any) -> None:
        if entry.timestamp is not None:
            assignment.timestamp = _as_utc(entry.timestamp)
        due = lateness.due_for(self._course, self._lesson, entry.student)
        extended = due is not None and due != self._lesson.due
        if extended and due is not None and self._cells.duedate is not None:
            assignment.extension = _as_utc(due) - self._cells.duedate

    def _handed_in(self, assignments: Mapping[str, Any]) -> dict[str, Any]:
        """By student the row of the submitted notebook, made if need be."""
        ids = [row.id for row in assignments.values()]
        found = self._notebooks.find(notebook_id=[self._cells.notebook_id], assignment_id=ids)
        rows = {row.assignment_id: row for row in found}
        return {
            student: rows.get(assignment.id)
            or self._notebooks.add(
                id=nbgradermodels.api().new_uuid(),
                assignment_id=assignment.id,
                notebook_id=self._cells.notebook_id,
            )
            for student, assignment in assignments.items()
        }

    def _of_cells(self, table: Table, notebooks: Iterable[str], cells: Iterable[str]) -> dict[Key, Any]:
        found = table.find(cell_id=list(cells), notebook_id=list(notebooks))
        return {(row.notebook_id, row.cell_id): row for row in found}

    def _save_grades(
        self,
        entry: Entry,
        notebook: Any,
        grades: dict[Key, Any],
        seen: Mapping[Key, Seen],
        new: dict[Key, Seen],
    ) -> Iterator[Change]:
        """Sets the scores of one hand-in; yields those that were others before, and those to be looked at again."""
        for item in entry.report.items:
            name = graded_cell(self._course, item.id)
            place = (notebook.id, self._cells.grade[name].id)
            row = grades.get(place)
            before = None if row is None else score_of(row.auto_score, row.manual_score, row.extra_credit)
            if row is None:
                row = grades[place] = self._grades.add(
                    id=nbgradermodels.api().new_uuid(), notebook_id=place[0], cell_id=place[1]
                )
            key = notebook.id, item.id
            digest = entry.digests.get(item.id, "")
            new[key], flagged = _set_scores(row, item, seen.get(key), digest)
            after = score_of(row.auto_score, row.manual_score, row.extra_credit)
            if flagged or before not in (None, after):
                yield Change(entry.student, self._lesson.id, name, before, after, flagged)

    def _save_comments(self, entry: Entry, notebook: Any, comments: dict[Key, Any]) -> None:
        notes = {item.id: item.suggested.note for item in entry.report.items if item.suggested}
        for name, cell in self._cells.solution.items():
            row = comments.get((notebook.id, cell)) or self._comments.add(
                id=nbgradermodels.api().new_uuid(), notebook_id=notebook.id, cell_id=cell
            )
            row.auto_comment = NO_RESPONSE if name in entry.unanswered else notes.get(name)

    def _save_penalty(self, assignment: Any, notebook: Any, grades: Mapping[Key, Any]) -> None:
        late = seconds_late(assignment.timestamp, self._cells.duedate, assignment.extension)
        mine = [grades[notebook.id, cell.id] for cell in self._cells.grade.values()]
        score = sum(score_of(row.auto_score, row.manual_score, row.extra_credit) for row in mine)
        lost = lateness.penalty(self._course.grading.late, late, Decimal(str(score)))
        notebook.late_submission_penalty = None if lost is None else float(lost)


def _set_scores(row: Any, item: ItemReport, earlier: Seen | None, digest: str) -> tuple[Seen, bool]:
    """Sets what is ours in a grade; gives back what is to be remembered, and whether a person's score wants another look."""
    row.auto_score = _auto_score(item)
    if is_ours(row, earlier):
        row.manual_score = None
    suggested = item.suggested.points if item.suggested and row.manual_score is None else None
    seen = Seen(digest, suggested, item.suggested.key if item.suggested else "")
    if row.manual_score is None:
        row.manual_score = suggested
        row.needs_manual_grade = item.needs_person
        return seen, False
    changed = earlier is None or earlier.digest != digest
    row.needs_manual_grade = changed or row.needs_manual_grade
    return seen, changed


def is_ours(row: Any, seen: Seen | None) -> bool:
    """Whether the score in a person's place is only our suggestion: still as we put it there, and confirmed by nobody."""
    if seen is None or seen.suggested is None:
        return False
    return bool(row.needs_manual_grade) and row.manual_score == seen.suggested


def seen_table(session: Any) -> Any:
    """Our table, made if need be."""
    from sqlalchemy import Column, Float, MetaData, String, Table

    table = Table(
        _SEEN,
        MetaData(),
        Column("notebook_id", String(32), primary_key=True),
        Column("item", String(128), primary_key=True),
        Column("digest", String(64), nullable=False),
        Column("suggested", Float),
        Column("suggestion_key", String(128), nullable=False),
    )
    table.create(session.connection(), checkfirst=True)
    return table


def seen_before(session: Any, table: Any, notebooks: Sequence[str]) -> dict[Key, Seen]:
    """What we wrote about the items of *notebooks*."""
    return {
        (row.notebook_id, row.item): Seen(row.digest, row.suggested, row.suggestion_key)
        for few in batches(notebooks)
        for row in session.execute(table.select().where(table.c.notebook_id.in_(few)))
    }


def remember(session: Any, table: Any, new: Mapping[Key, Seen], earlier: Mapping[Key, Seen]) -> None:
    """Keeps what has become of *new*."""
    changed = {key: seen for key, seen in new.items() if earlier.get(key) != seen}
    for notebook, item in changed.keys() & earlier.keys():
        session.execute(table.delete().where(table.c.notebook_id == notebook, table.c.item == item))
    rows = [
        {
            "notebook_id": notebook,
            "item": item,
            "digest": seen.digest,
            "suggested": seen.suggested,
            "suggestion_key": seen.key,
        }
        for (notebook, item), seen in changed.items()
    ]
    if rows:
        session.execute(table.insert(), rows)


def _auto_score(item: ItemReport) -> float | None:
    """None says that there is no score before a person has read the answer, which is how nbgrader says it."""
    return None if item.kind == "text" and item.outcome == "review" else float(item.points)


def score_of(auto: float | None, manual: float | None, extra: float | None) -> float:
    """A grade's score by nbgrader's rules."""
    base = manual if manual is not None else auto
    return 0.0 if base is None else base + (extra or 0.0)


def _as_utc(time: datetime) -> datetime:
    """Without a zone, as nbgrader keeps times."""
    return time.astimezone(UTC).replace(tzinfo=None)


def seconds_late(timestamp: datetime | None, due: datetime | None, extension: timedelta | None) -> float:
    return lateness.seconds_late(timestamp, due + (extension or timedelta()) if due else None)
