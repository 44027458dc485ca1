"""Finds bare lists of terms in an answer: words that belong to a subject, thrown together without saying anything of it.

What telegrams and notes say ("too high -> diverges", "needs no tuning") is no list. What follows for the points is for `matcher`.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from autograder.freetext.lexicon import FUNCTION_WORDS
from autograder.freetext.reading import COMMA, Reading, sentences

MEAN_TERM = 2.5
"""More words to a comma make clauses that say something, and no list of terms."""

SHORTEST_LIST = 5
LONGEST_TERM = 3

LONGEST_ROW = 10
"""So many words without an article, a preposition or the like are no sentence."""

LONGEST_NOTE = 7
SHORTEST_HEAP = 10
"""So many terms in a row, in a sentence without a verb, are no phrase."""

_PARTICLES = frozenset("too up down out off per very more less etc and or".split())
"""Small words that stand in terms: "too high", "warm up", "step per parameter"."""

_JOINING = frozenset("and or per etc".split())


_AUXILIARIES = frozenset(
    """is are was were be am do does did has have had can could will would shall should may might must need needs let lets
    get gets make makes""".split()
)
_SUBJECTS = frozenset("i you we they it he she this that who which what there if when because".split())
_VERBS = frozenset(
    form
    for verb in """accelerate adapt adjust affect average begin blow bounce cause change choose climb combine come control
    converge cope crawl creep decide decrease depend determine die diverge divide drop explode fail fall find give go grow
    handle happen help improve increase jump keep lead learn leave lose mean miss move multiply need oscillate overshoot
    react reach reduce remember require rise run save say scale seem settle skip smooth speed start stay stop take tell
    train treat tune use wait want waste work""".split()
    for form in (f"{verb}s", f"{verb}es", f"{verb[:-1]}ies")
)
"""Forms that nearly always say what something does; "explode" and "tune" may stand in a list."""


def listed_words(reading: Reading) -> frozenset[int]:
    """The places of words that stand in a bare list of terms: long rows with hardly any word that makes sentences."""
    words = reading.words
    found: set[int] = set()
    for row in sentences(reading):
        small = [number for number in row if words[number].text in FUNCTION_WORDS]
        if _is_list(reading, row, small) or _is_heap(reading, row):
            found.update(row)
        ends = [row.start - 1, *small, row.stop]
        for before, after in itertools.pairwise(ends):
            if after - before > LONGEST_ROW and not _are_notes(reading, range(before + 1, after)):
                found.update(range(before + 1, after))
    return frozenset(found) | _itemized(reading)


def _is_list(reading: Reading, row: range, small: Collection[int]) -> bool:
    """Whether the sentence at *row* holds hardly any of the *small* words that join others."""
    many = len({reading.words[number].clause for number in row}) >= SHORTEST_LIST
    bare = (len(row) >= 8 and not small) or (len(row) >= 12 and len(small) < 0.12 * len(row))
    return (bare or (many and _are_terms(reading, row, small))) and not _are_notes(reading, row)


def _are_notes(reading: Reading, row: range) -> bool:
    """Whether most parts between commas are short and say what something does: "big rate explodes, small rate crawls"."""
    parts = list(_parts(reading, row))
    telling = sum(
        1 < len(part) <= LONGEST_NOTE and any(_is_finite(reading.words[one].text) for one in part)
        for part in parts
    )
    return len(parts) > 1 and 2 * telling > len(parts)


def _is_heap(reading: Reading, row: range) -> bool:
    """Whether terms are heaped up without a verb or a comma: "step size convergence divergence too small too big slow"."""
    texts = [reading.words[one].text for one in row]
    if any(_is_finite(text) or text in _SUBJECTS for text in texts):
        return False
    between = reading.text[reading.words[row.start].end : reading.words[row.stop - 1].start]
    if any(mark in between for mark in ":=>"):
        return False
    return any(_longest_row(reading, part) >= SHORTEST_HEAP for part in _parts(reading, row))


def _longest_row(reading: Reading, part: Sequence[int]) -> int:
    """How many words stand side by side at *part* that are terms, or the "too" and "off" of terms."""
    longest = length = 0
    for one in part:
        text = reading.words[one].text
        length = length + 1 if text not in FUNCTION_WORDS or text in _PARTICLES - _JOINING else 0
        longest = max(longest, length)
    return longest


def _parts(reading: Reading, row: Sequence[int]) -> Iterator[Sequence[int]]:
    """The pieces of *row* between commas, dashes and the like."""
    start = 0
    for number, one in enumerate(row):
        if number and (reading.words[one].joint == COMMA or reading.words[one].after_comma):
            yield row[start:number]
            start = number
    yield row[start:]


def _is_finite(text: str) -> bool:
    return text in _AUXILIARIES or text in _VERBS


def _itemized(reading: Reading) -> frozenset[int]:
    """The words of five lines or more, or as many parts between semicolons, that each hold a term and say nothing."""
    found: set[int] = set()
    run: list[range] = []
    terms = 0
    for row in (*sentences(reading), range(0)):
        held = _terms_in(reading, row) if row and _is_item(reading, row) else 0
        if held:
            run.append(row)
            terms += held
            continue
        if terms >= SHORTEST_LIST and len(run) > 1:
            found.update(one for each in run for one in each)
        run, terms = [], 0
    return frozenset(found)


def _terms_in(reading: Reading, row: range) -> int:
    """How many terms the sentence at *row* holds, with commas between them, if it holds nothing else."""
    parts = list(_parts(reading, row))
    for part in parts:
        texts = {reading.words[one].text for one in part}
        small = FUNCTION_WORDS.intersection(texts)
        says = len(parts) > 1 and any(map(_is_finite, texts))
        if says or len(texts - small) > LONGEST_TERM or not small <= _PARTICLES:
            return 0
    return len(parts)


def _is_item(reading: Reading, row: range) -> bool:
    """Whether the sentence at *row* is parted from the others by a semicolon or a new line, and holds no colon."""
    words, text = reading.words, reading.text
    before = text[words[row.start - 1].end : words[row.start].start] if row.start else ";"
    inside = text[words[row.start].start : words[row.stop - 1].end]
    behind = text[words[row.stop - 1].end : words[row.stop].start] if row.stop < len(words) else ""
    parted = ";" in before or "\n" in before or ";" in behind
    return parted and ":" not in inside and "=" not in inside


def _are_terms(reading: Reading, row: range, small: Collection[int]) -> bool:
    """Whether many short clauses hold nothing but terms: "too high / too low - loss", but not "too high: it explodes"."""
    words = reading.words
    if not small:
        return True
    clauses = len({words[number].clause for number in row})
    bare = {words[number].text for number in small} <= _PARTICLES and len(row) <= MEAN_TERM * clauses
    between = reading.text[words[row.start].end : words[row.stop - 1].start]
    return bare and "=" not in between and ">" not in between and between.count(":") <= 1


def is_bare(words: list[str]) -> bool:
    """Whether a sentence names three things or more and says nothing of them; "Adam uses momentum" says something."""
    return (
        len(words) >= 3
        and not any(map(_is_finite, words))
        and _PARTICLES.issuperset(FUNCTION_WORDS.intersection(words))
    )
