"""Finds a condition of which an answer says something that no pattern reads: "too big and it zorbles".

Who writes "too big" in an answer about sizes nearly always goes on with what comes of it, in words that no list holds.
Whether that earns anything is for `matcher`; it never does without a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from autograder.freetext import negation, routes
from autograder.freetext.lexicon import FUNCTION_WORDS
from autograder.freetext.matching import Match, Place, Presumed, Text
from autograder.freetext.negation import Negation
from autograder.freetext.sizes import COPULAS, is_said_of, nouns_of

FARTHEST = 15
"""So many words behind a condition (or before it) are looked at."""

_CUES = frozenset("if when whenever with by because through as since from at".split())
_CONTRASTS = frozenset("but yet however though although".split())
_REQUIRING = frozenset("to must should".split())
_LINKING = COPULAS | frozenset(
    "has have had means mean cause causes give gives lead leads to go goes work works run runs very really".split()
)
_NO_EXCESS = negation.ENOUGH | {"how", "as", "reasonably"}
_STARTS = frozenset(
    "start starts started starting begin begins beginning first always want wants prefer prefers stay stays remain remains".split()
)
_ROOM = 8
"""So many words before a condition "between" makes it a limit: "between too big and too small"."""


@dataclass(frozen=True)
class _Marks:
    """The places where what is said of a condition ends, and of words that are no harm."""

    ends: frozenset[int]
    harmless: frozenset[int]
    question: Collection[str]


def find_presumed(text: Text, presumed: Presumed, question: Collection[str]) -> list[Match]:
    """Each place where the condition stands and something is said of it that the *question* did not say."""
    named = _longest(text.places(presumed.when))
    marks = _Marks(
        frozenset(place.first for place in (*named, *text.places(presumed.unless))),
        frozenset(place.first for place in (text.places(presumed.harmless) if presumed.harmless else ())),
        question,
    )
    nouns = nouns_of(text, presumed.aside)
    found = []
    for place in named:
        if _is_none(text, place) or _is_denied(text, place) or is_said_of(text, place, nouns):
            continue
        if _is_choice(text, place, marks.ends):
            continue
        said = _behind(text, place, marks) or _before(text, place, marks)
        if said:
            found.append(Match("found", tuple(sorted({*range(place.first, place.last + 1), *said}))))
    return found


def _longest(places: Sequence[Place]) -> list[Place]:
    """The places that do not lie within another: "too big" and not its "big"."""
    longest: list[Place] = []
    for one in sorted(places, key=lambda place: (place.first, -place.last)):
        if not longest or one.last > longest[-1].last:
            longest.append(one)
    return longest


def _is_none(text: Text, place: Place) -> bool:
    """Whether a size is no condition: "how big it is", "as large as possible", "we start with a large one"."""
    words = text.words
    before = range(max(0, place.first - 4), place.first)
    row = [word.text for word in words[max(0, place.first - 2) : place.first]]
    return (
        (row[1:] == ["be"] and row[0] in _REQUIRING)  # "it has to be large at first"
        or (place.first > 0 and words[place.first - 1].text in _NO_EXCESS)
        or negation.turns(text.reading, place.first, place.last)
        or (place.last + 1 < len(words) and words[place.last + 1].text == "enough")
        or any(
            words[one].text in _STARTS and words[one].clause == words[place.first].clause for one in before
        )
        or _describes_a_stranger(text, place)
    )


def _is_choice(text: Text, place: Place, ends: Collection[int]) -> bool:
    """Whether a size stands beside another one: "whether we take giant or tiny steps"."""
    words = text.words
    behind = place.last + 2 in ends and words[place.last + 1].text == "or"
    return behind or (place.first - 2 in ends and words[place.first - 1].text == "or")


def _describes_a_stranger(text: Text, place: Place) -> bool:
    """Whether a size belongs to a noun that the rubric does not know: "a big topic", and not "if it is big"."""
    words = text.words
    noun = place.last + 1
    if noun >= len(words) or words[noun].joint or words[noun].sentence != words[place.first].sentence:
        return False
    predicate = place.first > 0 and words[place.first - 1].text in COPULAS
    return not predicate and not text.meant[noun] and words[noun].text not in FUNCTION_WORDS


def _is_denied(text: Text, place: Place) -> bool:
    """Whether a condition is not to be met: "neither too big nor too small", "between too big and too small"."""
    sure, _ = negation.before(text.reading, text.negators | text.wishes, place.first)
    near = text.words[max(0, place.first - _ROOM) : place.first]
    sentence = text.words[place.first].sentence
    return (
        sure is not Negation.NO
        or any(word.text == "between" and word.sentence == sentence for word in near)
        or negation.is_disputed(text.reading, place.first, place.last)
    )


def _behind(text: Text, place: Place, marks: _Marks) -> list[int]:
    """The places of the words behind a condition that say something."""
    return _said(text, range(place.last + 1, place.last + 1 + FARTHEST), place, marks)


def _before(text: Text, place: Place, marks: _Marks) -> list[int]:
    """The same for the words before it: "it zorbles if the rate is too big"."""
    words = text.words
    near = range(place.first - 1, max(-1, place.first - 6), -1)
    cue = next((one for one in near if words[one].text in _CUES), 0)
    return _said(text, range(cue - 1, cue - 1 - FARTHEST, -1), place, marks)


def _is_subject(text: Text, said: Sequence[int], place: int) -> bool:
    """Whether words only name what the one at *place* is said of: "with a large one the convergence is faster"."""
    words = text.words
    links = words[place - 1].text in _LINKING and len(said) <= 2
    return links and all(text.meant[one] or words[one].text in _LINKING for one in said)


def _said(text: Text, places: Iterable[int], condition: Place, marks: _Marks) -> list[int]:
    words = text.words
    said: list[int] = []
    spoilt = False
    for number in places:
        outside = not 0 <= number < len(words) or number in marks.ends
        if outside or words[number].sentence != words[condition.first].sentence:
            break
        if number in marks.harmless:
            if said and not _is_subject(text, said, number):
                break
            said, spoilt = [], True
        elif words[number].text in _CONTRASTS:
            spoilt = False
        elif not spoilt and routes.tells(words[number].text, marks.question):
            said.append(number)
    return said
