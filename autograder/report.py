"""What grading one hand-in gives: outcomes and points as values, and the JSON they are kept as.

A report holds no time, host or path, so that grading twice gives the same bytes. Points are integers here;
late policy and rounding happen once, later, in `gradebook`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal, TypeVar, get_args

FORMAT = 1

Outcome = Literal["pass", "fail", "error", "timeout", "skipped", "review", "broken"]
"""Whose fault it is: `fail` a wrong result; `error` the code raised, ended early, was not found or could not be
read; `timeout` a limit of time was hit; `skipped` a check that it needs did not pass; `review` a person must decide;
`broken` our check or sandbox failed, which costs the student nothing."""

OUTCOMES: tuple[str, ...] = get_args(Outcome)
_WORST_FIRST: tuple[Outcome, ...] = ("broken", "review", "timeout", "error", "fail", "skipped", "pass")

Kind = Literal["code", "text", "quiz"]

_Part = TypeVar("_Part", bound="CheckResult | ItemReport")
_seen: dict[Any, Any] = {}
_MOST_SEEN = 20_000


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check. `points` is what was earned of `max_points`; `message` and `hint` are for the student."""

    id: str
    title: str
    outcome: Outcome
    points: int
    max_points: int
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Evidence:
    """One thing that a free text can say: whether it was found there, in words, and the student's own words for it."""

    label: str
    points: str
    status: str
    found: bool
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggested:
    """What a rubric suggests for a free text, not final until a person confirms it. `points` is None where nothing could be
    read; `key` names all that it depends on; `note` is for the grader and, until a person writes another, the student.
    `ready` says that it may be confirmed without being read; `remarks` say what speaks against that."""

    points: float | None
    key: str
    note: str
    ready: bool = False
    evidence: tuple[Evidence, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemReport:
    """All checks of one exercise or quiz question, in the order of their source."""

    id: str
    kind: Kind
    title: str
    checks: tuple[CheckResult, ...]
    diagnosis: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    suggested: Suggested | None = None

    @property
    def points(self) -> int:
        return sum(check.points for check in self.checks)

    @property
    def max_points(self) -> int:
        return sum(check.max_points for check in self.checks)

    @property
    def outcome(self) -> Outcome:
        """The gravest outcome among the checks."""
        return worst(check.outcome for check in self.checks)

    @property
    def needs_person(self) -> bool:
        """Whether the points are not final until a person has looked."""
        return self.outcome in ("review", "broken")


@dataclass(frozen=True)
class Report:
    """One hand-in of one student for one lesson (or, from a plain inbox, for the whole course).

    `problems` says what was wrong with the files, `notes` what else the student should know.
    """

    student: str
    lesson: str
    items: tuple[ItemReport, ...]
    problems: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        return sum(item.points for item in self.items)

    @property
    def max_points(self) -> int:
        return sum(item.max_points for item in self.items)

    @property
    def needs_person(self) -> bool:
        return any(item.needs_person for item in self.items)


def together(checks: Iterable[CheckResult]) -> Iterator[tuple[CheckResult, ...]]:
    """*checks* in their order, neighbours with one outcome and one message in one group, so that it is said once."""
    for (_, message), neighbours in groupby(checks, key=lambda check: (check.outcome, check.message)):
        group = tuple(neighbours)
        yield from [group] if message else [(check,) for check in group]


def in_common(checks: Sequence[CheckResult]) -> str:
    """How the message of a group of several begins."""
    return "both" if len(checks) == 2 else f"all {len(checks)} of these"


def hint_helps(check: CheckResult, *, alone: bool) -> bool:
    """Whether a hint on what the check looks at is of use: not where several came to grief for one other reason."""
    return check.outcome == "fail" or (alone and check.outcome in ("error", "timeout"))


def worst(outcomes: Any) -> Outcome:
    """The gravest of *outcomes*; `pass` when there are none."""
    return min(outcomes, key=_WORST_FIRST.index, default="pass")


def to_json(report: Report) -> str:
    """The versioned, byte-stable JSON text of *report*."""
    return json.dumps({"format": FORMAT, **vars(report)}, ensure_ascii=False, sort_keys=True, default=vars)


def from_json(text: str) -> Report:
    """The report that `to_json` wrote; raises ValueError for another version's."""
    data = json.loads(text)
    if data.pop("format", None) != FORMAT:
        raise ValueError("this report was written by another version of autograde")
    items = tuple(_item(item) for item in data.pop("items"))
    layers = tuple(map(sys.intern, data.pop("layers")))  # the same for a whole class
    return Report(items=items, layers=layers, **{key: _frozen(value) for key, value in data.items()})


def shared(item: ItemReport) -> ItemReport:
    """*item*, or the equal one that was seen before: most of a class have the same outcomes, and memory holds them once."""
    return _once(replace(item, checks=tuple(_once(check) for check in item.checks)))


def _once(value: _Part) -> _Part:
    found: _Part = _seen.setdefault(value, value) if len(_seen) < _MOST_SEEN else _seen.get(value, value)
    return found


def _item(data: Mapping[str, Any]) -> ItemReport:
    checks = tuple(CheckResult(**check) for check in data["checks"])
    suggested = _suggested(data["suggested"]) if data.get("suggested") else None
    rest = {key: _frozen(value) for key, value in data.items() if key not in ("checks", "suggested")}
    return shared(ItemReport(**rest, checks=checks, suggested=suggested))


def _suggested(data: Mapping[str, Any]) -> Suggested:
    values = {key: _frozen(value) for key, value in data.items() if key != "evidence"}
    rows = [{key: _frozen(value) for key, value in row.items()} for row in data.get("evidence", ())]
    return Suggested(**values, evidence=tuple(Evidence(**row) for row in rows))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
