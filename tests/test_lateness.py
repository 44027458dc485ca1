"""What a late hand-in loses: the same numbers whichever road they are worked out on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from autograder import lateness
from autograder.content import Late
from autograder.course import Course
from autograder.timestamps import parse_timestamp

DAY = 24 * 60 * 60
POLICY = Late(percent_per_day=10.0, at_most=50.0, grace_minutes=15.0)


@pytest.mark.parametrize(
    ("seconds", "percent"),
    [
        (0, 0),
        (15 * 60, 0),
        (15 * 60 + 1, 10),
        (DAY, 10),
        (DAY + 1, 20),
        (4 * DAY, 40),
        (5 * DAY, 50),
        (5 * DAY + 1, 50),
        (400 * DAY, 50),
    ],
)
def test_every_day_begun_costs_up_to_the_limit(seconds: float, percent: int) -> None:
    """The grace time is free; after it, days count from the due date."""
    assert lateness.percent_lost(POLICY, seconds) == percent


def test_without_a_policy_nothing_is_lost() -> None:
    """A course that says nothing about lateness takes nothing off, but still knows what is late."""
    assert lateness.percent_lost(None, 10 * DAY) == 0
    assert lateness.penalty(None, 10 * DAY, Decimal(10)) is None
    assert lateness.is_late(None, 1) is True
    assert lateness.is_late(None, 0) is False


@pytest.mark.parametrize(
    ("score", "lost"),
    [
        ("10", "1.00"),
        ("7", "0.70"),
        ("0.05", "0.01"),
        ("0.04", None),
        ("2.25", "0.23"),
        ("0", None),
        ("-1", None),
    ],
)
def test_a_share_of_what_was_earned_is_taken_off_in_hundredths(score: str, lost: str | None) -> None:
    """Rounded half up, once, here."""
    expected = None if lost is None else Decimal(lost)
    assert lateness.penalty(POLICY, 60 * 60, Decimal(score)) == expected


def test_no_more_is_taken_off_than_was_earned() -> None:
    """100 percent of a third of a point must not come out below zero."""
    policy = Late(percent_per_day=100.0, at_most=100.0)
    assert lateness.penalty(policy, DAY, Decimal("0.333")) == Decimal("0.33")
    assert lateness.penalty(policy, DAY, Decimal("0.337")) == Decimal("0.337")


def test_an_extension_moves_the_due_date_of_one_student(tiny: Course) -> None:
    """And of nobody else."""
    lesson = tiny.lesson("averages")
    assert lesson.due is not None
    assert lateness.due_for(tiny, lesson, "ben") == lesson.due
    assert lateness.due_for(tiny, lesson, "ann") == lesson.due + timedelta(days=7)
    assert lateness.due_for(tiny, tiny.lesson("words"), "ann") is None


def test_times_of_different_zones_are_compared_as_times() -> None:
    """18:00 in Berlin is 17:00 UTC."""
    due = datetime(2027, 3, 1, 18, 0, tzinfo=timezone(timedelta(hours=1)))
    assert lateness.seconds_late(datetime(2027, 3, 1, 17, 0, tzinfo=UTC), due) == 0
    assert lateness.seconds_late(datetime(2027, 3, 1, 17, 0, 5, tzinfo=UTC), due) == 5
    assert lateness.seconds_late(None, due) == 0
    assert lateness.seconds_late(due, None) == 0


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-01 17:00:00.250000 UTC",
        "2027-03-01 18:00:00.250000 CET",
        "2027-03-01 18:00:00.250000 +0100",
        "2027-03-01 18:00:00.250000 +01:00",
        "2027-03-01 09:00:00.250000 PST",
        "2027-03-01 09:00:00.250000 America/Los_Angeles",
        "2027-03-01 22:30:00.250000 +0530",
        "2027-03-01T18:00:00.250000+01:00",
        "2027-03-01T17:00:00.250000Z",
        "2027-03-01 17:00:00.250000",
    ],
)
def test_the_zone_in_timestamp_txt_counts(text: str) -> None:
    """nbgrader writes `PST` and reads it as UTC, eight hours early; it takes the 0100 of `+0100` for seconds."""
    assert parse_timestamp(text) == datetime(2027, 3, 1, 17, 0, 0, 250_000, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2027-03-01 18:00 XYZT", "2027-13-01", "UTC", "2027-03-01 18:00 ../../etc"]
)
def test_a_time_that_cannot_be_read_is_no_time(text: str) -> None:
    """Lateness is unknown then; guessing would take points off."""
    with pytest.raises(ValueError):
        parse_timestamp(text)
