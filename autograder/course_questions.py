"""The rules of `validate` about one quiz question: a right option, no option twice, numbers that can be reached."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.answers import normal_text
from autograder.errors import did_you_mean
from autograder.quiz import (
    LETTERS,
    Matching,
    Numeric,
    Ordering,
    Question,
    SeveralChoices,
    ShortAnswer,
    SingleChoice,
    option_number,
)


@dataclass(frozen=True)
class Fault:
    """Something wrong in a question whose types are right; `at` is the way to it from the question."""

    at: tuple[str | int, ...]
    message: str
    rule: str
    hint: str = ""


def find_question_faults(question: Question) -> Iterator[Fault]:
    """What an author got wrong in *question* although every value has the right type."""
    match question:
        case SingleChoice() | SeveralChoices():
            yield from _choice_faults(question)
        case Numeric():
            yield from _numeric_faults(question)
        case ShortAnswer():
            yield from _repeated(("answers",), question.answers)
        case Ordering():
            yield from _repeated(("items",), question.items)
        case Matching():
            yield from _repeated(("pairs",), [pair.left for pair in question.pairs], "left")
            yield from _repeated(("pairs",), [pair.right for pair in question.pairs], "right")


def _choice_faults(question: SingleChoice | SeveralChoices) -> Iterator[Fault]:
    yield from _repeated(("options",), [option.text for option in question.options], "text")
    texts = [option.text for option in question.options]
    for answer in question.answer:
        if option_number(answer, texts) is None:
            message = f"`answer` is `{answer}`, which is not among the options"
            yield Fault(("answer",), message, "quiz-answer", did_you_mean(answer, texts))
    right = question.right_letters
    if not right and not question.answer:
        yield Fault(
            ("options",),
            "no option is right",
            "quiz-no-right-option",
            "mark the right one with `right: true`",
        )
    if isinstance(question, SingleChoice):
        for letter in right[1:]:
            yield Fault(
                ("options", LETTERS.index(letter), "right"),
                f"{letter}) is marked as right, and so is {right[0]}); in a single choice only one can be",
                "quiz-several-right-options",
                "use the type `several-choices` if more than one is right",
            )


def _numeric_faults(question: Numeric) -> Iterator[Fault]:
    if not math.isfinite(question.answer):
        yield Fault(("answer",), f"`answer` is {question.answer}, which nobody can reach", "quiz-number")
    if not math.isfinite(question.tolerance) or question.tolerance < 0:
        message = f"`tolerance` is {question.tolerance:g}; it must be a finite number, 0 or more"
        yield Fault(
            ("tolerance",), message, "quiz-tolerance", "`tolerance: 0.01` accepts 0.01 more and 0.01 less"
        )


def _repeated(at: tuple[str, ...], texts: Sequence[str], key: str = "") -> Iterator[Fault]:
    counts: Counter[str] = Counter()
    for number, text in enumerate(texts):
        # short answers are compared without case; of options, `The` and `the` are two
        form = normal_text(text) if at == ("answers",) else " ".join(text.split())
        counts[form] += 1
        if counts[form] == 2:
            way: tuple[str | int, ...] = (*at, number, key) if key else (*at, number)
            message = f"`{text}` is there twice"
            yield Fault(way, message, "quiz-repeated", "change one of them or leave it out")
