"""Says whether a word of size is a condition at all: not in "how big it is", "a large number of steps", "I lower it"."""

from __future__ import annotations

from autograder.freetext.matching import CompiledSlot, Place, Text
from autograder.freetext.reading import JOINED

_LINKS = frozenset(
    """is are was were be been being get gets getting got become becomes remain remains stay stays too very so quite
    really extremely much far still again also will would can could may might even more at a does do did not must keeps starts""".split()
)
_BEGINNING = frozenset("start starts started starting begin begins".split())
_ACTIONS = frozenset("lower decrease increase raise".split())
_ACTORS = frozenset("i we you one people then".split())
_ADVERBS = frozenset("slightly largely highly hugely".split())
_BECOMING = frozenset("get become grow".split())
_QUANTITIES = frozenset("number amount quantity".split())
COPULAS = frozenset("is are was were be being gets become becomes".split())
_DEGREES = frozenset("much far hard strongly fast quickly little gently weakly softly slowly".split())
OPENING = frozenset("if when whenever with for at by using".split())
RESULT_CUES = frozenset("if when because".split())


def is_degree(text: Text, place: Place) -> bool:
    """Whether a size only says how much: "how big it is", "as small as possible", "it moves a little"."""
    words = text.words
    row = [word.text for word in words[max(0, place.first - 2) : place.first]]
    before = row[-1] if row else ""
    behind = words[place.last + 1].text if place.last + 1 < len(words) else ""
    opening = words[place.first].text
    if opening == "with" and before in _BEGINNING:
        return True  # "start with 0.001" is no excess
    denied = (before == "not" and opening != "be") or (
        row[:1] == ["not"] and before in _BECOMING and behind == "but"
    )
    return (
        before == "how"
        or (denied and behind != "enough")  # "it does not decrease", "a rate that is not high"
        or (before == behind == "as")
        or (before == "a" and opening == "little")
        or _is_action(text, place)
        or opening in _ADVERBS  # "slightly below it"
        or row in (["instead", "of"], ["rather", "than"])  # "it gets bigger instead of smaller"
    )


def _is_action(text: Text, place: Place) -> bool:
    """Whether somebody makes something larger or smaller because of what happened: "when it explodes, I lower it"."""
    words = text.words
    before = words[place.first - 1].text if place.first else ""
    if words[place.first].text not in _ACTIONS or before not in _ACTORS:
        return False
    clause = [
        word.text
        for word in words[max(0, place.first - 4) : place.first]
        if word.clause == words[place.first].clause
    ]
    return RESULT_CUES.isdisjoint(clause)


def nouns_of(text: Text, aside: CompiledSlot | None) -> frozenset[int]:
    """The places of all words of which a condition is none."""
    places = text.places(aside) if aside else ()
    return frozenset(number for place in places for number in range(place.first, place.last + 1))


def is_said_of(text: Text, place: Place, nouns: frozenset[int]) -> bool:
    """Whether a condition word describes one of *nouns*: "a large number", "the loss is too high"."""
    words = text.words
    if not nouns:
        return False
    if nouns.intersection(range(place.first, place.last + 1)):
        return True
    ends = place.first > 0 and words[place.first - 1].text in COPULAS  # "if it is massive gradients explode"
    behind = words[place.last + 2].text if place.last + 2 < len(words) else ""
    if place.last + 1 in nouns and words[place.last + 1].text in _QUANTITIES and behind != "of":
        # "a large number" is a value, "a large number of steps" and "by a small amount" are none
        return any(word.text == "by" for word in words[max(0, place.first - 2) : place.first])
    if place.last + 1 in nouns and not ends:
        return place.last + 1 >= len(words) or not words[place.last + 1].joint
    if place.first > 0 and words[place.first - 1].text in ("a", "an"):
        return False  # "near the minimum a large rate jumps around"
    back = place.first
    while back > 0 and not words[back].joint and place.first - back < 4:
        back -= 1
        if words[back].sentence != words[place.first].sentence:
            return False
        if back in nouns:
            return not _is_the_value(text, back) and not _is_factor(text, back, place.first)
        if words[back].text not in _LINKS:
            return False
    return False


def _is_the_value(text: Text, place: int) -> bool:
    """Whether "number" means the value that is asked for: "if this number is large", but not "the number of steps"."""
    words = text.words
    behind = words[place + 1].text if place + 1 < len(words) else ""
    pointed = place > 0 and words[place - 1].text in ("this", "that", "the")
    return pointed and words[place].text in _QUANTITIES and behind != "of"


def _is_factor(text: Text, place: int, size: int) -> bool:
    """Whether "times" says how much: "a hundred times too high"."""
    words = text.words
    return words[place].text == "times" and all(word.text == "too" for word in words[place + 1 : size])


def without_outcomes(text: Text, named: list[tuple[Place, bool]]) -> list[tuple[Place, bool]]:
    """*named* without what a case that was opened comes to: "with a low one it hurries too much" is about a low one."""
    return [one for one in named if not _is_outcome(text, one, named)]


def _is_outcome(text: Text, one: tuple[Place, bool], named: list[tuple[Place, bool]]) -> bool:
    words, (place, side) = text.words, one
    if (
        place.last != place.first + 1
        or words[place.last].text not in _DEGREES
        or words[place.first].text != "too"
    ):
        return False
    return any(
        other is not side
        and 0 < place.first - before.last <= 6
        and words[before.first].sentence == words[place.first].sentence
        and all(word.joint != JOINED for word in words[before.last + 1 : place.first])
        and any(word.text in OPENING for word in words[max(0, before.first - 4) : before.first + 1])
        for before, other in named
    )
