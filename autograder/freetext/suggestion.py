"""What is suggested for an answer, as values: points, the status of each concept, evidence, flags and a route."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from autograder.freetext.routes import Flag

MATCHER_VERSION = "6"
"""Changes whenever the same rubric and answer may get another suggestion."""

ItemState = Literal["found", "negated", "swapped", "absent"]


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to before `end` in the text of the suggestion."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ItemStatus:
    """What became of one concept; `patterns` are the numbers of the patterns that spoke for `status`."""

    id: str
    label: str
    points: float
    status: ItemState
    spans: tuple[Span, ...] = ()
    patterns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A misconception that seems to be there."""

    id: str
    label: str
    spans: tuple[Span, ...]
    patterns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """Points that a person may confirm, and everything that speaks for and against them."""

    points: float
    max_points: float
    items: tuple[ItemStatus, ...]
    misconceptions: tuple[Finding, ...]
    flags: tuple[Flag, ...]
    route: Literal["ready", "review"]
    text: str
    rubric_hash: str
    answer_hash: str
    matcher_version: str = MATCHER_VERSION

    @property
    def readable(self) -> bool:
        """Whether the points mean anything: not for an answer in a language that cannot be read."""
        return not any(one.name.startswith("language:") or one.name == "script" for one in self.flags)

    @property
    def key(self) -> str:
        """A short name of all that this suggestion depends on."""
        return f"{self.rubric_hash}-{self.matcher_version}-{self.answer_hash}"


def answer_hash(answer: str) -> str:
    """A short name of *answer* as it was handed in."""
    return hashlib.sha256(answer.encode("utf-8", "surrogatepass")).hexdigest()[:12]
