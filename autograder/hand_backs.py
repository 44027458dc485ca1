"""One graded hand-in as it goes back to people: the notebook to show, which answers are untouched, and what each was about.

The digests say when a person's score has to be looked at again: they change when the answer or its outcome does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from autograder import graded
from autograder.course import Course, Lesson
from autograder.notebooks import SourceCell, cells_of
from autograder.report import ItemReport, Report
from autograder.submissions import Submission, read_cells


@dataclass(frozen=True)
class HandBack:
    """`notebook` is JSON text; `unanswered` are grade_ids of answer cells; `digests` go by the id of the item."""

    notebook: str
    unanswered: frozenset[str]
    digests: Mapping[str, str]


def hand_back(course: Course, lesson: Lesson, submission: Submission, report: Report) -> HandBack:
    """What goes back to people for *submission*, whose file is read once more for its outputs."""
    cells = _cells(course, lesson.id)
    submitted = read_cells(submission.notebook) if submission.notebook else []
    restored = graded.restored(cells, submitted, submission.answers)
    shown = graded.notebook(graded.graded(restored, report))
    return HandBack(
        json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        _unanswered(cells, submitted, submission),
        {item.id: _digest(submission, item) for item in report.items},
    )


@lru_cache(maxsize=64)
def _cells(course: Course, lesson_id: str) -> tuple[SourceCell, ...]:
    return cells_of(course, course.lesson(lesson_id))


def _unanswered(
    cells: Sequence[SourceCell], submitted: Sequence[Mapping[str, Any]], submission: Submission
) -> frozenset[str]:
    """The answer cells that are there and as they were released."""
    there = {graded.grade_id(cell): graded.source_of(cell) for cell in submitted}
    there |= submission.answers
    return frozenset(
        cell.id for cell in cells if cell.solution and there.get(cell.id, "").strip() == cell.source.strip()
    )


def _digest(submission: Submission, item: ItemReport) -> str:
    """A hash of the answer (of all code, for code) and of what every check said."""
    code = [cell.source for cell in submission.cells] if item.kind == "code" else []
    outcomes = [[check.id, check.outcome, check.points] for check in item.checks]
    about = [submission.answers.get(item.id), code, outcomes]
    return hashlib.sha256(json.dumps(about, ensure_ascii=True).encode()).hexdigest()
