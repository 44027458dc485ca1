"""The rows of nbgrader's gradebook: reads and writes them in bulk through nbgrader's own models.

nbgrader's API commits after every value; a class of hundreds takes minutes that way, and a kill leaves half a student.
What is written is decided in `gradebook_saving`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from autograder import gradebook_answers, nbgradermodels
from autograder.classroom import Classroom, require_nbgrader
from autograder.course import Course, Lesson
from autograder.errors import ClassroomError
from autograder.freetext.neighbours import Confirmed
from autograder.gradebook_saving import (
    Cells,
    Change,
    Entry,
    Saving,
    is_ours,
    score_of,
    seconds_late,
    seen_before,
    seen_table,
)
from autograder.grades import Student
from autograder.notebooks import graded_cell

WAIT_SECONDS = 30.0
SCHEMA = "e43177bfe90b"
"""The version of the gradebook's tables that nbgrader 0.9.5 and 0.9.6 make."""


@dataclass(frozen=True)
class Suggestion:
    """A score for a free text that nobody has confirmed; `key` is the one of the report's suggestion."""

    student: str
    lesson: str
    item: str
    points: float
    key: str


@contextmanager
def opened(room: Classroom, wait_seconds: float = WAIT_SECONDS) -> Iterator[Rows]:
    """The rows of the gradebook in *room*; raises ClassroomError if it cannot be used."""
    import sqlalchemy
    from sqlalchemy.orm import Session

    require_nbgrader()
    address = room.database()
    if address.startswith("sqlite:///") and not _file_of(address).is_file():
        raise ClassroomError(f"{room.root} has no gradebook", "`autograde build` makes one")
    engine = _engine(address, wait_seconds)
    try:
        with Session(engine, future=True) as session:
            rows = Rows(session, room)
            rows.require_schema()
            yield rows
    except sqlalchemy.exc.OperationalError as error:
        raise _told(room, error, wait_seconds) from error
    except sqlalchemy.exc.DatabaseError as error:
        raise ClassroomError(
            f"the gradebook of {room.root} cannot be used: {error.orig}",
            "is it nbgrader's? restore it from a backup",
        ) from error
    finally:
        engine.dispose()


def _file_of(address: str) -> Any:
    from pathlib import Path

    return Path(address.removeprefix("sqlite:///"))


