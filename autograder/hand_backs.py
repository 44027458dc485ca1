"""One graded hand-in as it goes back to people: the notebook to show, which answers are untouched, and what each was about.

The digests say when a person's score has to be looked at again: they change when the answer or its outcome does. The
notebook carries a key of all that decides it, so that it need not be made again to see that nothing has changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder import __version__, graded
from autograder.course import Course, Lesson
from autograder.notebooks import SourceCell, cells_of
from autograder.report import ItemReport, Report, to_json
from autograder.submissions import Submission
from autograder.untrusted import grade_id_of, read_cells, source_of

_TAIL = 2000
"""Bytes at the end of a notebook in which its metadata stand: keys are sorted, and the cells come before."""


@dataclass(frozen=True)
class HandBack:
    """`unanswered` are grade_ids of answer cells; `digests` go by the id of the item."""

    unanswered: frozenset[str]
    digests: Mapping[str, str]


def hand_back(course: Course, lesson: Lesson, submission: Submission, report: Report) -> HandBack:
    """What is known of *submission* besides its points."""
    unanswered = _unanswered(_cells(course, lesson.id), _submitted(submission), submission)
    return HandBack(unanswered, {item.id: _digest(submission, item) for item in report.items})


def shown(course: Course, lesson: Lesson, submission: Submission, report: Report) -> dict[str, Any]:
    """The notebook that people look at; the file that was handed in is read once more for its outputs."""
    restored = graded.restored(_cells(course, lesson.id), _submitted(submission), submission.answers)
    return graded.notebook(graded.graded(restored, report))


def text_of(course: Course, lesson: Lesson, submission: Submission, report: Report, key: str) -> str:
    """The notebook that people look at, as JSON that holds *key*."""
    notebook = shown(course, lesson, submission, report)
    notebook["metadata"] = {**notebook["metadata"], "autograde": key}
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True) + "\n"


def key_of(course: Course, lesson: Lesson, submission: Submission, report: Report) -> str:
    """A hash of all that decides the notebook that people look at."""
    handed_in = (
        submission.notebook.read_bytes() if submission.notebook and submission.notebook.is_file() else b""
    )
    about = [__version__, course.digest, lesson.id, to_json(report), sorted(submission.answers.items())]
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


def _submitted(submission: Submission) -> list[Mapping[str, Any]]:
    return read_cells(submission.notebook) if submission.notebook else []


@lru_cache(maxsize=64)
def _cells(course: Course, lesson_id: str) -> tuple[SourceCell, ...]:
    return cells_of(course, course.lesson(lesson_id))


def _unanswered(
    cells: Sequence[SourceCell], submitted: Sequence[Mapping[str, Any]], submission: Submission
) -> frozenset[str]:
    """The answer cells that are there and as they were released."""
    released = {cell.id: cell.source.strip() for cell in cells if cell.solution}
    there = {name: source_of(cell) for cell in submitted if (name := grade_id_of(cell)) in released}
    there |= submission.answers
    return frozenset(name for name, source in released.items() if there.get(name, "").strip() == source)


def _digest(submission: Submission, item: ItemReport) -> str:
    """A hash of the answer (of all code, for code) and of what every check said."""
    code = [cell.source for cell in submission.cells] if item.kind == "code" else []
    outcomes = [[check.id, check.outcome, check.points] for check in item.checks]
    about = [submission.answers.get(item.id), code, outcomes]
    return hashlib.sha256(json.dumps(about, ensure_ascii=True).encode()).hexdigest()
