"""What a late hand-in loses. Numbers in, numbers out; used by our gradebook and by nbgrader's late-submission plugin alike.

A day that has begun counts as a whole one. A hand-in within the grace time loses nothing; after it, days count from the
due date. The loss is a share of the points that were earned, rounded to hundredths, and never more than those.
"""

from __future__ import annotations

import math
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from autograder.content import Late
from autograder.course import Course, Lesson

DAY = 24 * 60 * 60
CENT = Decimal("0.01")


def due_for(course: Course, lesson: Lesson, student: str) -> datetime | None:
    """When *student* has to hand in: the extension in course.yaml if there is one (the last counts), else the lesson's date."""
    extended = [
        extension.due
        for extension in course.grading.extensions
        if extension.student == student and extension.lesson == lesson.id
    ]
    return extended[-1] if extended else lesson.due


def seconds_late(handed_in: datetime | None, due: datetime | None) -> float:
    """How long after *due* the hand-in came; 0 if it was in time, or if one of the two is not known."""
    if handed_in is None or due is None:
        return 0.0
    return max(0.0, (handed_in - due).total_seconds())


def is_late(policy: Late | None, seconds: float) -> bool:
    """Whether a hand-in counts as late: after the due date and, where there is a policy, after its grace time."""
    return seconds > (policy.grace_minutes * 60 if policy else 0)


def percent_lost(policy: Late | None, seconds: float) -> Decimal:
    """The percentage of the earned points that a hand-in of so many seconds after the due date loses."""
    if policy is None or not is_late(policy, seconds):
        return Decimal(0)
    days = math.ceil(seconds / DAY)
    return min(Decimal(str(policy.percent_per_day)) * days, Decimal(str(policy.at_most)))


def penalty(policy: Late | None, seconds: float, score: Decimal | float) -> Decimal | None:
    """The points to take off *score*, in hundredths; None if there is nothing to take off."""
    percent = percent_lost(policy, seconds)
    earned = Decimal(str(score))
    if not percent or earned <= 0:
        return None
    return min(earned, (earned * percent / 100).quantize(CENT, ROUND_HALF_UP)) or None
