"""A question as an LMS has it after an import, and the question of ours that it should be."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from autograder.export.quizzes.richtext import block, line
from autograder.quiz import (
    Matching,
    Numeric,
    Ordering,
    Question,
    SeveralChoices,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)


class RejectedError(Exception):
    """The LMS would not take the package, or not this question."""


@dataclass(frozen=True)
class Asked:
    """`answers` depends on the kind: options with what is right, the two bounds of a number, accepted texts, pairs."""

    section: str
    id: str
    kind: str
    text: str
    points: Decimal
    right: str
    wrong: str
    answers: tuple[Any, ...]


def meant(section: str, question: Question) -> Asked:
    """What the LMS should have; texts are HTML, for what Markdown means is tested elsewhere."""
    kind, answers = _answers(question)
    feedback = question.feedback
    return Asked(
        section,
        question.id,
        kind,
        block(question.question),
        Decimal(question.points),
        block(feedback.right),
        block(feedback.wrong),
        answers,
    )


def _answers(question: Question) -> tuple[str, tuple[Any, ...]]:
    match question:
        case TrueFalse():
            return "true-false", (question.answer,)
        case SingleChoice() | SeveralChoices():
            kind = "single" if isinstance(question, SingleChoice) else "several"
            return kind, tuple((line(o.text), o.right, block(o.feedback)) for o in question.options)
        case Numeric():
            exact, margin = Decimal(repr(question.answer)), Decimal(repr(question.tolerance))
            return "numeric", (exact - margin, exact + margin)
        case ShortAnswer():
            return "short", tuple(plain(text) for text in question.answers)
        case Matching():
            return "pairs", tuple((line(pair.left), plain(pair.right)) for pair in question.pairs)
        case Ordering():
            return "pairs", tuple((f"{n}.", plain(item)) for n, item in enumerate(question.items, 1))


def plain(text: str) -> str:
    """What is left when nothing is formatted."""
    return html.unescape(re.sub(r"<[^>]+>", "", line(text)))