def _engine(address: str, wait_seconds: float) -> Any:
    """An engine whose every transaction on SQLite begins as a writer: two of them wait for each other, and never deadlock."""
    from sqlalchemy import create_engine, event

    if not address.startswith("sqlite"):
        return create_engine(address)
    engine = create_engine(address, connect_args={"timeout": wait_seconds})

    @event.listens_for(engine, "connect")
    def _by_hand(connection: Any, _: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _as_writer(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _told(room: Classroom, error: Any, wait_seconds: float) -> ClassroomError:
    if "locked" in str(error.orig):
        return ClassroomError(
            f"the gradebook of {room.root} is locked by another program (waited {wait_seconds:g} s)",
            "nothing of it was changed; end the other program (formgrader, nbgrader, a copy of autograde), then try again",
        )
    return ClassroomError(
        f"the gradebook of {room.root} cannot be used: {error.orig}",
        "is the disk full, or the folder read-only?",
    )


class Rows:
    """An open gradebook."""

    def __init__(self, session: Any, room: Classroom) -> None:
        self._session = session
        self._room = room

    def require_schema(self) -> None:
        """Raises ClassroomError if the tables are those of another nbgrader."""
        from sqlalchemy import inspect, text

        tables = inspect(self._session.get_bind()).get_table_names()
        found = (
            self._session.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if "alembic_version" in tables
            else None
        )
        self._session.rollback()
        if found != SCHEMA:
            raise ClassroomError(
                f"the gradebook of {self._room.root} is of another version of nbgrader ({found or 'no version'})",
                "make a backup of it, then run `nbgrader db upgrade` with nbgrader 0.9.5 or 0.9.6",
            )

    def require(self, course: Course, lesson: Lesson) -> None:
        """Raises ClassroomError unless the gradebook knows *lesson* with just the cells and points that it has now."""
        cells = self._cells(lesson.id)
        known = {name: cell.max_score for name, cell in cells.grade.items()}
        wanted = {graded_cell(course, item.id): float(course.max_points(item.id)) for item in lesson.items}
        self._session.rollback()
        if known != wanted:
            differing = sorted(name for name in {*known, *wanted} if known.get(name) != wanted.get(name))
            raise ClassroomError(
                f"the gradebook of {self._room.root} does not know lesson `{lesson.id}` as it is now: "
                f"{', '.join(f'`{name}`' for name in differing[:5])}",
                "the course was changed after `autograde build`; build again",
            )

    def students(self) -> list[Any]:
        """All students, sorted by id."""
        api = nbgradermodels.api()
        return list(self._session.query(api.Student).order_by(api.Student.id))

    def register(self, students: Iterable[Student]) -> None:
        """Adds students, and the names and addresses that are given."""
        api = nbgradermodels.api()
        with self._session.begin():
            known = {row.id: row for row in self._session.query(api.Student)}
            for student in students:
                row = known.get(student.id)
                if row is None:
                    row = known[student.id] = api.Student(id=student.id)
                    self._session.add(row)
                for name in ("first_name", "last_name", "email"):
                    if getattr(student, name):
                        setattr(row, name, getattr(student, name))

    def scores(self, lesson: str) -> dict[str, dict[str, Any]]:
        """By student: the sum of scores, the cells that wait for a person, and how late the hand-in came."""
        api = nbgradermodels.api()
        cells = self._cells(lesson)
        names = {cell.id: name for name, cell in cells.grade.items()}
        found: dict[str, dict[str, Any]] = {}
        notebooks: dict[str, str] = {}
        for submission, notebook in (
            self._session.query(api.SubmittedAssignment, api.SubmittedNotebook)
            .join(api.SubmittedNotebook, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
            .filter(api.SubmittedNotebook.notebook_id == cells.notebook_id)
        ):
            late = seconds_late(submission.timestamp, cells.duedate, submission.extension)
            found[submission.student_id] = {"score": 0.0, "waiting": [], "seconds_late": late}
            notebooks[notebook.id] = submission.student_id
        for grade in self._grades(notebooks):
            of_student = found[notebooks[grade.notebook_id]]
            of_student["score"] += score_of(grade.auto_score, grade.manual_score, grade.extra_credit)
            if grade.needs_manual_grade:
                of_student["waiting"].append(names.get(grade.cell_id, "?"))
        for scores in found.values():
            scores["waiting"].sort()
        self._session.rollback()
        return found

    def people(self, lesson: str) -> dict[str, dict[str, dict[str, Any]]]:
        """By student and cell: the score that a person gave, the comment, and whether the cell still waits."""
        api = nbgradermodels.api()
        cells = self._cells(lesson)
        names = {cell.id: name for name, cell in cells.grade.items()}
        names |= {cell: name for name, cell in cells.solution.items()}
        notebooks = self._students(cells)
        found: dict[str, dict[str, dict[str, Any]]] = {student: {} for student in notebooks.values()}
        for grade in self._grades(notebooks):
            score = None
            if grade.manual_score is not None:
                score = score_of(None, grade.manual_score, grade.extra_credit)
            of_cell = {"score": score, "waiting": bool(grade.needs_manual_grade)}
            found[notebooks[grade.notebook_id]].setdefault(names[grade.cell_id], {}).update(of_cell)
        for comment in self._session.query(
            api.Comment.notebook_id, api.Comment.cell_id, api.Comment.manual_comment
        ):
            if comment.notebook_id in notebooks and comment.manual_comment:
                of_student = found[notebooks[comment.notebook_id]]
                of_student.setdefault(names[comment.cell_id], {})["comment"] = comment.manual_comment
        self._session.rollback()
        return found

    def suggestions(self, course: Course, lesson: Lesson) -> list[Suggestion]:
        """The free texts of a lesson whose score is our suggestion and waits to be confirmed, by student and item."""
        with self._session.begin():
            found = [suggestion for suggestion, _ in self._suggested(course, lesson)]
        return sorted(found, key=lambda one: (one.student, one.item))

    def accept(self, course: Course, lesson: Lesson, chosen: Iterable[Suggestion]) -> list[Suggestion]:
        """Confirms those of *chosen* that are still as they were; gives back which."""
        wanted = set(chosen)
        accepted = []
        with self._session.begin():
            table = seen_table(self._session)
            for suggestion, row in self._suggested(course, lesson):
                if suggestion in wanted:
                    row.needs_manual_grade = False
                    self._session.execute(
                        table.update()
                        .where(table.c.notebook_id == row.notebook_id, table.c.item == suggestion.item)
                        .values(suggested=None)
                    )
                    accepted.append(suggestion)
        return accepted

    def confirmed(self, course: Course, lesson: Lesson) -> dict[str, list[tuple[str, Confirmed]]]:
        """By item of a lesson, and then with their students: the answers in words to which people gave points."""
        with self._session.begin():
            cells = self._cells(lesson.id)
            items = _items(course, lesson, cells)
            return gradebook_answers.confirmed(self._session, self._students(cells), items)

    def _students(self, cells: Cells) -> dict[str, str]:
        """The students of a lesson, by the id of their notebook."""
        api = nbgradermodels.api()
        return dict(
            self._session.query(api.SubmittedNotebook.id, api.SubmittedAssignment.student_id)
            .join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
            .filter(api.SubmittedNotebook.notebook_id == cells.notebook_id)
            .all()
        )

    def _suggested(self, course: Course, lesson: Lesson) -> Iterator[tuple[Suggestion, Any]]:
        api = nbgradermodels.api()
        cells = self._cells(lesson.id)
        items = _items(course, lesson, cells)
        students = self._students(cells)
        seen = seen_before(self._session, seen_table(self._session), list(students))
        for row in self._session.query(api.Grade).filter_by(needs_manual_grade=True):
            earlier = seen.get((row.notebook_id, items.get(row.cell_id, "")))
            if earlier is not None and is_ours(row, earlier):
                student, item = students[row.notebook_id], items[row.cell_id]
                yield Suggestion(student, lesson.id, item, row.manual_score, earlier.key), row

    def save(self, course: Course, lesson: Lesson, entries: Iterable[Entry]) -> list[Change]:
        """Writes the entries of one lesson in one transaction."""
        with self._session.begin():
            return Saving(self._session, course, lesson, self._cells(lesson.id)).save(entries)

    def _grades(self, notebooks: Iterable[str]) -> Iterator[Any]:
        api = nbgradermodels.api()
        columns = (
            api.Grade.notebook_id,
            api.Grade.cell_id,
            api.Grade.auto_score,
            api.Grade.manual_score,
            api.Grade.extra_credit,
            api.Grade.needs_manual_grade,
        )
        wanted = set(notebooks)
        for row in self._session.query(*columns):
            if row.notebook_id in wanted:
                yield row

    def _cells(self, lesson: str) -> Cells:
        api = nbgradermodels.api()
        found = (
            self._session.query(api.Assignment, api.Notebook)
            .join(api.Notebook, api.Notebook.assignment_id == api.Assignment.id)
            .filter(api.Assignment.name == lesson, api.Notebook.name == lesson)
            .one_or_none()
        )
        if found is None:
            raise ClassroomError(
                f"the gradebook of {self._room.root} does not know lesson `{lesson}`",
                "`autograde build` makes it known; if the lesson was built elsewhere, name that classroom",
            )
        assignment, notebook = found
        query = self._session.query
        return Cells(
            assignment.id,
            assignment.duedate,
            notebook.id,
            {cell.name: cell for cell in query(api.GradeCell).filter_by(notebook_id=notebook.id)},
            {cell.name: cell.id for cell in query(api.SolutionCell).filter_by(notebook_id=notebook.id)},
        )


def _items(course: Course, lesson: Lesson, cells: Cells) -> dict[str, str]:
    """The items of a lesson, by the id of the cell that holds their points."""
    return {cells.grade[graded_cell(course, item.id)].id: item.id for item in lesson.items}
