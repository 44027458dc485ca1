"""Several hand-ins of one student for one lesson: finds those that nbgrader's exchange still holds, and says which counts.

`nbgrader collect` takes the last one. Where course.yaml says `attempts: best`, all of them are graded, and the one counts
that earns most after what its lateness costs; of equal ones, the last.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain, count
from pathlib import Path
from typing import Protocol, TypeVar

from autograder import lateness
from autograder.classroom import Classroom
from autograder.course import Course, Lesson
from autograder.report import Report
from autograder.submissions import Submission, read_handin


class Attempt(Protocol):
    """What must be known of an attempt beside its points."""

    @property
    def student(self) -> str: ...
    @property
    def lesson(self) -> str: ...
    @property
    def timestamp(self) -> datetime | None: ...


_Attempt = TypeVar("_Attempt", bound=Attempt)


@dataclass(frozen=True)
class Earlier:
    """Attempts beside those that were collected, and sentences about what was not considered."""

    submissions: tuple[Submission, ...] = ()
    problems: tuple[str, ...] = ()


def find_earlier(course: Course, room: Classroom, collected: Sequence[Submission]) -> Earlier:
    """The other attempts of everybody who is among *collected*; nothing where the last attempt counts anyway."""
    inbound = room.exchange() / "inbound"
    if course.grading.attempts != "best" or not inbound.is_dir():
        return Earlier()
    if not os.access(inbound, os.R_OK | os.X_OK):
        return Earlier((), (f"{inbound} may not be read, so only the collected attempts were considered",))
    checked = bool(room.settings().ExchangeCollect.get("check_owner", True))
    found: list[Submission] = []
    problems: list[str] = []
    folders = _by_hand_in(inbound)
    for one in collected:
        for time, folder in folders.get((one.student, one.lesson), ()):
            if checked and _owner(folder) != one.student:
                problems.append(_foreign(one, folder))
                continue
            attempt = read_handin(course, course.lesson(one.lesson), one.student, folder)
            if attempt.timestamp is None or attempt.timestamp != one.timestamp:
                found.append(replace(attempt, attempt=time))
    return Earlier(tuple(found), tuple(problems))


def counting(course: Course, attempts: Sequence[tuple[Attempt, Report]]) -> int:
    """The index of the attempt that counts."""
    return max(range(len(attempts)), key=lambda index: _rank(course, *attempts[index]))


def note(attempts: Sequence[Attempt], counted: Attempt) -> str:
    """The sentence that tells a student which of several attempts counts."""
    when = counted.timestamp
    which = f"the one of {when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if when else "the one without a time"
    return f"{len(attempts)} attempts were handed in; {which} counts, because it earns most"


def _rank(course: Course, submission: Attempt, report: Report) -> tuple[Decimal, float]:
    lesson = course.lesson(submission.lesson)
    earned = Decimal(report.points) - _lost(course, lesson, submission, report)
    return earned, submission.timestamp.timestamp() if submission.timestamp else 0.0


def _lost(course: Course, lesson: Lesson, submission: Attempt, report: Report) -> Decimal:
    due = lateness.due_for(course, lesson, submission.student)
    seconds = lateness.seconds_late(submission.timestamp, due)
    return lateness.penalty(course.grading.late, seconds, report.points) or Decimal(0)


def _by_hand_in(inbound: Path) -> dict[tuple[str, str], list[tuple[str, Path]]]:
    """The exchange's folders `student+lesson+time`, with or without `+random`, by student and lesson, each with its time."""
    found: dict[tuple[str, str], list[tuple[str, Path]]] = {}
    for folder in _folders(inbound):
        parts = folder.name.rsplit("+", 3)
        if len(parts) >= 3:
            others = found.setdefault((parts[0], parts[1]), [])
            others.append((_new_name(parts[2] or "no time", {name for name, _ in others}), folder))
    return found


def _new_name(time: str, taken: Collection[str]) -> str:
    """*time*, or something like it that no other attempt is called: students make these folders, and may name them alike."""
    return next(name for name in chain([time], (f"{time} #{n}" for n in count(2))) if name not in taken)


def _folders(inbound: Path) -> Iterable[Path]:
    return sorted(path for path in inbound.iterdir() if path.is_dir() and not path.is_symlink())


def _owner(folder: Path) -> str:
    try:
        return folder.owner()
    except KeyError:
        return "an unknown account"


def _foreign(submission: Submission, folder: Path) -> str:
    return (
        f"{submission.name}: an attempt in the exchange belongs to `{_owner(folder)}` and was not considered; "
        "where everybody hands in under one account, set `c.ExchangeCollect.check_owner = False`"
    )


def grouped(submissions: Iterable[_Attempt]) -> Iterator[list[_Attempt]]:
    """*submissions* with the attempts of one student at one lesson together, in the order of the first of each."""
    found: dict[tuple[str, str], list[_Attempt]] = {}
    for submission in submissions:
        found.setdefault((submission.student, submission.lesson), []).append(submission)
    yield from found.values()
