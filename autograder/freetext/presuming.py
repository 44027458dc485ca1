"""Finds a condition of which an answer says something that no pattern reads: "too big and it zorbles".

Who writes "too big" in an answer about sizes nearly always goes on with what comes of it, in words that no list holds.
Whether that earns anything is for `matcher`; it never does without a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from autograder.freetext import negation, routes
from autograder.freetext.matching import Match, Place, Presumed, Text, is_said_of, nouns_of
from autograder.freetext.negation import Negation

FARTHEST = 15
"""So many words behind a condition (or before it) are looked at."""

_CUES = frozenset("if when whenever with by because through as since from at".split())
_ROOM = frozenset("between".split())


def find_presumed(text: Text, presumed: Presumed, question: Collection[str]) -> list[Match]:
    """Each place where the condition stands and something is said of it that the *question* did not say."""
    ends = {place.first for slot in (presumed.when, presumed.unless) for place in text.places(slot)}
    nouns = nouns_of(text, presumed.aside)
    found = []
    for place in text.places(presumed.when):
        if _is_denied(text, place) or is_said_of(text, place, nouns):
            continue
        said = [*_behind(text, place, ends, question)] or [*_before(text, place, ends, question)]
        if said:
            found.append(Match("found", tuple(sorted({*range(place.first, place.last + 1), *said}))))
    return found


def _is_denied(text: Text, place: Place) -> bool:
    """Whether a condition is not to be met: "neither too big nor too small", "between too big and too small"."""
    sure, _ = negation.before(text.reading, text.negators, place.first)
    words = text.words
    sentence = words[place.first].sentence
    near = words[max(0, place.first - 8) : place.first]
    return sure is not Negation.NO or any(
        word.text in _ROOM and word.sentence == sentence for word in near
    )


def _behind(text: Text, place: Place, ends: set[int], question: Collection[str]) -> Iterator[int]:
    """The places of the words behind a condition that say something."""
    for number in range(place.last + 1, min(place.last + 1 + FARTHEST, len(text.words))):
        if text.words[number].sentence != text.words[place.first].sentence or number in ends:
            return
        if routes.tells(text.words[number].text, question):
            yield number


def _before(text: Text, place: Place, ends: set[int], question: Collection[str]) -> Iterator[int]:
    """The same for the words before it: "it zorbles if the rate is too big"."""
    words = text.words
    cue = next(
        (
            number
            for number in range(place.first - 1, max(-1, place.first - 6), -1)
            if words[number].text in _CUES and words[number].sentence == words[place.first].sentence
        ),
        -1,
    )
    for number in range(cue - 1, max(-1, cue - 1 - FARTHEST), -1):
        if words[number].sentence != words[place.first].sentence or number in ends:
            return
        if routes.tells(text.words[number].text, question):
            yield number
