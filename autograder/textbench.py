"""The test bench of the free-text rubrics: says per concept and per pattern what was right, wrongly credited and refused."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import StatisticsError, correlation
from typing import Any

from autograder.course import Course
from autograder.errors import AutogradeError, did_you_mean
from autograder.freetext import Matcher, Rubric, Suggestion
from autograder.suggesting import matcher_of

FOLDER = Path("tests", "answers")
"""Where a course keeps its labelled answers, from its root."""

TOLERANCE = 0.5


@dataclass(frozen=True)
class Labelled:
    """An answer of which a person said what it holds; `points` follow from that unless they are given."""

    id: str
    exercise: str
    answer: str
    items: frozenset[str]
    misconceptions: frozenset[str] = frozenset()
    points: float | None = None
    route: str = ""
    group: str = ""


@dataclass(frozen=True)
class Row:
    """One labelled answer beside what is suggested for it."""

    labelled: Labelled
    expected: float
    suggestion: Suggestion

    @property
    def difference(self) -> float:
        """How many points too many (or, below zero, too few) are suggested."""
        return self.suggestion.points - self.expected

    @property
    def close(self) -> bool:
        return abs(self.difference) <= TOLERANCE

    @property
    def wrongly_ready(self) -> bool:
        """Whether a wrong suggestion could be accepted without being read."""
        return self.suggestion.route == "ready" and self.difference != 0

    @property
    def route_missed(self) -> bool:
        """Whether an answer that a person must read was not sent to one."""
        return self.labelled.route == "review" and self.suggestion.route == "ready"

    @property
    def credited(self) -> frozenset[str]:
        """Concepts and misconceptions that were found but are not there."""
        return _found(self.suggestion) - self.labelled.items - self.labelled.misconceptions

    @property
    def refused(self) -> frozenset[str]:
        """Concepts and misconceptions that are there but were not found."""
        return (self.labelled.items | self.labelled.misconceptions) - _found(self.suggestion)


@dataclass(frozen=True)
class Tally:
    """How often a concept was rightly found, wrongly credited and wrongly refused; `patterns` counts by pattern."""

    id: str
    right: int
    credited: int
    refused: int
    patterns: tuple[tuple[int, int], ...]
    """For each pattern, how often it fired rightly and wrongly."""


@dataclass(frozen=True)
class Bench:
    """What the bench found for one exercise."""

    exercise: str
    rows: tuple[Row, ...]
    tallies: tuple[Tally, ...]
    agreement: float
    """The share that the course asks for."""

    @property
    def share(self) -> float:
        """The share of answers whose suggestion is within half a point."""
        return sum(row.close for row in self.rows) / len(self.rows) if self.rows else 1.0

    @property
    def correlation(self) -> float | None:
        """Pearson's r between suggested and expected points, if there is any spread."""
        try:
            return correlation(
                [row.suggestion.points for row in self.rows], [row.expected for row in self.rows]
            )
        except StatisticsError:
            return None

    @property
    def ready(self) -> int:
        return sum(row.suggestion.route == "ready" for row in self.rows)

    @property
    def passed(self) -> bool:
        return self.share >= self.agreement and not any(
            row.wrongly_ready or row.route_missed for row in self.rows
        )

    def lines(self, *, patterns: bool = False) -> list[str]:
        """The report: a summary, each concept, and each answer that something is wrong with."""
        r = self.correlation
        summary = (
            f"{self.exercise}: {len(self.rows)} answers, {self.share:.0%} within {TOLERANCE:g} points"
            f" (at least {self.agreement:.0%} asked for), r {'-' if r is None else f'{r:.2f}'},"
            f" {self.ready} ready, {sum(row.wrongly_ready for row in self.rows)} wrongly"
        )
        lines = [summary]
        for one in self.tallies:
            lines.append(
                f"  {one.id}: right {one.right}, wrongly credited {one.credited}, wrongly refused {one.refused}"
            )
            if patterns:
                lines += [
                    f"    pattern {number}: fired rightly {right}, wrongly {wrong}"
                    for number, (right, wrong) in enumerate(one.patterns, 1)
                ]
        return lines + [line for row in self.rows if (line := _remark(row))]


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """The labelled answers in the JSON file *path*; its `exercise` holds for answers that name none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_labelled(entry, data.get("exercise", "")) for entry in data["answers"])
    except OSError as error:
        raise AutogradeError(f"cannot read `{path}`: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = 'write {"exercise": "id", "answers": [{"id": "a1", "answer": "...", "items": ["concept"]}]}'
        raise AutogradeError(f"`{path}` does not hold labelled answers ({error})", hint) from error


def find_labelled(course: Course) -> tuple[Labelled, ...]:
    """The course's own labelled answers: those in files, and the examples in its rubrics."""
    folder = course.root / FOLDER
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return (
        *(
            Labelled(
                f"example {number}",
                one.id,
                example.answer,
                frozenset(example.items),
                frozenset(example.misconceptions),
            )
            for one in course.text_exercises
            for number, example in enumerate(one.examples, 1)
        ),
        *(answer for path in files for answer in read_labelled(path)),
    )


