"""Decides of whom a sentence speaks: a property that an answer gives to another optimizer does not count for Adam."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from autograder.freetext.matching import CompiledSlot, Text
from autograder.freetext.negation import NEGATORS, is_disputed
from autograder.freetext.sizes import COPULAS

_LEADERS = frozenset(
    """the a an and but while whereas because since also so thus plain vanilla simple normal standard basic pure
    classic classical ordinary usual regular original with for in using when if though although however on as then
    which that where unless until therefore other another most methods optimizers optimizer algorithm algorithms
    method methods e g""".split()
)
"""Words that may stand between the beginning of a clause and its subject."""

_COMPARING = frozenset(
    "unlike compared contrast comparison opposed versus vs than instead rather contrary".split()
)
_COMBINING = frozenset(
    """combine combines combining combined combination advantage advantages benefit benefits mix mixes mixture merge
    merges unify unifies unites unite best blend blends based extends extension equals takes inherits""".split()
)
_AT_ONCE = frozenset("together combined jointly".split())
"""In a sentence with one of these, what is named is combined, also where it is named first."""

_HAVING = frozenset("has have does uses use is gets joins offers".split())
_ATTRIBUTED = frozenset("scaling type style like idea trick part component".split())
"""Behind another's name, these make it a property: "RMSprop-like scaling gives every weight its step"."""

_ASIDES = frozenset("as while whereas although though since where because".split())
_RELATIVE = frozenset("which that where who whose".split())
_CARRIED = frozenset("it this they its their these".split())


_ANSWERS = frozenset(
    "does do decides tells says sets determines controls comes is fixes gives adds provides".split()
)
_LEADS_TO = frozenset("need needs have use job task role purpose up by from what introduce".split())
_HANDED_OVER = 12
"""So many words behind a denial the subject itself may take it up."""


def hands_over(text: Text, first: int, last: int, this: CompiledSlot | None) -> bool:
    """Whether what is denied of something is at once said of the subject: "the slope does not tell how far; the rate does"."""
    words = text.words
    own = [] if this is None else text.places(this)
    if is_disputed(text.reading, first, last):
        return False
    if any(one.first < first and words[one.first].sentence == words[first].sentence for one in own):
        return False
    for one in own:
        if (
            not last < one.first <= last + _HANDED_OVER
            or words[one.first].sentence > words[last].sentence + 1
        ):
            continue
        behind = [word.text for word in words[one.last + 1 : one.last + 3]]
        row = words[last + 1 : one.first]
        between = {word.text for word in row}
        leading = {word.text for word in row if word.sentence == words[one.first].sentence}
        taken_up = not _ANSWERS.isdisjoint(behind[:1]) or not leading.isdisjoint(_LEADS_TO)
        if taken_up and NEGATORS.isdisjoint(between.union(behind)):
            return True
    return False


def about_others(text: Text, this: CompiledSlot | None, others: CompiledSlot | None) -> frozenset[int]:
    """The places of the words that speak of something else than what was asked."""
    if others is None or not (elsewhere := {place.first for place in text.places(others)}):
        return frozenset()
    own = {place.first for place in text.places(this)} if this else set()
    words = text.words
    found: set[int] = set()
    together: set[int] = set()
    other = relative = combining = aside = False
    sentence = clause = -1
    for number, word in enumerate(words):
        if word.sentence != sentence:
            sentence, combining = word.sentence, _at_once(text, number)
            other = other and _goes_on(text, number)
        combining = combining or word.text in _COMBINING
        if combining:
            together.add(word.sentence)
        if number in own:
            other = False
        elif word.clause != clause or number == 0:
            if relative or (aside and word.text == "but"):
                other = False  # "unlike SGD, which ..., it ..."; "..., as SGD is better there, but ..."
            subject = _subject(text, number, elsewhere)
            relative = word.text in _RELATIVE and _names(text, number - 1, elsewhere)
            named = subject >= 0 and not _shared(text, subject, own) and not _has_also(text, subject)
            # "it combines AdaGrad, which copes with ..., and ...": what is combined has their properties
            other = other or (not combining and (relative or named))
            aside = word.text in _ASIDES if named else aside
        clause = word.clause
        if other:
            found.add(number)
    for place in text.places(others):
        found |= _compared(text, place.first, place.last, combined=words[place.first].sentence in together)
    return frozenset(found)


def _at_once(text: Text, start: int) -> bool:
    """Whether the sentence that begins at *start* says that things are used together."""
    words = text.words
    sentence = itertools.takewhile(lambda word: word.sentence == words[start].sentence, words[start:])
    row = [word.text for word in sentence]
    has_both = any(one in _HAVING and other == "both" for one, other in itertools.pairwise(row))
    return has_both or not _AT_ONCE.isdisjoint(row)


def _compared(text: Text, first: int, last: int, *, combined: bool) -> set[int]:
    """What belongs to another's name: all words of a longer one if it is not used, and after "than" the rest of the clause."""
    words = text.words
    found = set(range(first, last + 1)) if last > first and not combined else set()
    if any(word.text == "than" for word in words[max(0, first - 2) : first]):
        for number in range(first, len(words)):
            if words[number].clause != words[first].clause:
                break
            found.add(number)
    return found


def _goes_on(text: Text, start: int) -> bool:
    """Whether a sentence goes on about the subject of the one before: "It needs ...", "A large one ..."."""
    words = text.words
    sentence = words[start].sentence
    row = [word.text for word in words[start : start + 5] if word.sentence == sentence]
    if "one" in row[1:3] and row[0] in ("a", "the"):
        return True  # "a large one needs more memory"
    return next((word in _CARRIED for word in row if word in _CARRIED or word not in _LEADERS), False)


def _names(text: Text, place: int, elsewhere: set[int]) -> bool:
    copula = text.words[place].text in COPULAS  # "what sets it apart from SGD is that ..." speaks of Adam
    return place in elsewhere or (place - 1 in elsewhere and not copula)


def _subject(text: Text, start: int, elsewhere: set[int]) -> int:
    """The place of another's name if it is what the clause at *start* begins with, else -1."""
    words = text.words
    for number in range(start, min(start + 5, len(words))):
        if number > start and words[number].clause != words[start].clause:
            return -1
        if number in elsewhere:
            attributed = number + 1 < len(words) and words[number + 1].text in _ATTRIBUTED
            return -1 if attributed else number
        if words[number].text in _COMPARING or words[number].text not in _LEADERS:
            return -1
    return -1


def _has_also(text: Text, subject: int) -> bool:
    """Whether a property is another's "also" or "too", and so the subject's as well."""
    words = text.words
    sentence = itertools.takewhile(
        lambda word: word.sentence == words[subject].sentence, words[subject : subject + 8]
    )
    row = [word.text for word in sentence]
    return "also" in row[1:6] or any(
        one == "too" and words[subject + place].after_comma for place, one in enumerate(row)
    )


def _shared(text: Text, subject: int, own: Sequence[int] | set[int]) -> bool:
    """Whether the clause speaks of both: "RMSprop and Adam", "SGD, like Adam,"."""
    return any(place in own for place in range(subject + 1, min(subject + 4, len(text.words))))
