"""Decides whether words of an answer stand under a negation, and which word negates them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import IntEnum

from autograder.freetext.reading import JOINED, Reading, Word

REACH = 4
"""How many words before a statement a negation reaches, within its clause; little words do not count."""

_FARTHEST = 12
_LONGEST_SENTENCE = 60
"""So many words before a statement may call it untrue; longer sentences are not looked through for each of theirs."""

ENOUGH = frozenset("sufficiently adequately suitably appropriately".split())
_LIMITS = frozenset("below under above beyond".split())
WIDE = frozenset({"neither", "nor"})
"""These deny all of their clause: "neither does a large rate, however chosen, make ..., nor ..."."""

_LITTLE = frozenset("the a an to of any its it be been being really ever very too so this that".split())

NEGATORS = frozenset(
    """not never no without neither nor none nothing hardly barely scarcely rarely seldom unlikely unable cant
    fail fails failed failing failure prevent prevents preventing prevented avoid avoids avoiding avoided
    impossible instead lack lacks lacking nobody cease ceases ceased refuse refuses dispense dispenses dispensing omit
    omits omitting forgo forgoes abandon abandons unrelated immune stop stops stopped""".split()
)
_KEEPING = frozenset(
    "keep keeps kept keeping protect protects saves hinder hinders discourage discourages".split()
)
AVOIDING = frozenset("prevent prevents preventing prevented avoid avoids avoiding avoided".split())
_WISHES = frozenset("want wants wish wishes like".split())
_UNTRUE = frozenset("untrue false incorrect wrong myth lie nonsense".split())
_POINTERS = frozenset("this that it which".split())
_PARTLY = frozenset("for always necessarily only entirely quite if when".split())
_BUTS = frozenset("but however yet".split())
_TRUE = frozenset("true correct right case fact".split())
_SAYING = frozenset("say says think believe claim agree mean means find see assume pretend".split())
CAUSED = frozenset("caused cause due because come comes result consequence related linked do depend".split())
_USELESS = frozenset("useless unnecessary pointless needless waste superfluous irrelevant harmful".split())
_LIKED = frozenset("popular used liked chosen famous preferred successful known".split())
_REASONS = frozenset("because since as".split())
_POINTED_AT = frozenset("it this that them".split())
_WHOM = frozenset("you us me one them".split())
_PRONOUNS = frozenset("it they you we i else".split())
_SOFTENERS = frozenset("only just merely simply necessarily".split())
_AUXILIARIES = frozenset(
    "is are was were does do did will would can could has have had should must may might be gets get".split()
)


class Negation(IntEnum):
    """How surely something is denied."""

    NO = 0
    PERHAPS = 1
    YES = 2


def negators(reading: Reading) -> tuple[int, ...]:
    """The positions of the words that negate something."""
    words = reading.words
    return tuple(
        place
        for place, word in enumerate(words)
        if (word.text in NEGATORS and not _is_idiom(reading, place)) or _keeps_from(reading, place)
    )


def _keeps_from(reading: Reading, place: int) -> bool:
    """Whether "from" says what does not happen: "keeps it from diverging"."""
    words = reading.words
    return words[place].text == "from" and any(
        word.text in _KEEPING and word.clause == words[place].clause
        for word in words[max(0, place - 4) : place]
    )


def wishes(reading: Reading) -> tuple[int, ...]:
    """The positions of the negators that belong to a wish, and deny nothing."""
    return tuple(place for place in range(len(reading.words)) if _is_unwanted(reading, place))


def _is_idiom(reading: Reading, place: int) -> bool:
    """Whether a negator denies nothing: "not only", "no matter", "no doubt", "why not"."""
    words = reading.words
    after = words[place + 1].text if place + 1 < len(words) else ""
    word = words[place].text
    if _precedes_enough(reading, place):
        return True  # "not small enough" turns the size round, and does not deny what follows from it
    if _is_unwanted(reading, place):
        return True  # who does not want it to overshoot says that it can
    if word == "not":
        return after in ("only", "just", "merely", "simply") or _is_not_alone(reading, place)
    if word == "no":
        return after in ("matter", "doubt", "wonder")
    return word == "instead" and after != "of"


def _is_not_alone(reading: Reading, place: int) -> bool:
    """Whether "not" belongs to an "only" or "alone" that ends its clause: "does not use the current one only"."""
    words = reading.words
    end = place + 1
    while end < len(words) and words[end].clause == words[place].clause:
        end += 1
    return words[end - 1].text in ("only", "alone") and end - place <= 2 * REACH


def _is_unwanted(reading: Reading, place: int) -> bool:
    """Whether a negation belongs to a wish: "we do not want it to explode, nor to wait"."""
    words = reading.words
    if place + 1 < len(words) and words[place].text in ("not", "nobody") and words[place + 1].text in _WISHES:
        return True
    if words[place].text not in WIDE:
        return False
    return any(
        words[one].text == "not" and words[one + 1].text in _WISHES
        for one in range(max(0, place - 2 * _FARTHEST), place)
        if words[one].sentence == words[place].sentence
    )


def _precedes_enough(reading: Reading, place: int) -> bool:
    if any(word.text in ENOUGH and not word.joint for word in reading.words[place + 1 : place + 4]):
        return True
    return any(word.text == "enough" and not word.joint for word in reading.words[place + 2 : place + 4])


def turns(reading: Reading, first: int, last: int) -> bool:
    """Whether the words from *first* to *last* stand in "not ... enough", "without a sufficiently ..." or "not kept below ..."."""
    words = reading.words
    if words[first].text in _LIMITS:
        near = [word for word in words[max(0, first - REACH) : first] if word.clause == words[first].clause]
        return any(word.text in NEGATORS or word.text == "unless" for word in near)
    if first and words[first - 1].text in ENOUGH:
        return any(word.text in NEGATORS for word in words[max(0, first - 4) : first])
    enough = last + 1 < len(words) and words[last + 1].text == "enough"
    return enough and any(word.text in NEGATORS for word in words[max(0, first - 2) : first])


def is_disputed(reading: Reading, first: int, last: int) -> bool:
    """Whether a sentence calls what it says untrue or useless: "it is a myth that ...", "... is a waste of time"."""
    words = reading.words
    colon = -1
    for place in range(first, max(0, first - _LONGEST_SENTENCE), -1):
        if words[place].sentence != words[first].sentence:
            break
        if words[place].text in _REASONS and words[place].after_comma:
            return False  # "it is not true that ..., because it diverges" says that it does
        if place < first and reading.after_colon(place + 1):
            colon = place + 1
        if words[place].text == "that" and _denies(words, place):
            # "it is not true that this and that is so: ..." goes on with what is true
            return colon < 0 or colon - place < 5
        if words[place].text == "because" and words[place].clause == words[first].clause:
            return words[place - 1].text == "not" or (
                words[place - 1].text in _LIKED and words[place - 2].text == "not"
            )
    if _is_taken_back(reading, last):
        return True
    clause = range(last + 1, min(last + 5, len(words)))
    return any(words[one].text in _USELESS and words[one].clause == words[last].clause for one in clause)


def _is_taken_back(reading: Reading, last: int) -> bool:
    """Whether what ends at *last* is called untrue behind it: "people say that it is easy, but this is wrong"."""
    words = reading.words
    for place in range(last + 1, min(last + _FARTHEST, len(words) - 1)):
        if words[place].sentence > words[last].sentence + 1:
            return False
        starts = words[place].sentence > words[place - 1].sentence or words[place - 1].text in _BUTS
        if starts and words[place].text in _POINTERS and words[place + 1].text in ("is", "are"):
            row = [word.text for word in words[place + 2 : place + 6] if word.clause == words[place].clause]
            wholly = _PARTLY.isdisjoint(row)
            return wholly and (not _UNTRUE.isdisjoint(row) or ("not" in row and not _TRUE.isdisjoint(row)))
    return False


def _denies(words: Sequence[Word], that: int) -> bool:
    """Whether "that" is preceded by "a myth", "not true" or "nobody would say"."""
    before = [word.text for word in words[max(0, that - 5) : that] if word.sentence == words[that].sentence]
    if before and before[-1] in _UNTRUE:
        return True
    said = any(word in _TRUE or word in _SAYING for word in before[-2:])
    return said and not NEGATORS.isdisjoint(before)


def before(reading: Reading, places: Collection[int], first: int) -> tuple[Negation, int]:
    """Whether one of the negators at *places* reaches the word at *first*, and which one."""
    words = reading.words
    start = words[first]
    joined = False
    counted = 0
    for back in range(_FARTHEST + 1):
        place = first - back
        if place < 0 or words[place].sentence != start.sentence:
            break
        counted += back > 0 and words[place].text not in _LITTLE and not _is_choice(words, place)
        if back and place in places and (counted <= REACH or words[place].text in WIDE):
            if _brings_along(reading, places, place):
                return Negation.NO, -1
            return (Negation.PERHAPS if joined else Negation.YES), place
        if _is_or_else(words, place):
            break
        joint = words[place].joint
        if joint == JOINED and not joined:
            joined = True
        elif joint:
            break
    return Negation.NO, -1


def _is_choice(words: Sequence[Word], place: int) -> bool:
    """Whether the word at *place* is "or", or what it adds something to: "never makes it oscillate or diverge"."""
    return "or" in (words[place].text, words[place + 1].text if place + 1 < len(words) else "")


def _is_or_else(words: Sequence[Word], place: int) -> bool:
    """Whether "or" says what happens otherwise: "not too hot, or it dies"."""
    return words[place].text == "or" and place + 1 < len(words) and words[place + 1].text in _PRONOUNS


def _denied_before(reading: Reading, places: Collection[int], without: int) -> bool:
    """Whether "not ... without" says that the one brings the other."""
    words = reading.words
    start = max(0, without - 10)
    return any(
        (place in places or words[place].text == "not") and words[place].sentence == words[without].sentence
        for place in range(start, without)
    )


def between(reading: Reading, places: Collection[int], own: Sequence[int]) -> int:
    """The first negator among the words of a match that is not part of it, or -1; *own* are its words in order.

    In "does not fall but rises" what stands behind the "but" is claimed.
    """
    for place in range(own[0] + 1, own[-1]):
        if place in places and place not in own and not _brings_along(reading, places, place):
            behind = next(one for one in own if one > place)
            if all(reading.words[one].text != "but" for one in range(place + 1, behind)):
                return place
    return -1


def _brings_along(reading: Reading, places: Collection[int], place: int) -> bool:
    """Whether a "without" is itself denied: "not large without exploding" says that the one brings the other."""
    return reading.words[place].text == "without" and _denied_before(reading, places, place)


def unlinks(reading: Reading, places: Collection[int], last: int, first: int) -> bool:
    """Whether what ends at *last* is said not to come of what begins at *first*: "is not caused by", "nothing to do with"."""
    words = reading.words
    near = range(last + 1, min(first, last + 1 + REACH))
    return any(
        place in places
        and not CAUSED.isdisjoint(word.text for word in words[place + 1 : min(first, place + 5)])
        for place in near
    )


def is_missed(reading: Reading, negator: int) -> bool:
    """Whether a negator says what is missed without something: "without it we would not know how far to go"."""
    words = reading.words
    near = range(max(0, negator - 2 * REACH), negator)
    return any(
        words[one].text == "without"
        and words[one + 1].text in _POINTED_AT
        and words[one].sentence == words[negator].sentence
        for one in near
    )


def comes_to_nothing(reading: Reading, last: int) -> bool:
    """Whether "nothing" ends what is said up to the word at *last*: "it costs you nothing"."""
    words = reading.words
    for place in range(last + 1, min(last + 3, len(words))):
        if words[place].joint or words[place].sentence != words[last].sentence:
            return False
        if words[place].text == "nothing":
            return _ends_clause(words, place)
        if words[place].text not in _WHOM:
            return False
    return False


def _ends_clause(words: Sequence[Word], place: int) -> bool:
    """Whether what follows the word at *place* is another clause, or begins with a little word: not "nothing happens"."""
    behind = words[place + 1] if place + 1 < len(words) else None
    return (
        behind is None
        or behind.clause != words[place].clause
        or behind.text in ("to", "in", "at", "for", "by", "of", "extra", "more", "about")
    )


def after(reading: Reading, places: Collection[int], last: int) -> int:
    """The negator of "... is not" or "... will never" right behind the word at *last*, or -1."""
    words = reading.words
    place = last + 1
    if place + 1 >= len(words) or words[place].joint or words[place].sentence != words[last].sentence:
        return -1
    if words[place].text in _AUXILIARIES and place + 1 in places and not words[place + 1].joint:
        follow = words[place + 2].text if place + 2 < len(words) else ""
        return -1 if follow in _SOFTENERS else place + 1
    return -1
