"""Finds compiled patterns in a reading, and says of each place whether it is claimed, denied or turned round.

A plain pattern needs its slots near each other in one sentence. A conditional one takes for each consequence the
nearest condition. How slots are written is for `patterns`; what the findings are worth is for `matcher`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from autograder.freetext import negation
from autograder.freetext.lexicon import Vocabulary
from autograder.freetext.negation import Negation
from autograder.freetext.reading import CLAUSE, COMMA, JOINED, Reading

Status = Literal["found", "negated", "swapped"]

WINDOW = 9
BOUNDARY = 2
"""How many words a comma or a new clause counts for."""

MAX_MATCHES = 40
MAX_PLACES = 400
_SKIPPED = frozenset(
    "a an the its it's their this that these those very too so much really quite more rather just each every single any all".split()
)
"""Words that may stand inside a phrase: "jump over the minimum" is found by `jump_over_minimum`."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a slot was found: the first and last word, and the negator that it asked for (or -1)."""

    first: int
    last: int
    negator: int = -1


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in an answer; `words` are the places of the words that count as evidence."""

    status: Status
    words: tuple[int, ...]
    doubtful: bool = False


@dataclass
class Node:
    """A word within the alternatives of a slot: what may follow it, and whether an alternative ends with it."""

    following: dict[int, Node] = field(default_factory=dict)
    ends: tuple[bool, ...] = ()
    """For each alternative that ends here, whether it asks for a negation."""


@dataclass(frozen=True)
class CompiledSlot:
    """The alternatives of a slot as a tree of words, so that phrases with a common beginning are looked up once."""

    number: int
    tree: Node


@dataclass(frozen=True)
class Plain:
    """The slots of a pattern, and among how many words all of them must be found."""

    slots: tuple[CompiledSlot, ...]
    window: int


@dataclass(frozen=True)
class Condition:
    """The slots of a conditional pattern: consequence, condition, opposite condition, what conditions are not said of."""

    then: Plain
    when: CompiledSlot | None
    unless: CompiledSlot | None
    aside: CompiledSlot | None
    swaps: bool = True


@dataclass(frozen=True)
class Presumed:
    """A condition that is credited for what is said of it: where that ends, what spoils it, and what it is not said of."""

    when: CompiledSlot
    unless: CompiledSlot
    harmless: CompiledSlot | None
    aside: CompiledSlot | None


class Text:
    """A reading together with what a vocabulary finds in it; slots are looked up once each."""

    def __init__(self, reading: Reading, vocabulary: Vocabulary) -> None:
        self.reading = reading
        self.words = reading.words
        self.meant = [vocabulary.meant(word.text) for word in reading.words]
        self._slots: dict[int, list[Place]] = {}

    @cached_property
    def negators(self) -> frozenset[int]:
        return frozenset(negation.negators(self.reading))

    @cached_property
    def wishes(self) -> frozenset[int]:
        """Negators that say what is not wanted: "you do not want it too large"."""
        return frozenset(negation.wishes(self.reading))

    @cached_property
    def openings(self) -> frozenset[int]:
        """The places of the first words of sentences."""
        words = self.words
        return frozenset(
            place
            for place, word in enumerate(words)
            if place == 0 or words[place - 1].sentence != word.sentence
        )

    @cached_property
    def _where(self) -> dict[int, list[int]]:
        where: dict[int, list[int]] = {}
        for place, numbers in enumerate(self.meant):
            for number in numbers:
                where.setdefault(number, []).append(place)
        return where

    def places(self, slot: CompiledSlot) -> list[Place]:
        """Where *slot* is found, in the order of the text."""
        found = self._slots.get(slot.number)
        if found is None:
            found = sorted(self._find(slot), key=lambda place: (place.first, place.last))[:MAX_PLACES]
            self._slots[slot.number] = found
        return found

    def _find(self, slot: CompiledSlot) -> Iterator[Place]:
        seen: set[tuple[int, int]] = set()
        for number, node in slot.tree.following.items():
            for first in self._where.get(number, ()):
                for last, negated in self._ends(first, node):
                    negator = -1
                    if negated:
                        sure, negator = negation.before(self.reading, self.negators | self.wishes, first)
                        if sure is not Negation.YES:
                            continue
                    if (first, last) not in seen:
                        seen.add((first, last))
                        yield Place(first, last, negator)

    def _ends(self, place: int, node: Node) -> Iterator[tuple[int, bool]]:
        """Where the phrases end that go through *node* at *place*; articles in between are passed over."""
        yield from ((place, negated) for negated in node.ends)
        if not node.following:
            return
        sentence = self.words[place].sentence
        for further in range(place + 1, min(place + 4, len(self.words))):
            if self.words[further].sentence != sentence:
                return
            for number in self.meant[further]:
                if number in node.following:
                    yield from self._ends(further, node.following[number])
            if self.words[further].text not in _SKIPPED:
                return


def find_plain(text: Text, pattern: Plain) -> list[Match]:
    """All places where every slot of *pattern* is found within one sentence and its window."""
    rows = [text.places(slot) for slot in pattern.slots]
    if not all(rows):
        return []
    rarest = min(rows, key=len)
    others = [row for row in rows if row is not rarest] if len(rows) > 1 else []
    if len(others) != len(rows) - 1:  # the same slot written twice needs two places
        others = rows[:-1]
    found = []
    for anchor in rarest[: MAX_PLACES if not others else MAX_MATCHES * 2]:
        chosen = _nearest_of_each(text, anchor, others, pattern.window)
        if chosen is not None:
            found.append(_judge(text, chosen))
        if len(found) >= MAX_MATCHES:
            break
    return found


def _nearest_of_each(
    text: Text, anchor: Place, rows: Iterable[Sequence[Place]], window: int
) -> list[Place] | None:
    chosen = [anchor]
    for row in rows:
        fitting = [
            place
            for place in _around(row, anchor, window)
            if text.words[place.first].sentence == text.words[anchor.first].sentence
            and all(place.last < other.first or place.first > other.last for other in chosen)
        ]
        if not fitting:
            return None
        chosen.append(min(fitting, key=lambda place: (_gap(place, anchor), place.first)))
    first, last = min(place.first for place in chosen), max(place.last for place in chosen)
    boundaries = text.words[last].clause - text.words[first].clause
    return chosen if last - first + BOUNDARY * boundaries < window else None


def _around(row: Sequence[Place], anchor: Place, window: int) -> Iterator[Place]:
    start = bisect_left(row, anchor.first - window, key=lambda place: place.first)
    for place in row[start : start + 4 * window]:
        if place.first > anchor.last + window:
            return
        yield place


def _gap(one: Place, other: Place) -> int:
    return max(one.first - other.last, other.first - one.last)


def _judge(text: Text, chosen: Sequence[Place]) -> Match:
    """Whether what was found is claimed or denied."""
    own = _words_of(chosen)
    first, last = own[0], own[-1]
    places = text.negators - {place.negator for place in chosen} - set(own)
    asked = [place for place in chosen if place.negator >= 0]
    start = min((place.first for place in chosen if place.negator < 0), default=first)
    sure, _ = (
        (Negation.NO, -1)
        if asked and start > asked[0].first
        else negation.before(text.reading, places, start)
    )
    inside = negation.between(places, first, last, own)
    behind = negation.after(text.reading, places, last)
    if sure is Negation.YES or inside >= 0 or negation.is_disputed(text.reading, first, last):
        return Match("negated", own)
    return Match("found", own, doubtful=sure is Negation.PERHAPS or behind >= 0)


def _words_of(chosen: Iterable[Place]) -> tuple[int, ...]:
    own = {place for one in chosen for place in range(one.first, one.last + 1)}
    return tuple(sorted(own | {one.negator for one in chosen if one.negator >= 0}))


_FAR = 30
_TOO_FAR = 14.0
"""A condition behind a consequence that costs so much belongs to what follows it."""

_CUES = frozenset("if when whenever with for because by using due as given since from at once in".split())
_BACK_REFERENCES = frozenset(
    "then this that it so thus hence therefore also but otherwise however consequently they which as".split()
)


def find_conditional(text: Text, condition: Condition) -> list[Match]:
    """Every consequence that has a condition, judged by the nearest one."""
    consequences = find_plain(text, condition.then)
    if not consequences:
        return []
    if condition.when is None:
        return [one for one in consequences if not _has_beside(text, one, condition.unless)]
    named = sorted(conditions(text, condition), key=lambda one: one[0].first)
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
        match = _verdict(text, consequence, place, right=right)
        if match is not None and (condition.swaps or match.status != "swapped"):
            found.append(match)
    return found


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
            asks = place.first > 0 and text.words[place.first - 1].text == "how"
            if not asks and not is_said_of(text, place, nouns):
                yield place, right is not negation.turns(text.reading, place.first, place.last)


def nouns_of(text: Text, aside: CompiledSlot | None) -> frozenset[int]:
    """The places of all words of which a condition is none."""
    places = text.places(aside) if aside else ()
    return frozenset(number for place in places for number in range(place.first, place.last + 1))


def _has_beside(text: Text, match: Match, slot: CompiledSlot | None) -> bool:
    """Whether *slot* is found inside of a match, or at most four words from it in the same clause."""
    words = text.words
    first, last = match.words[0], match.words[-1]
    clauses = range(words[first].clause, words[last].clause + 1)
    return any(
        first - 4 <= place.last and place.first <= last + 4 and words[place.first].clause in clauses
        for place in (text.places(slot) if slot else ())
    )


_LINKS = frozenset(
    """is are was were be been being get gets getting got become becomes remain remains stay stays too very so quite
    really extremely much far still again also will would can could may might even more at a does do did not must keeps starts""".split()
)


_COPULAS = frozenset("is are was were be being gets become becomes".split())
_CONTRASTS = frozenset("whereas whilst conversely but".split())
"""A condition behind one of these belongs to what follows it."""


def is_said_of(text: Text, place: Place, nouns: frozenset[int]) -> bool:
    """Whether a condition word describes one of *nouns*: "a large number", "the loss is too high"."""
    words = text.words
    if not nouns:
        return False
    if nouns.intersection(range(place.first, place.last + 1)):
        return True
    ends = place.first > 0 and words[place.first - 1].text in _COPULAS  # "if it is massive gradients explode"
    if place.last + 1 in nouns and not ends:
        return place.last + 1 >= len(words) or not words[place.last + 1].joint
    back = place.first
    while back > 0 and not words[back].joint and place.first - back < 4:
        back -= 1
        if words[back].sentence != words[place.first].sentence:
            return False
        if back in nouns:
            return True
        if words[back].text not in _LINKS:
            return False
    return False


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
        result_first = _has_result_first(text, here)
        cost, _, nearest = min(
            (_cost(text, first, last, one[0], result_first=result_first), number, one)
            for number, one in enumerate(here)
        )
        return nearest if cost < _TOO_FAR or nearest[0].last < first else None
    if not _refers_back(text, first, sentence):
        return None
    earlier = [one for one in named if text.words[one[0].first].sentence == sentence - 1]
    sides = {right for _, right in earlier}
    return earlier[-1] if len(sides) == 1 and first - earlier[-1][0].last <= _FAR else None


def _refers_back(text: Text, first: int, sentence: int) -> bool:
    start = first
    while start > 0 and text.words[start - 1].sentence == sentence and first - start <= _FAR:
        start -= 1
    return text.words[start].text in _BACK_REFERENCES


def _cost(text: Text, first: int, last: int, place: Place, *, result_first: bool) -> float:
    """How far a condition is from a consequence: in words, plus what stands between them."""
    words = text.words
    if place.last < first:
        joints = [words[one].joint for one in range(place.last + 1, first + 1)]
        cost = first - place.last + joints.count(COMMA) + 3.0 * joints.count(JOINED) + joints.count(CLAUSE)
        # "it explodes when it is too big, or crawls when it is too small"
        return cost + (4.0 if result_first and (COMMA in joints or JOINED in joints) else 0.0)
    if place.first <= last:
        return 0.5
    between = range(last + 1, place.first + 1)
    joints = [words[one].joint for one in between]
    distance = place.first - last
    if any(words[one].text in _CONTRASTS for one in between):
        return distance + 20.0
    if last - first <= 4 and _opens_with_purpose(text, first):
        return distance
    if any(text.reading.in_brackets(one) for one in between) and joints.count(COMMA) == 1:
        return 0.5 * distance  # "it explodes (too large)"
    cue = next((one for one in between if words[one].text in _CUES), -1)
    commas, joined = joints.count(COMMA), joints.count(JOINED)
    if text.reading.after_colon(last + 1) and commas == 1 and not joined:
        return 0.5 * distance  # "divergence: the rate is too large"
    if cue >= 0 and cue - last <= 4 and not joined and not commas and not words[cue].after_comma:
        return 0.5 * distance
    if cue >= 0 and not joined and cue - last <= 4:
        return distance + (1.0 if result_first else 8.0)
    return distance + 6.0 + 6.0 * commas + 8.0 * joined + 4.0 * joints.count(CLAUSE)


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


def _has_result_first(text: Text, named: Sequence[tuple[Place, bool]]) -> bool:
    """Whether a sentence says "it overshoots when ..." rather than "when ..., it overshoots"."""
    words = text.words
    place = min(one[0].first for one in named)
    cue = next((one for one in range(place, max(-1, place - 8), -1) if words[one].text in ("if", "when")), -1)
    return cue >= 2 and all(words[one].sentence == words[place].sentence for one in range(cue - 2, cue))


def _verdict(text: Text, consequence: Match, place: Place, *, right: bool) -> Match | None:
    denied = consequence.status == "negated"
    if denied and right and _is_ruled_out(text, consequence, place):
        return Match("found", tuple(sorted({*consequence.words, *range(place.first, place.last + 1)})), True)
    if denied and not right:
        return None  # "a small rate does not overshoot" is true, and says nothing about a large one
    words = tuple(sorted({*consequence.words, *range(place.first, place.last + 1)}))
    if denied:
        return Match("negated", words, consequence.doubtful)
    return Match("found" if right else "swapped", words, consequence.doubtful)
