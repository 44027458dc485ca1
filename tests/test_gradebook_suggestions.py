"""Suggested scores for free texts wait in the place where a person's score goes, and are never taken for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from autograder import gradebook
from autograder.course import Course
from autograder.report import Report, Suggested, from_json, to_json
from autograder.submissions import find_in_classroom
from tests import rooms
from tests.test_gradebook import GRADES, person, report_on, rows

WAITS = ("ann", "why_smooth", None, 1.5, 1)


@pytest.fixture
def room(tiny: Course, tmp_path: Path) -> Path:
    found = rooms.copy_of(tiny, tmp_path / "classroom")
    rooms.hand_in(found, "ann", "averages", rooms.all_right(tiny, "averages"))
    return found


def suggest(report: Report, suggested: Suggested | None) -> Report:
    items = tuple(
        replace(item, suggested=suggested) if item.kind == "text" and item.outcome == "review" else item
        for item in report.items
    )
    return replace(report, items=items)


def grade(course: Course, room: Path, points: float | None = 1.5, key: str = "k1") -> gradebook.Written:
    note = "Suggested score, not final until a person confirms it"
    pairs = [
        (found, suggest(report_on(course, found, {}), Suggested(points, key, note)))
        for found in find_in_classroom(course, room)
    ]
    return gradebook.write(course, room, pairs)


def confirm(room: Path) -> None:
    """The button `mark graded` of formgrader: the flag goes, the score stays."""
    person(room, 1.5)


def test_a_suggestion_fills_the_score_box_and_waits(tiny: Course, room: Path) -> None:
    """formgrader shows it with its `mark graded` button, and the note as the comment."""
    grade(tiny, room)

    assert WAITS in rows(room, GRADES)
    assert rows(room, "SELECT auto_comment FROM comment WHERE auto_comment IS NOT NULL") == [
        ("Suggested score, not final until a person confirms it",)
    ]
    assert gradebook.read(tiny, room).grade("ann", "averages").state == "pending"
    assert gradebook.suggestions(tiny, room) == [
        gradebook.Suggestion("ann", "averages", "why_smooth", 1.5, "k1")
    ]


def test_a_suggestion_that_nobody_confirmed_is_renewed(tiny: Course, room: Path) -> None:
    """A rubric that was mended must reach those who wait; and nobody is told of a person's score that there never was."""
    grade(tiny, room)

    assert grade(tiny, room, 2.0, "k2").flagged == ()

    assert ("ann", "why_smooth", None, 2.0, 1) in rows(room, GRADES)
    grade(tiny, room, None, "k3")
    assert ("ann", "why_smooth", None, None, 1) in rows(room, GRADES)


def test_a_confirmed_suggestion_is_a_persons_score(tiny: Course, room: Path) -> None:
    """Also when the rubric says something else later, and also after a third and fourth time."""
    grade(tiny, room)
    confirm(room)

    for points in (1.5, 0.5, 0.5):
        grade(tiny, room, points, f"k{points}")
        assert ("ann", "why_smooth", None, 1.5, 0) in rows(room, GRADES)
    assert gradebook.suggestions(tiny, room) == []


def test_a_confirmed_score_under_which_the_answer_changed_stays_and_is_flagged(
    tiny: Course, room: Path
) -> None:
    """The flag must not turn it back into a suggestion, not even if the numbers are equal."""
    grade(tiny, room)
    confirm(room)
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages") | {"why_smooth": "Trend."})

    for points in (1.5, 0.5, 2.0):
        grade(tiny, room, points)
        assert WAITS in rows(room, GRADES)
    assert gradebook.suggestions(tiny, room) == []


def test_accepting_confirms_only_what_is_as_it_was(tiny: Course, room: Path) -> None:
    """Somebody may have written a score, or graded again, between listing and accepting."""
    grade(tiny, room)
    (listed,) = gradebook.suggestions(tiny, room)
    grade(tiny, room, 2.0, "k2")
    assert gradebook.accept(tiny, room, [listed]) == []

    (listed,) = gradebook.suggestions(tiny, room)
    assert gradebook.accept(tiny, room, [listed]) == [listed]
    assert gradebook.accept(tiny, room, [listed]) == []
    assert ("ann", "why_smooth", None, 2.0, 0) in rows(room, GRADES)
    grade(tiny, room, 0.5, "k3")
    assert gradebook.read(tiny, room).grade("ann", "averages").points == Decimal("10.00")


def test_a_suggestion_survives_being_kept() -> None:
    """Reports are kept as JSON, and read back for the gradebook."""
    report = suggest(_small(), Suggested(0.5, "k", "note"))
    assert from_json(to_json(report)) == report
    assert from_json(to_json(_small())) == _small()


def _small() -> Report:
    from autograder.report import CheckResult, ItemReport

    check = CheckResult("answer", "Why?", "review", 0, 2)
    return Report("ann", "averages", (ItemReport("why_smooth", "text", "Why?", (check,)),))


def test_reports_of_before_there_were_suggestions_can_be_read() -> None:
    """A results store outlives a version."""
    import json

    data: Mapping[str, object] = json.loads(to_json(_small()))
    for item in data["items"]:  # type: ignore[attr-defined]
        del item["suggested"]
    assert from_json(json.dumps(data)) == _small()
