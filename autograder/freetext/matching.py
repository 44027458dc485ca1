"""Finds compiled patterns in a reading, and says of each place whether it is claimed, denied or turned round.

A plain pattern needs its slots near each other in one sentence; those with a condition are for `conditional`. How slots
are written is for `patterns`; what the findings are worth is for `matcher`.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from autograder.freetext import negation
from autograder.freetext.lexicon import Vocabulary
from autograder.freetext.negation import Negation
from autograder.freetext.reading import Reading, slips

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
    ordered: bool = False
    """Whether they must follow each other as they are written."""


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
        for place in slips(reading):
            self.meant[place] = (*self.meant[place], *vocabulary.meant("too"))
        self._vocabulary = vocabulary
        self._slots: dict[int, list[Place]] = {}

    def may_be_misspelt(self, place: int) -> bool:
        """Whether the word at *place* was not understood, and may be one of the vocabulary with errors in it."""
        return not self.meant[place] and self._vocabulary.may_mean(self.words[place].text)

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
        following, where = slot.tree.following, self._where
        known = [one for one in where if one in following] if len(where) < len(following) else following
        for number in known:
            node = following[number]
            for first in where.get(number, ()):
                ends = self._ends(first, node) if node.following else [(first, one) for one in node.ends]
                for last, negated in ends:
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
        near = _on_their_sides(others, rows.index(rarest), anchor) if pattern.ordered else others
        chosen = _nearest_of_each(text, anchor, near, pattern.window)
        if chosen is not None and (not pattern.ordered or _follow(chosen, rows.index(rarest))):
            found.append(_judge(text, chosen))
        if len(found) >= MAX_MATCHES:
            break
    return found


def spread_out(text: Text, pattern: Plain) -> bool:
    """Whether all slots of *pattern* are found in one sentence, however far apart."""
    rows = [{text.words[place.first].sentence for place in text.places(slot)} for slot in pattern.slots]
    return bool(set.intersection(*rows))


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


def _on_their_sides(rows: Sequence[Sequence[Place]], number: int, anchor: Place) -> list[Sequence[Place]]:
    """The places of the slots before slot *number* that stand before *anchor*, and of those behind it that stand behind."""
    cuts = [bisect_left(row, anchor.first, key=lambda place: place.first) for row in rows]
    return [
        row[:cut] if one < number else row[cut:]
        for one, (row, cut) in enumerate(zip(rows, cuts, strict=True))
    ]


def _follow(chosen: Sequence[Place], first: int) -> bool:
    """Whether places stand in the order of their slots; the first of *chosen* belongs to slot number *first*."""
    anchor, *others = chosen
    row = [*others[:first], anchor, *others[first:]]
    return all(one.first < other.first for one, other in itertools.pairwise(row))


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
    sure, negator = (
        (Negation.NO, -1)
        if asked and start > asked[0].first
        else negation.before(text.reading, places, start)
    )
    if len(asked) == len(chosen):
        # "not too hot, since it does not rise then, and not too cold": the reason denies nothing of what is asked for
        clauses = {text.words[place].clause for place in own}
        places = frozenset(place for place in places if text.words[place].clause in clauses)
    inside = negation.between(text.reading, places, own)
    behind = negation.after(text.reading, places, last)
    if sure is Negation.YES and negation.is_missed(text.reading, negator):
        return Match("found", own, doubtful=True)
    if negation.comes_to_nothing(text.reading, last):
        return Match("negated", own)
    if sure is Negation.YES or inside >= 0 or negation.is_disputed(text.reading, first, last):
        return Match("negated", own)
    return Match("found", own, doubtful=sure is Negation.PERHAPS or behind >= 0)


def _words_of(chosen: Iterable[Place]) -> tuple[int, ...]:
    own = {place for one in chosen for place in range(one.first, one.last + 1)}
    return tuple(sorted(own | {one.negator for one in chosen if one.negator >= 0}))
