"""What a regrade changed: who has other points than before, from what to what, and because of which checks.

Compares two reports on the same hand-in, or on a later one of the same student. What people gave is not in reports; the
gradebook says what became of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.report import CheckResult, ItemReport, Report


@dataclass(frozen=True)
class Cause:
    """A check whose outcome or points are others now; an outcome is empty where there was, or is, no such check."""

    title: str
    before: str
    after: str
    points: int

    def __str__(self) -> str:
        outcomes = f"{self.before or 'not there'} → {self.after or 'gone'}"
        return f"{self.title}: {outcomes}, {self.points:+d}"


@dataclass(frozen=True)
class Difference:
    """The points that one student has for one exercise or question, and had before."""

    student: str
    lesson: str
    item: str
    before: int
    after: int
    causes: tuple[Cause, ...]

    def lines(self) -> list[str]:
        """The same for people."""
        place = "/".join(part for part in (self.student, self.lesson, self.item) if part)
        return [f"{place}: {self.before} → {self.after}", *(f"    {cause}" for cause in self.causes)]


def differences(before: Report, after: Report) -> Iterator[Difference]:
    """Every item in which the two reports give different points, in the order of *after*."""
    earlier = {item.id: item for item in before.items}
    later = {item.id: item for item in after.items}
    for name in {**later, **earlier}:
        causes = tuple(_causes(earlier.get(name), later.get(name)))
        was, now = _points(earlier.get(name)), _points(later.get(name))
        if was != now or any(cause.points for cause in causes):
            yield Difference(after.student, after.lesson, name, was, now, causes)


def _points(item: ItemReport | None) -> int:
    return item.points if item else 0


def _causes(before: ItemReport | None, after: ItemReport | None) -> Iterator[Cause]:
    earlier, later = _by_id(before), _by_id(after)
    for name, shown in {**earlier, **later}.items():
        was, now = earlier.get(name), later.get(name)
        points = (now.points if now else 0) - (was.points if was else 0)
        if points:
            yield Cause(shown.title, was.outcome if was else "", now.outcome if now else "", points)


def _by_id(item: ItemReport | None) -> dict[str, CheckResult]:
    return {check.id: check for check in item.checks} if item else {}
