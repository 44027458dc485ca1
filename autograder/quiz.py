"""Quiz questions: their types, what an author can get wrong in them, and the marking of an answer.

A student's answer is the source of a notebook cell. `read_answer` takes the value out of its syntax tree; nothing of it
is ever executed. All-or-nothing: a question earns all of its points or none. How questions look in a notebook or an LMS
is for others; `options`, `letters` and `shown` say what stands behind a), b), c).
"""

from __future__ import annotations

import hashlib
import string
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from autograder.answers import (
    Answer,
    AnswerError,
    as_letters,
    as_number,
    as_option_letter,
    as_texts,
    as_truth,
    normal_text,
    read_answer,
)

__all__ = ["AnswerError", "Mark", "Question", "mark", "read_answer"]

LETTERS = string.ascii_lowercase
MAX_OPTIONS = len(LETTERS)

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=5000, pattern=r"\S")]
Points = Annotated[int, Field(ge=1, le=1000)]


@dataclass(frozen=True)
class Mark:
    """What an answer earned; `message` is for the student."""

    outcome: Literal["pass", "fail", "error"]
    points: int
    message: str


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", use_attribute_docstrings=True)


class Feedback(_Model):
    """What the student reads after a right, or a wrong, answer."""

    right: str = ""
    """For a right answer: the reason in one sentence."""

    wrong: str = ""
    """For a wrong answer; it stands below what is said of the chosen options."""


