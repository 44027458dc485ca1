"""One graded hand-in as it goes back to people: the notebook to show, which answers are untouched, and what each was about.

A class of these is in memory until the gradebook is written, so they hold no code: digests of it say when a person's score has
to be looked at again, since they change when the answer or its outcome does. The
notebook carries a key of all that decides it, so that it need not be made again to see that nothing has changed.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder import __version__, graded
from autograder.course import Course
from autograder.notebooks import SourceCell, cells_of
from autograder.report import ItemReport, Report, to_json
from autograder.submissions import Submission
from autograder.untrusted import read_cells

_TAIL = 2000
"""Bytes at the end of a notebook in which its metadata stand: keys are sorted, and the cells come before."""


@dataclass(frozen=True, slots=True)
class HandBack:
    """What is kept of a graded hand-in: its code is not. `unanswered` are grade_ids of answer cells; `digests` go by the id of
    the item."""

    student: str
    lesson: str
    report: Report
    timestamp: datetime | None
    notebook: Path | None
    answers: Mapping[str, str]
    unanswered: frozenset[str]
    digests: Mapping[str, str]


def hand_back(course: Course, submission: Submission, report: Report) -> HandBack:
    """What is known of *submission* when it has been graded."""
    cells = _cells(course, submission.lesson) if submission.lesson else ()
    return HandBack(
        submission.student,
        submission.lesson,
        report,
        submission.timestamp,
        submission.notebook,
        submission.answers,
        _unanswered(cells, submission),
        {item.id: _digest(submission, item) for item in report.items},
    )


def shown(course: Course, back: HandBack) -> dict[str, Any]:
    """The notebook that people look at; the file that was handed in is read once more for its outputs."""
    submitted = read_cells(back.notebook) if back.notebook else []
    restored = graded.restored(_cells(course, back.lesson), submitted, back.answers)
    return graded.notebook(graded.graded(restored, back.report))


def text_of(course: Course, back: HandBack, key: str) -> str:
    """The notebook that people look at, as JSON that holds *key*."""
    notebook = shown(course, back)
    notebook["metadata"] = {**notebook["metadata"], "autograde": key}
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"


def key_of(course: Course, back: HandBack) -> str:
    """A hash of all that decides the notebook that people look at."""
    handed_in = back.notebook.read_bytes() if back.notebook and back.notebook.is_file() else b""
    about = [__version__, course.digest, back.lesson, to_json(back.report), sorted(back.answers.items())]
    words = json.dumps(about, ensure_ascii=True, sort_keys=True).encode()
    return hashlib.sha256(words + b"\0" + handed_in).hexdigest()


def is_current(path: Path, key: str) -> bool:
    """Whether *path* is a notebook that `text_of` made with this *key*: it stands near the end, so that a part has none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            return f'"autograde": "{key}"'.encode() in file.read()
    except OSError:
        return False


@lru_cache(maxsize=64)
def _cells(course: Course, lesson_id: str) -> tuple[SourceCell, ...]:
    return cells_of(course, course.lesson(lesson_id))


def _unanswered(cells: Sequence[SourceCell], submission: Submission) -> frozenset[str]:
    """The answer cells that are there and as they were released."""
    released = {cell.id: cell.source.strip() for cell in cells if cell.solution}
    there = {**submission.written, **submission.answers}
    found = (name for name, source in released.items() if there.get(name, "").strip() == source)
    return _once(frozenset(found))


@lru_cache(maxsize=1000)
def _once(names: frozenset[str]) -> frozenset[str]:
    """*names*, or an equal set that was made before: most of a class leave the same cells as they were."""
    return names


def _digest(submission: Submission, item: ItemReport) -> str:
    """A hash of the answer (of all code, for code) and of what every check said."""
    code = [cell.source for cell in submission.cells] if item.kind == "code" else []
    outcomes = [[check.id, check.outcome, check.points] for check in item.checks]
    about = [submission.answers.get(item.id), code, outcomes]
    return sys.intern(hashlib.sha256(json.dumps(about, ensure_ascii=True).encode()).hexdigest())
