"""Finds a consequence with the condition that it belongs to: of several conditions in a sentence, the nearest one.

"It overshoots if the rate is too large" earns what is asked for; with "too small" it is turned round.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from autograder.freetext import negation
from autograder.freetext.matching import CompiledSlot, Condition, Match, Place, Text, find_plain
from autograder.freetext.negation import Negation
from autograder.freetext.reading import CLAUSE, COMMA, JOINED
from autograder.freetext.sizes import OPENING, RESULT_CUES, is_degree, is_said_of, nouns_of, without_outcomes

_FAR = 30
FARTHEST_CUE = 4
"""An "if" that is further behind a consequence belongs to something else."""

_TOO_FAR = 14.0
"""A condition behind a consequence that costs so much belongs to what follows it."""

_NEW_CONDITION = 3.0
"""What it costs a condition that it may begin the next case of a sentence that opened with one."""

_CUES = frozenset(
    """if when whenever with for because by using due depending as given since from at once in
    result consequence effect price symptom sign danger risk""".split()
)
_OPENING = OPENING | {"as", "once"}
_EXPLAINING = frozenset("depending reason cause".split())
_TELLING = frozenset("told noticed found realised realized turned".split())
_CONTRASTS = frozenset("whereas whilst conversely but".split())
"""A condition behind one of these belongs to what follows it."""
_OR = frozenset("or and".split())
_BESIDE = frozenset("or and too if very a is it value values ones rate rates steps".split())
_BACK_REFERENCES = frozenset(
    "then this that it so thus hence therefore also but otherwise however consequently they which as after soon".split()
)


class Order(Enum):
    """What a sentence says first, if that can be seen."""

    RESULT_FIRST = auto()
    CONDITION_FIRST = auto()
    UNKNOWN = auto()


_COST_OF_NEXT = {Order.RESULT_FIRST: 1.0, Order.CONDITION_FIRST: 20.0, Order.UNKNOWN: 8.0}
"""What it costs a condition behind a comma that it may belong to what follows it."""


def find_conditional(text: Text, condition: Condition) -> list[Match]:
    """Every consequence that has a condition, judged by the nearest one."""
    consequences = find_plain(text, condition.then)
    if not consequences:
        return []
    if condition.when is None:
        return [one for one in consequences if not _has_beside(text, one, condition.unless)]
    named = without_outcomes(text, sorted(conditions(text, condition), key=lambda one: one[0].first))
    found = []
    for consequence in consequences:
        own = set(consequence.words)
        near = [
            one
            for one in _about(named, consequence.words[0])
            if own.isdisjoint(range(one[0].first, one[0].last + 1))
        ]
        nearest = _nearest(text, consequence, near)
        if nearest is None:
            continue
        place, right = nearest
        right = right is not _is_otherwise(text, place, consequence.words[0])
        if paired := _other_of_pair(text, nearest, near):
            if not condition.swaps:
                continue  # "it crawls or explodes if it is too small or too large" turns nothing round
            place, right = (place if right else paired), True
        match = _verdict(
            text, replace(consequence, doubtful=bool(paired) or consequence.doubtful), place, right=right
        )
        if match is not None and (condition.swaps or match.status != "swapped"):
            found.append(match)
    return found


def _other_of_pair(
    text: Text, nearest: tuple[Place, bool], named: Sequence[tuple[Place, bool]]
) -> Place | None:
    """The opposite of a condition if it stands right beside it: "too small or too large"."""
    place, side = nearest
    for other, right in named:
        start, end = min(place.last, other.last) + 1, max(place.first, other.first)
        if right is side or not 0 < end - start <= 4:
            continue
        row = {word.text for word in text.words[start:end]}
        if row <= _BESIDE and not _OR.isdisjoint(row):
            return other
    return None


def _is_otherwise(text: Text, place: Place, first: int) -> bool:
    """Whether "otherwise" turns the condition at *place* round: "if it is hot it dies, otherwise it is slow"."""
    words = text.words
    if not any(words[one].text in ("otherwise", "else") for one in range(place.last + 1, first)):
        return False
    sure, _ = negation.before(text.reading, text.negators, place.first)
    return sure is Negation.NO  # "it must not be hot, otherwise it dies" turns nothing round


def _about(named: Sequence[tuple[Place, bool]], place: int) -> Sequence[tuple[Place, bool]]:
    """Those of *named*, which are sorted by place, that can be near enough to *place*."""
    start = bisect_left(named, place - 2 * _FAR, key=lambda one: one[0].first)
    end = bisect_left(named, place + _FAR + 1, key=lambda one: one[0].first)
    return named[start:end]


def conditions(text: Text, condition: Condition) -> Iterator[tuple[Place, bool]]:
    """Where a condition is named, and whether it is the one asked for (or its opposite)."""
    nouns = nouns_of(text, condition.aside)
    for slot, right in ((condition.when, True), (condition.unless, False)):
        for place in text.places(slot) if slot else ():
            if not is_degree(text, place) and not is_said_of(text, place, nouns):
                yield place, right is not negation.turns(text.reading, place.first, place.last)


def _has_beside(text: Text, match: Match, slot: CompiledSlot | None) -> bool:
    """Whether *slot* is found inside of a match, or at most four words from it in the same clause."""
    words = text.words
    first, last = match.words[0], match.words[-1]
    clauses = range(words[first].clause, words[last].clause + 1)
    return any(
        first - 4 <= place.last and place.first <= last + 4 and words[place.first].clause in clauses
        for place in (text.places(slot) if slot else ())
    )


def _nearest(
    text: Text, consequence: Match, named: Sequence[tuple[Place, bool]]
) -> tuple[Place, bool] | None:
    first, last = consequence.words[0], consequence.words[-1]
    sentence = text.words[first].sentence
    here = [
        one
        for one in named
        if text.words[one[0].first].sentence == sentence and abs(one[0].first - first) <= _FAR
    ]
    if here:
        order = _order_of(text, here)
        cost, _, nearest = min(
            (
                _cost(text, first, last, one[0], order=order)
                + (_NEW_CONDITION if _opens_another(text, first, last, one[0]) else 0.0),
                number,
                one,
            )
            for number, one in enumerate(here)
        )
        return nearest if cost < _TOO_FAR or nearest[0].last < first else None
    if not _refers_back(text, first):
        return None
    earlier = [one for one in named if text.words[one[0].first].sentence == sentence - 1]
    sides = {right for _, right in earlier}
    return earlier[-1] if len(sides) == 1 and first - earlier[-1][0].last <= _FAR else None


def _refers_back(text: Text, first: int) -> bool:
    return text.words[_opening(text, first)].text in _BACK_REFERENCES


def _opening(text: Text, first: int) -> int:
    """Where the sentence of the word at *first* begins, or the farthest word before it that is looked at."""
    start, sentence = first, text.words[first].sentence
    while start > 0 and text.words[start - 1].sentence == sentence and first - start <= _FAR:
        start -= 1
    return start


def _opens_another(text: Text, first: int, last: int, place: Place) -> bool:
    """Whether an "if" right behind a consequence begins the next case: "if too hot it dies if too cold it is slow"."""
    if place.first <= last + 1 or text.words[last + 1].text not in RESULT_CUES:
        return False
    return text.words[_opening(text, first)].text in RESULT_CUES


def _cost(text: Text, first: int, last: int, place: Place, *, order: Order) -> float:
    """How far a condition is from a consequence: in words, plus what stands between them."""
    if place.last < first:
        joints = [word.joint for word in text.words[place.last + 1 : first + 1]]
        cost = first - place.last + joints.count(COMMA) + 3.0 * joints.count(JOINED) + joints.count(CLAUSE)
        # "it explodes when it is too big, or crawls when it is too small"
        return cost + (4.0 if order is Order.RESULT_FIRST and (COMMA in joints or JOINED in joints) else 0.0)
    if place.first <= last:
        return 0.5
    if last - first <= 4 and _opens_with_purpose(text, first):
        return float(place.first - last)
    return _cost_behind(text, last, place, order=order)


def _cost_behind(text: Text, last: int, place: Place, *, order: Order) -> float:
    """The cost of a condition that stands behind its consequence."""
    between = text.words[last + 1 : place.first + 1]
    texts = [word.text for word in between]
    joints = [word.joint for word in between]
    distance = len(between)
    if not _CONTRASTS.isdisjoint(texts) or any(word.text == "while" and word.after_comma for word in between):
        return distance + 20.0
    commas, joined = joints.count(COMMA), joints.count(JOINED)
    told = not _TELLING.isdisjoint(texts[:5]) and RESULT_CUES.isdisjoint(texts)
    if told or _is_unwanted(text, last, place):
        return 0.5 * distance
    if not _EXPLAINING.isdisjoint(texts[:5]) or (
        commas == 1 and _is_explanation(text, last, place, joined=joined)
    ):
        return 0.5 * distance
    cue = next((number for number, word in enumerate(texts) if word in _CUES), FARTHEST_CUE)
    if cue < FARTHEST_CUE and not joined and COMMA not in joints[cue + 1 :]:
        if not commas and not between[cue].after_comma:
            return 0.5 * distance
        return distance + _COST_OF_NEXT[order]
    return distance + 6.0 + 6.0 * commas + 8.0 * joined + 4.0 * joints.count(CLAUSE)


def _is_unwanted(text: Text, last: int, place: Place) -> bool:
    """Whether a wish leads to what must not be: "nobody wants it to diverge, so do not make it too big"."""
    wished = any(one in text.wishes for one in range(max(0, last - 6), last + 1))
    return wished and negation.before(text.reading, text.negators, place.first)[0] is Negation.YES


def _is_explanation(text: Text, last: int, place: Place, *, joined: int) -> bool:
    """Whether a bracket or a colon leads to a condition: "it explodes (too large)", "divergence: the rate is too large"."""
    if not joined and text.reading.after_colon(last + 1):
        return True
    return any(text.reading.in_brackets(one) for one in range(last + 1, place.first + 1))


def _opens_with_purpose(text: Text, first: int) -> bool:
    """Whether a sentence begins with "to avoid ..." or "in order to avoid ...", and the word at *first* stands there."""
    words = text.words
    row = [word for word in words[max(0, first - 5) : first] if word.sentence == words[first].sentence]
    opens = bool(row) and row[0].text in ("to", "in", "for") and first - len(row) in text.openings
    return opens and any(word.text in negation.AVOIDING for word in row)


def _is_ruled_out(text: Text, consequence: Match, place: Place) -> bool:
    """Whether condition and consequence are both denied: "to avoid overshooting, it must not be too large"."""
    words = text.words
    sure, negator = negation.before(text.reading, text.negators, place.first)
    purpose = any(
        words[one].text in negation.AVOIDING and words[one].sentence == words[place.first].sentence
        for one in range(max(0, consequence.words[0] - 4), consequence.words[0])
    )
    return purpose and sure is Negation.YES and words[negator].text not in negation.AVOIDING


def _is_denied_twice(text: Text, consequence: Match, place: Place) -> bool:
    """Whether each has a denial of its own: "if it is not too large, it does not diverge" says that it may."""
    sure, own = negation.before(text.reading, text.negators, place.first)
    _, other = negation.before(text.reading, text.negators, consequence.words[0])
    if sure is not Negation.YES or other in (-1, own):
        return False
    wide = negation.WIDE.intersection(text.words[one].text for one in (own, other))
    return not wide and negation.CAUSED.isdisjoint(word.text for word in text.words[own : place.first])


def _order_of(text: Text, named: Sequence[tuple[Place, bool]]) -> Order:
    """Whether a sentence says "it overshoots when ..." or "when ..., it overshoots"."""
    if _has_result_first(text, named):
        return Order.RESULT_FIRST
    place = min(one[0].first for one in named)
    opening = _opening(text, place)
    opens = text.words[opening].text in _OPENING and place - opening <= FARTHEST_CUE
    return Order.CONDITION_FIRST if opens else Order.UNKNOWN


def _has_result_first(text: Text, named: Sequence[tuple[Place, bool]]) -> bool:
    """Whether a sentence says "it overshoots when ..."."""
    words = text.words
    place = min(one[0].first for one in named)
    cue = next((one for one in range(place, max(-1, place - 8), -1) if words[one].text in RESULT_CUES), -1)
    return cue >= 2 and all(words[one].sentence == words[place].sentence for one in range(cue - 2, cue))


def _verdict(text: Text, consequence: Match, place: Place, *, right: bool) -> Match | None:
    unlinked = negation.unlinks(text.reading, text.negators, consequence.words[-1], place.first)
    denied = consequence.status == "negated" or unlinked
    if (
        denied
        and right
        and (_is_ruled_out(text, consequence, place) or _is_denied_twice(text, consequence, place))
    ):
        return Match(
            "found", tuple(sorted({*consequence.words, *range(place.first, place.last + 1)})), doubtful=True
        )
    if denied and not right:
        return None  # "a small rate does not overshoot" is true, and says nothing about a large one
    words = tuple(sorted({*consequence.words, *range(place.first, place.last + 1)}))
    if denied:
        return Match("negated", words, consequence.doubtful)
    return Match("found" if right else "swapped", words, consequence.doubtful)
