"""nbgrader's gradebook as the place where grades live: reports go in, the class comes out.

What is written is what `nbgrader autograde` would have written for the same outcomes, in one transaction for each lesson: a
process that is ended in the middle leaves whole lessons or none, and running it again changes nothing. What a person
entered (scores, comments, extra credit) is never touched; if what it was about has changed, it is flagged for another look.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from autograder import hand_backs, lateness, suggesting
from autograder.classroom import Classroom
from autograder.course import Course, Lesson
from autograder.files import write_text
from autograder.freetext.neighbours import Confirmed
from autograder.gradebook_rows import WAIT_SECONDS, Rows, Suggestion, opened
from autograder.gradebook_saving import Change, Entry
from autograder.grades import Column, Grade, Grades, Student
from autograder.hand_backs import HandBack
from autograder.notebooks import graded_cell
from autograder.report import ItemReport, Report
from autograder.submissions import Submission
from autograder.untrusted import read_companion

Pair = tuple[Submission, Report]
_WRITERS = 8


@dataclass(frozen=True)
class Written:
    """What a writing changed: scores that are others now, and grades of a person that want another look."""

    changes: tuple[Change, ...] = ()
    flagged: tuple[Change, ...] = ()


def write(
    course: Course,
    classroom: Path | Classroom,
    graded: Iterable[Pair],
    *,
    notebooks: bool = True,
    wait_seconds: float = WAIT_SECONDS,
) -> Written:
    """Puts the reports on submissions into the gradebook, as `write_back` does."""
    backs = [hand_backs.hand_back(course, submission, report) for submission, report in graded]
    return write_back(course, classroom, backs, notebooks=notebooks, wait_seconds=wait_seconds)


def write_back(
    course: Course,
    classroom: Path | Classroom,
    graded: Iterable[HandBack],
    *,
    notebooks: bool = True,
    wait_seconds: float = WAIT_SECONDS,
) -> Written:
    """Puts reports into the gradebook of *classroom*, and the notebooks that graders look at below `autograded/`.

    Raises ClassroomError, with nothing half-written, if the gradebook is locked for longer than *wait_seconds*, was
    made by another nbgrader, or does not know the lessons as they are now.
    """
    room = Classroom(classroom) if isinstance(classroom, Path) else classroom
    by_lesson: dict[str, list[HandBack]] = {}
    for back in graded:
        by_lesson.setdefault(back.lesson, []).append(back)
    changes: list[Change] = []
    with opened(room, wait_seconds) as rows:
        for lesson_id in by_lesson:
            rows.require(course, course.lesson(lesson_id))
        for lesson_id, backs in by_lesson.items():
            changes += _write_lesson(course, room, rows, course.lesson(lesson_id), backs, notebooks=notebooks)
    return Written(
        tuple(change for change in changes if change.before is not None and change.before != change.after),
        tuple(change for change in changes if change.flagged),
    )


def require(
    course: Course, classroom: Path, lessons: Iterable[str], *, wait_seconds: float = WAIT_SECONDS
) -> None:
    """Raises ClassroomError if `write` could not put reports on *lessons* into the gradebook: to be known before grading."""
    with opened(Classroom(classroom), wait_seconds) as rows:
        for lesson_id in lessons:
            rows.require(course, course.lesson(lesson_id))


def read(course: Course, classroom: Path, *, wait_seconds: float = WAIT_SECONDS) -> Grades:
    """What every student has in every lesson, late penalties taken off, rounded to hundredths once."""
    with opened(Classroom(classroom), wait_seconds) as rows:
        students = tuple(
            Student(row.id, row.first_name or "", row.last_name or "", row.email or "")
            for row in rows.students()
        )
        grades: dict[tuple[str, str], Grade] = {}
        for lesson in course.lessons:
            for student, scores in rows.scores(lesson.id).items():
                grades[student, lesson.id] = _grade(course, lesson, student, scores)
    columns = tuple(
        Column(lesson.id, lesson.title, Decimal(lesson.max_points), lesson.lms) for lesson in course.lessons
    )
    return Grades(students, columns, grades)


@dataclass(frozen=True)
class PersonGrade:
    """What a person gave for one item: points (None: nothing yet) and a comment; `waiting` says that somebody has to look."""

    points: Decimal | None = None
    comment: str = ""
    waiting: bool = False


def read_people(
    course: Course, classroom: Path, *, wait_seconds: float = WAIT_SECONDS
) -> dict[tuple[str, str], dict[str, PersonGrade]]:
    """By student and lesson, and then by item: what people gave, and where they still have to."""
    found: dict[tuple[str, str], dict[str, PersonGrade]] = {}
    with opened(Classroom(classroom), wait_seconds) as rows:
        for lesson in course.lessons:
            for student, cells in rows.people(lesson.id).items():
                found[student, lesson.id] = {
                    item.id: _person_grade(cells, item.id, graded_cell(course, item.id))
                    for item in lesson.items
                }
    return found


def _person_grade(cells: Mapping[str, Mapping[str, Any]], answer: str, checks: str) -> PersonGrade:
    """Points lie at the cell of the checks, comments at the cell of the answer."""
    score = cells.get(checks, {}).get("score")
    points = None if score is None else Decimal(str(score))
    comment = cells.get(answer, {}).get("comment", "")
    return PersonGrade(points, comment, bool(cells.get(checks, {}).get("waiting")))


def taught(course: Course, room: Classroom, submission: Submission, report: Report) -> Report:
    """*report* as `write` will keep it: with the second opinion of the answers that people confirmed."""
    if not any(item.suggested for item in report.items):
        return report
    back = hand_backs.hand_back(course, submission, report)
    with opened(room) as rows:
        (found,) = _taught(course, rows, course.lesson(submission.lesson), [back])
    return found.report


def confirmed(
    course: Course, classroom: Path, *, wait_seconds: float = WAIT_SECONDS
) -> dict[str, list[tuple[str, Confirmed]]]:
    """By free-text exercise, and then with their students: the answers to which people gave points."""
    with opened(Classroom(classroom), wait_seconds) as rows:
        return {
            item: found for lesson in course.lessons for item, found in rows.confirmed(course, lesson).items()
        }


def suggestions(course: Course, classroom: Path, *, wait_seconds: float = WAIT_SECONDS) -> list[Suggestion]:
    """All scores of free texts that are our suggestions and wait to be confirmed."""
    with opened(Classroom(classroom), wait_seconds) as rows:
        return [one for lesson in course.lessons for one in rows.suggestions(course, lesson)]


def accept(
    course: Course, classroom: Path, chosen: Iterable[Suggestion], *, wait_seconds: float = WAIT_SECONDS
) -> list[Suggestion]:
    """Confirms suggestions, as a person does in formgrader; those that were changed meanwhile are left alone."""
    by_lesson: dict[str, list[Suggestion]] = {}
    for one in chosen:
        by_lesson.setdefault(one.lesson, []).append(one)
    with opened(Classroom(classroom), wait_seconds) as rows:
        return [
            one
            for lesson, wanted in by_lesson.items()
            for one in rows.accept(course, course.lesson(lesson), wanted)
        ]


def register(classroom: Path, students: Iterable[Student], *, wait_seconds: float = WAIT_SECONDS) -> None:
    """Makes *students* known to the gradebook; a name or address that is given replaces the one that is there."""
    with opened(Classroom(classroom), wait_seconds) as rows:
        rows.register(students)


def _write_lesson(
    course: Course, room: Classroom, rows: Rows, lesson: Lesson, backs: Sequence[HandBack], *, notebooks: bool
) -> list[Change]:
    taught = _taught(course, rows, lesson, backs)
    changes = rows.save(course, lesson, map(_entry, taught))
    if notebooks:
        _write_notebooks(course, room, taught)
        _write_companions(room, taught)
    return changes


def _entry(back: HandBack) -> Entry:
    words = {item.id: back.answers[item.id] for item in back.report.items if _is_read_by_people(item)}
    return Entry(back.student, back.report, back.timestamp, back.unanswered, back.digests, words)


def _write_notebooks(course: Course, room: Classroom, backs: Sequence[HandBack]) -> None:
    """Writes what has changed. Most of the time goes into waiting for the disk, so several writers wait at once, and few
    notebooks are in memory."""
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_WRITERS) as writers:
        for back in backs:
            path = room.autograded(back.student, back.lesson) / f"{back.lesson}.ipynb"
            key = hand_backs.key_of(course, back)
            if hand_backs.is_current(path, key):
                continue
            text = hand_backs.text_of(course, back, key)
            waiting.append(writers.submit(write_text, path, text, force=True))
            if len(waiting) > 2 * _WRITERS:
                waiting.popleft().result()
        for written in waiting:
            written.result()


def _is_read_by_people(item: ItemReport) -> bool:
    return item.kind == "text" and item.outcome == "review"


def _taught(course: Course, rows: Rows, lesson: Lesson, backs: Sequence[HandBack]) -> Sequence[HandBack]:
    """*backs* with the second opinion of what other students wrote and people confirmed."""
    if not any(item.suggested for back in backs for item in back.report.items):
        return backs
    known = rows.confirmed(course, lesson)

    def others(student: str) -> dict[str, list[Confirmed]]:
        return {item: [one for name, one in found if name != student] for item, found in known.items()}

    return [
        replace(back, report=suggesting.taught(course, back.report, back.answers, others(back.student)))
        for back in backs
    ]


def _write_companions(room: Classroom, backs: Sequence[HandBack]) -> None:
    """Puts beside each graded copy what nbgrader goes by: the time of the hand-in, and the key to whom its feedback goes.

    `nbgrader release_feedback` ends at the first student who has none, so a hand-in that came another way gets a key
    that nobody knows.
    """
    for back in backs:
        folder = room.autograded(back.student, back.lesson)
        handed_in = back.notebook.parent if back.notebook else room.submitted(back.student, back.lesson)
        for name in ("timestamp.txt", "submission_secret.txt"):
            text = read_companion(handed_in / name)
            if text or not (folder / name).exists():
                unknown = secrets.token_hex(32) if name == "submission_secret.txt" else ""
                write_text(folder / name, text or unknown, force=True)


def _grade(course: Course, lesson: Lesson, student: str, scores: Mapping[str, Any]) -> Grade:
    policy = course.grading.late
    late = lateness.is_late(policy, scores["seconds_late"])
    penalty = lateness.penalty(policy, scores["seconds_late"], scores["score"]) or Decimal(0)
    points = max(Decimal(0), Decimal(str(scores["score"])) - penalty).quantize(lateness.CENT, ROUND_HALF_UP)
    reason = f"{penalty.normalize():f} points taken off for lateness" if penalty else ""
    if scores["waiting"]:
        return Grade("pending", points, late, f"waits for a person: {', '.join(scores['waiting'])}")
    return Grade("graded", points, late, reason)