def check(course: Course, labelled: Sequence[Labelled]) -> tuple[Bench, ...]:
    """One bench for each free-text exercise that *labelled* has answers to, in the order of the course."""
    known = {one.id: one for one in course.text_exercises}
    for answer in labelled:
        if answer.exercise not in known:
            raise AutogradeError(
                f"the labelled answer `{answer.id}` belongs to `{answer.exercise}`, which is no free-text exercise here",
                did_you_mean(answer.exercise, known),
            )
    return tuple(
        run(matcher_of(course, name), name, own)
        for name in known
        if (own := [answer for answer in labelled if answer.exercise == name])
    )


def run(matcher: Matcher, exercise: str, labelled: Iterable[Labelled]) -> Bench:
    """The bench of one exercise."""
    rubric = matcher.rubric
    rows = tuple(Row(one, _expected(one, rubric), matcher.suggest(one.answer)) for one in labelled)
    sizes = [(one.id, len(one.patterns) + bool(one.presume)) for one in rubric.concepts]
    sizes += [(wrong.id, len(wrong.patterns) + bool(wrong.when_denied)) for wrong in rubric.misconceptions]
    return Bench(
        exercise, rows, tuple(_tally(name, size, rows) for name, size in sizes), rubric.defaults.agreement
    )


def _labelled(entry: Mapping[str, Any], exercise: str) -> Labelled:
    points = entry.get("points")
    return Labelled(
        id=str(entry["id"]),
        exercise=str(entry.get("exercise", exercise)),
        answer=str(entry["answer"]),
        items=frozenset(map(str, entry.get("items", ()))),
        misconceptions=frozenset(map(str, entry.get("misconceptions", ()))),
        points=None if points is None else float(points),
        route=str(entry.get("route", "")),
        group=str(entry.get("set", "")),
    )


def _expected(labelled: Labelled, rubric: Rubric) -> float:
    if labelled.points is not None:
        return labelled.points
    earned = sum(one.points for one in rubric.concepts if one.id in labelled.items)
    return min(max(0.0, earned - rubric.defaults.deduct * len(labelled.misconceptions)), rubric.points)


def _found(suggestion: Suggestion) -> frozenset[str]:
    return frozenset(
        [one.id for one in suggestion.items if one.status == "found"]
        + [one.id for one in suggestion.misconceptions]
    )


def _tally(name: str, patterns: int, rows: Sequence[Row]) -> Tally:
    right = credited = refused = 0
    fired = [[0, 0] for _ in range(patterns)]
    for row in rows:
        is_there = name in row.labelled.items | row.labelled.misconceptions
        was_found = name in _found(row.suggestion)
        right += is_there and was_found
        credited += was_found and not is_there
        refused += is_there and not was_found
        if was_found:
            for number in _patterns(row.suggestion, name):
                fired[number][0 if is_there else 1] += 1
    return Tally(name, right, credited, refused, tuple((good, bad) for good, bad in fired))


def _patterns(suggestion: Suggestion, name: str) -> tuple[int, ...]:
    fired = {one.id: one.patterns for one in suggestion.items}
    fired |= {one.id: one.patterns for one in suggestion.misconceptions}
    return fired[name]


def _remark(row: Row) -> str:
    """What is wrong with the suggestion for one answer, or nothing."""
    remarks = []
    if row.wrongly_ready:
        remarks.append("WRONG AND READY")
    if row.route_missed:
        remarks.append("a person must read it, but it is ready")
    if row.credited:
        remarks.append(f"wrongly credited {', '.join(sorted(row.credited))}")
    if row.refused:
        remarks.append(f"wrongly refused {', '.join(sorted(row.refused))}")
    if not remarks:
        return ""
    flags = ", ".join(one.name for one in row.suggestion.flags) or "no flags"
    return (
        f"  {row.labelled.id}: suggested {row.suggestion.points:g}, expected {row.expected:g} ({flags}): "
        f"{'; '.join(remarks)}"
    )