def _option(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


class Option(_Model):
    """One option of a choice question."""

    text: Text
    """What students read."""

    right: bool = False
    """Whether it is right."""

    misconception: str = ""
    """For authors: what a student believes who chooses this. Never shown."""

    feedback: str = ""
    """What a student reads who chose it although it is wrong."""


class Pair(_Model):
    """Two things that belong together."""

    left: Text
    """Shown in the order of the file."""

    right: Text
    """Shown in another order."""


class _Question(_Model):
    id: Id
    """Its name in notebooks and in the gradebook."""

    question: Text
    """What students answer; Markdown."""

    points: Points
    """What a right answer earns; a wrong one earns 0."""

    feedback: Feedback = Feedback()
    """What students read afterwards."""


class TrueFalse(_Question):
    """A statement that is true or false; answered with `answer = True`."""

    type: Literal["true-false"]
    answer: bool
    """Whether the statement is true."""

    misconception: str = ""
    """For authors: what a student believes who gets this wrong. Never shown."""


def _as_list(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


AnyOption = Annotated[Option, BeforeValidator(_option, json_schema_input_type=Option | Text)]
Chosen = Annotated[
    tuple[Text, ...], BeforeValidator(_as_list, json_schema_input_type=Text | tuple[Text, ...])
]


class _Choice(_Question):
    options: tuple[AnyOption, ...] = Field(min_length=2, max_length=MAX_OPTIONS)
    """At least two; the right ones are marked with `right: true`. An option may be written as its text alone."""

    answer: Chosen = ()
    """Another way to mark the right options: their texts, or their letters."""

    @model_validator(mode="before")
    @classmethod
    def _mark_right_options(cls, data: Any) -> Any:
        """Options that `answer` names become `right`, so that everyone after this has one place to look."""
        if not isinstance(data, dict) or not isinstance(data.get("options"), tuple):
            return data
        options = [_option(option) for option in data["options"]]
        texts = [option.get("text") if isinstance(option, dict) else None for option in options]
        for number in _named(_as_list(data.get("answer", ())), texts):
            options[number] = {**options[number], "right": True}
        return {**data, "options": tuple(options)}

    @property
    def letters(self) -> tuple[str, ...]:
        """The letter of each option, in the order of the file."""
        return tuple(LETTERS[: len(self.options)])

    @property
    def right_letters(self) -> tuple[str, ...]:
        """The letters of the right options."""
        return tuple(letter for letter, option in zip(LETTERS, self.options, strict=False) if option.right)


def _named(answers: Any, texts: Sequence[Any]) -> Iterator[int]:
    """The numbers of the options that *answers* name, by text or by letter."""
    for answer in answers if isinstance(answers, tuple) else ():
        number = option_number(answer, texts)
        if number is not None:
            yield number


def option_number(answer: Any, texts: Sequence[Any]) -> int | None:
    """Which option an author's `answer` names, by its text or its letter, counting from 0."""
    if not isinstance(answer, str):
        return None
    known = [text if isinstance(text, str) else "" for text in texts]
    if answer in known:
        return known.index(answer)
    if (place := _only_place(answer, known)) is not None:
        return place
    letter = as_option_letter(answer)
    return LETTERS.index(letter) if letter and letter in LETTERS[: len(texts)] else None


class SingleChoice(_Choice):
    """One option is right; answered with its letter: `answer = "b"`."""

    type: Literal["single-choice"]


class SeveralChoices(_Choice):
    """One option or more are right; answered with all of their letters: `answer = ["a", "c"]`."""

    type: Literal["several-choices"]


class Numeric(_Question):
    """A number; right if it is at most `tolerance` away from `answer`."""

    type: Literal["numeric"]
    answer: float
    """The right number."""

    tolerance: float = 0.0
    """How far from it an answer may lie."""


class ShortAnswer(_Question):
    """A word or two; right if it is one of `answers`, upper and lower case and blanks aside."""

    type: Literal["short-answer"]
    answers: tuple[Text, ...] = Field(min_length=1)
    """Every spelling that is right."""


class Ordering(_Question):
    """Items to be put in order; they stand in the right order in the file and are shown in another."""

    type: Literal["ordering"]
    items: tuple[Text, ...] = Field(min_length=2, max_length=MAX_OPTIONS)
    """In the right order."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The items as students see them, behind a), b), c)."""
        return _shuffled(self.id, self.items)

    @property
    def solution(self) -> tuple[str, ...]:
        """The letters in the right order."""
        return tuple(LETTERS[self.shown.index(item)] for item in self.items)


class Matching(_Question):
    """Pairs to be found; the right sides are shown in another order."""

    type: Literal["matching"]
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=MAX_OPTIONS)
    """What belongs together; each left and each right side only once."""

    @property
    def left(self) -> tuple[str, ...]:
        """The left sides as students see them, behind 1., 2., 3."""
        return tuple(pair.left for pair in self.pairs)

    @property
    def shown(self) -> tuple[str, ...]:
        """The right sides as students see them, behind a), b), c)."""
        return _shuffled(self.id, tuple(pair.right for pair in self.pairs))

    @property
    def solution(self) -> tuple[str, ...]:
        """For each left side the letter of its right side."""
        return tuple(LETTERS[self.shown.index(pair.right)] for pair in self.pairs)


Question = TrueFalse | SingleChoice | SeveralChoices | Numeric | ShortAnswer | Ordering | Matching
AnyQuestion = Annotated[Question, Field(discriminator="type")]


def mark(question: Question, source: str) -> Mark:
    """What the cell *source* earns for *question*. The message never holds the right answer, unless the author's does."""
    try:
        answer = read_answer(source)
        if answer is None:
            return Mark("fail", 0, "no answer was given")
        right, remarks = _MARKERS[type(question)](question, answer)
    except AnswerError as error:
        return Mark("error", 0, error.message)
    if right:
        return Mark("pass", question.points, question.feedback.right.strip())
    sentences = [*remarks, question.feedback.wrong]
    return Mark("fail", 0, "\n".join(sentence.strip() for sentence in sentences if sentence.strip()))


_Verdict = tuple[bool, list[str]]


def _mark_true_false(question: TrueFalse, answer: Answer) -> _Verdict:
    given = as_truth(answer)
    return given is question.answer, [f"your answer `{given}` is not right"]


def _mark_single_choice(question: SingleChoice, answer: Answer) -> _Verdict:
    chosen = _chosen(question, answer)
    if len(set(chosen)) != 1:
        raise AnswerError('choose one option: write its letter, such as `answer = "b"`')
    return chosen[0] in question.right_letters, _remarks(question, chosen[:1])


def _mark_several_choices(question: SeveralChoices, answer: Answer) -> _Verdict:
    chosen = sorted(set(_chosen(question, answer)))
    right = set(question.right_letters)
    remarks = _remarks(question, [letter for letter in chosen if letter not in right])
    if right - set(chosen):
        remarks.append("something that is right was not chosen")
    return set(chosen) == right, remarks


def _chosen(question: SingleChoice | SeveralChoices, answer: Answer) -> tuple[str, ...]:
    """The letters of the chosen options; an option may also be given by its whole text."""
    places = [_only_place(text, [option.text for option in question.options]) for text in as_texts(answer)]
    if places and None not in places:
        return tuple(LETTERS[place] for place in places if place is not None)
    letters = as_letters(answer)
    _require_known(letters, len(question.options))
    return letters


def _only_place(text: str, texts: Sequence[str]) -> int | None:
    """Where *text* stands in *texts*, if that is clear: as it is, or upper and lower case and blanks aside."""
    if as_option_letter(text):
        return None
    for form in (str.strip, normal_text):
        forms = [form(one) for one in texts]
        if forms.count(form(text)) == 1:
            return forms.index(form(text))
    return None


def _require_known(letters: Sequence[str], count: int) -> None:
    for letter in letters:
        if letter not in LETTERS[:count]:
            raise AnswerError(f"there is no option {letter}); the last one is {LETTERS[count - 1]})")


def _remarks(question: SingleChoice | SeveralChoices, wrong: Sequence[str]) -> list[str]:
    remarks = []
    for letter in wrong:
        feedback = question.options[LETTERS.index(letter)].feedback.strip()
        remarks.append(f"{letter}) {feedback}" if feedback else f"{letter}) is not right")
    return remarks


def _mark_numeric(question: Numeric, answer: Answer) -> _Verdict:
    given = as_number(answer)
    # decimals as they were typed: in floats, 0.51 would lie more than 0.01 away from 0.5
    distance = abs(given - Decimal(repr(question.answer)))
    return distance <= Decimal(repr(question.tolerance)), [f"your answer {_number_text(given)} is not right"]


def _number_text(number: Decimal) -> str:
    return f"{number:.10g}"


def _mark_short_answer(question: ShortAnswer, answer: Answer) -> _Verdict:
    if isinstance(answer, tuple | bool):
        raise AnswerError('the answer must be a text: write `answer = "..."`')
    given = normal_text(str(answer))
    if len(given) > 200:
        raise AnswerError("the answer must be a few words, not more than 200 characters")
    return given in {normal_text(text) for text in question.answers}, [f"your answer `{given}` is not right"]


def _mark_order(question: Ordering | Matching, answer: Answer) -> _Verdict:
    count = len(question.solution)
    places = [_only_place(text, question.shown) for text in as_texts(answer)]
    if places and None not in places:
        letters = tuple(LETTERS[place] for place in places if place is not None)
    else:
        letters = as_letters(answer)
        _require_known(letters, count)
    if len(letters) != count or len(set(letters)) != count:
        example = ", ".join(f'"{letter}"' for letter in (*LETTERS[1:count], "a"))
        raise AnswerError(f"use each of the {count} letters once, such as `answer = [{example}]`")
    wrong = "the order is not right" if isinstance(question, Ordering) else "not all pairs are right"
    return letters == question.solution, [wrong]


_MARKERS: dict[type[_Question], Callable[[Any, Answer], _Verdict]] = {
    TrueFalse: _mark_true_false,
    SingleChoice: _mark_single_choice,
    SeveralChoices: _mark_several_choices,
    Numeric: _mark_numeric,
    ShortAnswer: _mark_short_answer,
    Ordering: _mark_order,
    Matching: _mark_order,
}


def _shuffled(seed: str, items: tuple[str, ...]) -> tuple[str, ...]:
    """*items* in an order that looks random, is always the same, and is never the given one."""
    order = sorted(items, key=lambda item: hashlib.sha256(f"{seed}\n{item}".encode()).digest())
    if tuple(order) == items:
        order = order[1:] + order[:1]
    return tuple(order)
