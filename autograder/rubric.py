"""What an author writes for a free-text exercise: concepts, misconceptions, examples, as strict and frozen types.

Only what a value can say by itself is judged here; whether a rubric does what its author means is for `freetext.lint`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from autograder.patterns import PatternError, check_pattern, check_slot

Synonyms = Mapping[str, str]

_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
_Words = Annotated[str, Field(min_length=1, max_length=5000, pattern=r"\S")]


def _pattern(text: str) -> str:
    try:
        return check_pattern(text)
    except PatternError as error:
        raise _reported(error) from None


def _slot(text: str) -> str:
    try:
        return check_slot(text)
    except PatternError as error:
        raise _reported(error) from None


def _reported(error: PatternError) -> PydanticCustomError:
    return PydanticCustomError("pattern", "{problem}", {"problem": error.message, "hint": error.hint})


PatternText = Annotated[str, AfterValidator(_pattern)]
SlotText = Annotated[str, AfterValidator(_slot)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Conditional(_Model):
    """A consequence that counts only with its condition: *then* it overshoots, *when* large, *unless* small.

    The condition nearest to the consequence decides. Said of a word in `aside`, a condition is none ("a large number of
    steps", "the loss is high"). With `swaps: false` the consequence may follow from the opposite condition, too, and is
    then simply not credited. Without `when` it counts wherever no word of `unless` stands in it or right beside it.
    """

    then: PatternText
    when: SlotText | None = None
    unless: SlotText | None = None
    aside: SlotText | None = None
    swaps: bool = True


Pattern = PatternText | Conditional


def _some(patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    # a `min_length` would complain a second time about each list whose only pattern is faulty
    if not patterns:
        raise PydanticCustomError(
            "too-few", "needs at least one pattern", {"hint": "write the words that an answer must hold"}
        )
    return patterns


Patterns = Annotated[tuple[Pattern, ...], AfterValidator(_some)]


class Statement(_Model):
    """Something that an answer can say; one pattern of `any` is enough to find it."""

    id: _Id
    label: _Words
    any: Patterns

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """All patterns."""
        return self.any


class Presumption(_Model):
    """A condition of which something is said that no pattern reads: "too big and it zorbles".

    Who names the condition usually knows what comes of it. What is said of it ends where a word of `unless` stands; behind
    a word of `harmless` nothing counts, up to a "but" ("too big is better"). Said of a word in `aside`, it is no condition.
    """

    when: SlotText
    unless: SlotText
    harmless: SlotText | None = None
    aside: SlotText | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """All pattern texts."""
        return tuple(text for text in (self.when, self.unless, self.harmless, self.aside) if text)


class Concept(Statement):
    """Something that a good answer says, worth `points` however often it is said.

    `weak` are phrasings that often mean it, but not always (pictures, vague words): they are credited, too, and a person
    looks. So is what is presumed, which only counts where nothing else speaks for or against the concept.
    """

    points: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
    weak: tuple[Pattern, ...] = ()
    presume: Presumption | None = None

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """All patterns, the weak ones last."""
        return (*self.any, *self.weak)


class Misconception(Statement):
    """Something that is wrong; saying it takes off `deduct` points and asks for a person.

    `denies` names the concepts that it contradicts: who says "there is no momentum in Adam" earns nothing for momentum,
    whatever else is said of it. It is found, too, where all concepts of `when_denied` are denied and none is claimed:
    "a large rate does not overshoot, nor is a small one slow" says that the rate has no effect.
    """

    denies: tuple[_Id, ...] = ()
    when_denied: tuple[_Id, ...] = ()


class Example(_Model):
    """An answer of which the author knows what it says: a test of the rubric, and a neighbour for later answers."""

    answer: _Words
    items: tuple[_Id, ...] = ()
    misconceptions: tuple[_Id, ...] = ()


class About(_Model):
    """Whom the question is about: what is said of the `others` does not count."""

    this: SlotText
    others: SlotText


class TextDefaults(_Model):
    """What holds for all free-text exercises of a course."""

    max_words: Annotated[int, Field(ge=5, le=5000)] = 150
    step: Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)] = 0.5
    deduct: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] = 0.5
    terms: SlotText | None = None
    """Words of the subject: an answer that earns points with fewer than two of them speaks in pictures."""

    agreement: Annotated[float, Field(ge=0, le=1)] = 0.8
    """The share of labelled answers that the test bench must get right to within half a point."""


@dataclass(frozen=True)
class Rubric:
    """All that decides what is suggested for an answer to one question."""

    question: str
    points: float
    concepts: tuple[Concept, ...]
    misconceptions: tuple[Misconception, ...] = ()
    examples: tuple[Example, ...] = ()
    defaults: TextDefaults = field(default_factory=TextDefaults)
    synonyms: Synonyms = field(default_factory=dict)
    about: About | None = None

    @property
    def hash(self) -> str:
        """A short name of everything that decides a suggestion; examples and the bench's threshold do not."""
        models = (*self.concepts, *self.misconceptions, self.defaults, *([self.about] if self.about else []))
        parts = [self.question, self.points, dict(sorted(self.synonyms.items()))]
        parts += [type(one).__name__ for one in models]
        parts += [one.model_dump(mode="json", exclude={"agreement"}) for one in models]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]
