"""What goes into a quiz package: the questions of each lesson, and small things that all formats need."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from autograder.quiz import Matching, Ordering, Question


@dataclass(frozen=True)
class Section:
    """The quiz of one lesson."""

    id: str
    title: str
    questions: tuple[Question, ...]


class Rendered(NamedTuple):
    """A section with what a format says for each of its questions."""

    section: Section
    questions: tuple[tuple[Question, str], ...]


def identifier(*parts: str) -> str:
    """An id that is the same whenever the package is made; it begins with a letter, as XML wants it."""
    return "g" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:31]


def decimal(value: float) -> Decimal:
    """The number that was written in course.yaml, not its binary neighbour."""
    return Decimal(repr(value))


def number(value: Decimal) -> str:
    """In full, never with an exponent: LMSs round or misread those."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def pairs(question: Matching | Ordering) -> Sequence[tuple[str, str]]:
    """What belongs together; an ordering is places with their items."""
    if isinstance(question, Matching):
        return [(pair.left, pair.right) for pair in question.pairs]
    return [(f"{place}.", item) for place, item in enumerate(question.items, 1)]


def shown(question: Matching | Ordering) -> Sequence[str]:
    """The right sides in the order in which students see them."""
    return question.shown
