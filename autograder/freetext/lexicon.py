"""Says which words of a pattern a student's word can stand for: by its stem, and with tolerance for spelling.

The stemmer does not join `slow` with `slowly` or `unstable` with `instability`; a pattern lists those.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from autograder.freetext.reading import MAX_WORD

_CACHE = 20_000

_SHORTEST_STEM = 5
_SHORTEST_DOUBTFUL = 4
"""Words of fewer letters are all a letter or two apart."""

FUNCTION_WORDS = frozenset(
    """a an the this that these those it its they them their he she we you i our your my me us one ones
    is are was were be been being am do does did done have has had can could will would shall should may might must
    of in on at by for with from to into onto over under than as about between through during per via
    and or but nor so if when while whereas because since although though then else otherwise unless until thus hence
    therefore however also too very more most much many less least some any each every all both such only just even
    not no never without neither cannot there here which who whom whose what where why how get gets got make makes
    always often usually sometimes again still yet already up down out off e g i etc same other another""".split()
)
"""Words that carry a sentence and say little by themselves."""

_STEMMER = snowballstemmer.stemmer("english")
_DISTINCT = re.compile(r"optimi[sz]|experien[ct]|correction|initially|hardly|equali[sz]|normali[sz]")
"""How words begin that have the stem of a word that means something else: "optimal", "experiment", "correct"."""

_IRREGULAR = dict(
    pair.split(":")
    for pair in """found:find went:go gone:go took:take taken:take kept:keep chose:choose chosen:choose fell:fall fallen:fall
    rose:rise risen:rise grew:grow grown:grow got:get gotten:get made:make gave:give held:hold ran:run sank:sink sunk:sink
    shot:shoot overshot:overshoot shrank:shrink shrunk:shrink sped:speed spent:spend flew:fly flown:fly blew:blow
    blown:blow came:come became:become dealt:deal forgot:forget forgotten:forget learnt:learn leapt:leap sought:seek
    said:say told:tell swung:swing threw:throw thrown:throw brought:bring built:build began:begin begun:begin
    froze:freeze frozen:freeze drove:drive driven:drive left:leave
    quik:quick kwik:quick tweek:tweak tweeked:tweak hgh:high hig:high stp:step stpe:step tun:tune gos:go rats:rate smoll:small litle:little
    jumpes:jump adaptiv:adaptive""".split()
)
"""Forms of verbs that no stemmer joins with the verb, and frequent slips in words too short for a distance."""

_BRITISH_END = re.compile(r"(?<=i)s\Z")
_BRITISH = re.compile(r"(?<=\w{4})is(?=(?:e|ed|es|er|ers|ing|ation|ations)\Z)")


@lru_cache(maxsize=_CACHE)
def stem(word: str) -> str:
    """The Snowball stem of *word*; "normalise" and "normalize" have the same, "optimal" and "optimizer" have not."""
    word = _IRREGULAR.get(word, word)
    if apart := _DISTINCT.match(word):
        return _BRITISH_END.sub("z", apart[0])
    return str(_STEMMER.stemWord(_BRITISH.sub("iz", word))) if len(word) <= MAX_WORD else word


_NEVER_MISSPELT = frozenset(
    stem(word)
    for word in """accept account add adopt adverse anything away batter bounded bracket brave break bring carrier
    case cause celebrate chance charge clash code coin collect combine companion compatible competition compile
    complete complex component compress concern confidence confuse connect conserve consider considerable consist
    constant constrain construct consume continue convenient converse convert copy correction correlate corrupt
    current deal decade decent decimal decode dedicate delight demand descend detect differential display diverse
    dividend drama dries during effect endanger evening everything except exclude exclusive expand expect expense
    explore expose extend extensive extent external factor fail failing feeling fill filter finger forgive form
    frequency friend function generate generation grade grant handler have heading height historic identical
    immortal import include inclusive inefficient inference inner install instance instant instead insufficient
    integrate intend intentional interact interesting invent inverse latter leading leave length linger link list
    load location logger lost lucky make maker mark mask mass master mean message minimal missing moderate modern
    narrow nest nothing notice number numerator numerical optical option pack parallel parse passing percent
    perimeter person picker picture placed pleasure portable position precede predicate present preserve
    preserving presume prevent previous print process promote property prove rather reading reason receive recipe
    record reject relax remain remote repeat replicate reset resolve response rest reverse rise running saturate
    save scene seal season separate sequence setting shield shoulder shower shrug sight simple simplicity simulate
    sitting slide smoothie solve something spare specify stack store strange string stripe stronger super supply
    support sweet tail tend terminal thing thinking three tight trail trait translate trip turn underline universe
    upper plus front bit built like embedding selection steep variant variation weather weigh whether whole wide winner wonder wording worker worry write""".split()
)
"""Stems of common words that are a letter or two away from a technical one and mean something else."""


class _Alike(NamedTuple):
    """Words that begin with the same letter and are of one length, side by side their forms, stems and numbers."""

    forms: list[str]
    stems: list[str]
    numbers: list[int]

    def near(self, word: str, own: str, length: int) -> list[tuple[int, int]]:
        """How many typing errors lie between *word*, whose stem is *own*, and each of those that are near, and their numbers."""
        shorter = min(len(word), length)
        allowed = 2 if shorter >= 9 else 1 if shorter >= 6 or (shorter == 5 and length == 6) else 0
        found = {place: distance for _, distance, place in _within(word, self.forms, allowed)}
        if shorter >= 8 and len(own) >= _SHORTEST_STEM:
            for one, distance, place in _within(own, self.stems, 1):
                if len(one) >= _SHORTEST_STEM:
                    found.setdefault(place, distance)
        return [(distance, self.numbers[place]) for place, distance in found.items()]


def _within(word: str, others: list[str], errors: int) -> list[tuple[str, int, int]]:
    """Those of *others* that so many errors explain: the word, the errors, its place."""
    return process.extract(word, others, scorer=OSA.distance, score_cutoff=errors, limit=None)


class Vocabulary:
    """The words that the patterns of one rubric ask for, each with a number."""

    def __init__(self, words: Iterable[str]) -> None:
        self.numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
        self._prefixes = [(word[:-1], number) for word, number in self.numbers.items() if word.endswith("*")]
        self._by_shape: dict[tuple[str, int], _Alike] = {}
        for prefix, number in self._prefixes:
            for form in (prefix, f"{prefix}s"):
                if len(form) >= 7:
                    self._file(form, form, number)
        plain = {word: number for word, number in self.numbers.items() if not word.endswith("*")}
        self._by_stem: dict[str, list[int]] = {}
        for word, number in plain.items():
            self._by_stem.setdefault(stem(word), []).append(number)
            for form in sorted(_forms(word)):
                if len(form) >= (6 if form == word else 7):
                    self._file(form, stem(form), number)
        self._squeezed: dict[str, list[int]] = {}
        self._swapped: dict[str, list[tuple[str, int]]] = {}
        self._alike: dict[tuple[str, int], list[str]] = {}
        for word, number in plain.items():
            if len(word) >= _SHORTEST_DOUBTFUL:
                self._squeezed.setdefault(_squeeze(word), []).append(number)
                self._swapped.setdefault(_letters(word), []).append((word, number))
                self._alike.setdefault((word[0], len(word)), []).append(word)
        self._starts = frozenset(word[:2] for word in plain)
        self._cache: dict[str, tuple[int, ...]] = {}

    def _file(self, form: str, own: str, number: int) -> None:
        alike = self._by_shape.setdefault((form[0], len(form)), _Alike([], [], []))
        alike.forms.append(form)
        alike.stems.append(own)
        alike.numbers.append(number)

    def meant(self, word: str) -> tuple[int, ...]:
        """The numbers of the pattern words that *word* can stand for."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= _CACHE:
                self._cache.clear()
            found = self._cache[word] = self._look_up(word)
        return found

    def may_mean(self, word: str) -> bool:
        """Whether *word*, which stands for no word of the patterns, may be one of them with more errors than are forgiven."""
        if len(word) < _SHORTEST_DOUBTFUL:
            return False
        allowed = 1 if len(word) < 7 else 2
        near = any(
            OSA.distance(word, other, score_cutoff=allowed) <= allowed
            for length in range(len(word) - allowed, len(word) + allowed + 1)
            for other in self._alike.get((word[0], length), ())
        )
        return near and not _is_known(word)

    def _look_up(self, word: str) -> tuple[int, ...]:
        if len(word) > MAX_WORD:
            return ()
        found = [number for prefix, number in self._prefixes if word.startswith(prefix)]
        # a stem begins as its word does, so most words of a long text need not be stemmed at all
        own = stem(word) if word[:2] in self._starts or word in _IRREGULAR else ""
        same = self._by_stem.get(own, [])
        found += same
        if not same and not word[0].isdigit():
            spelt = self._squeezed.get(_squeeze(word)) or self._misspelt(word, own)
            found += spelt if spelt and not _is_known(word) else ()
        return tuple(dict.fromkeys(found))

    def _misspelt(self, word: str, own: str) -> list[int]:
        """The words that *word* is nearest to, within a typing error or two."""
        if len(word) < _SHORTEST_DOUBTFUL:
            return []
        near = [
            (OSA.distance(word, other, score_cutoff=1), number)
            for other, number in self._swapped.get(_letters(word), ())
        ]
        near = [one for one in near if one[0] <= 1]
        for length in range(len(word) - 2, len(word) + 3):
            if alike := self._by_shape.get((word[0], length)):
                near += alike.near(word, own, length)
        least = min((distance for distance, _ in near), default=0)
        return [number for distance, number in near if distance == least]


def _is_known(word: str) -> bool:
    """Whether *word* is an ordinary one, and so no technical one with an error in it."""
    return word in FUNCTION_WORDS or stem(word) in _NEVER_MISSPELT


def _forms(word: str) -> set[str]:
    """*word* with the regular endings: a typing error hides them from the stemmer."""
    base = word[:-1] if word.endswith("e") else word
    if len(base) < 5:
        return {word}
    return {word, f"{word}s", f"{base}ed", f"{base}ing"}


def _squeeze(word: str) -> str:
    """*word* with doubled letters written once: "smal" is "small", "controlls" is "controls"."""
    return "".join(letter for letter, _ in itertools.groupby(word))


def _letters(word: str) -> str:
    """The first letter of *word* and the others in alphabetical order: "rigth" and "right" are alike."""
    return f"{word[0]}<{''.join(sorted(word[1:]))}>"
