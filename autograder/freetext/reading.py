"""Cuts an answer into words, clauses and sentences. Everything is capped first, and no step is slower than linear.

Positions count in the cleaned text, which is what people are shown. What the words mean is for `lexicon`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_CHARACTERS = 20_000
MAX_WORDS = 600
"""More is not read; an answer of several times the usual length goes to a person anyway."""

MAX_WORD = 40

_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "→": ">", "⇒": ">", "\r": "\n", "\u2028": "\n", "\u2029": "\n",
    }
)  # fmt: skip
_PIECE = re.compile(
    r"(?P<word>\d+(?i:st|nd|rd|th)\b|[^\W\d_][^\W_]*(?:'[^\W\d_]+)*|∇)"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:[eE]-?\d+)?)"
    r"|(?P<end>[.!?;]+)"
    r"|(?P<break>\n[ \t]*(?:\n|[-*+•>#]|\d{1,2}[.)]))"
    r"|(?P<comma>[,:()\n>=]|--?(?=\s)|/(?=\s))"
)
_COMPARED = re.compile(r"\s+(?!long\b|soon\b)\w+\s+as\b", re.IGNORECASE)
"""What follows the first "as" of a comparison: "as well as", "as much as"; "as soon as" names a time."""

_SYMBOLS = {"η": "eta", "α": "alpha", "θ": "theta", "∇": "nabla"}
_SLIPS = dict.fromkeys("becuase becasue becouse beacuse becaus becose becuz coz cuz bcoz".split(), "because") | {
    "wen": "when", "whn": "when", "wich": "which", "whitch": "which", "thne": "then", "teh": "the", "adn": "and",
}  # fmt: skip
"""Frequent slips in the words that join clauses."""

_WITHOUT_APOSTROPHE = frozenset(
    "dont doesnt dosnt doesent dosent didnt cant wont isnt arent wasnt werent wouldnt shouldnt couldnt hasnt havent hadnt".split()
)
_PRONOUNS = frozenset("it that there what he she here who how where this".split())
_ENDINGS = frozenset("ll ve re".split())
_ABBREVIATIONS = frozenset("e g i vs etc resp approx fig cf ca".split())
_CLAUSE_WORDS = frozenset(
    "because so while whereas although though if when whenever then otherwise however since which that who thus hence "
    "therefore until unless yet else as".split()
)
_BEFORE_DEGREES = frozenset("be is are was were becomes become set chosen made changed".split())
_SIZES = frozenset("big large larg high hi small smal low long short slow fast much little".split())
_BEFORE_SIZES = frozenset("is are was were be being not nor or neither and if its a way far one".split())
_JOINING_WORDS = frozenset("and but plus".split())

COMMA, JOINED, CLAUSE = 1, 2, 3


class Word(NamedTuple):
    """One word; `joint` tells what stands before it: 0 nothing, or COMMA, JOINED ("and"), CLAUSE ("because").

    `after_comma` is also set where a comma stands before "and" or "because".
    """

    text: str
    start: int
    end: int
    sentence: int
    clause: int
    joint: int
    after_comma: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as it is shown (`text`), and its words in order."""

    text: str
    words: tuple[Word, ...]
    cut: bool

    def slice(self, first: int, last: int) -> str:
        """The student's own words from word *first* to word *last*."""
        return self.text[self.words[first].start : self.words[last].end]

    def in_brackets(self, place: int) -> bool:
        """Whether a bracket opens right before word *place*."""
        return place > 0 and "(" in self.text[self.words[place - 1].end : self.words[place].start]

    def after_colon(self, place: int) -> bool:
        """Whether a colon stands before word *place*: what follows explains what went before."""
        return place > 0 and ":" in self.text[self.words[place - 1].end : self.words[place].start]


def clean(answer: str) -> tuple[str, bool]:
    """*answer* with typographic forms evened out and invisible characters removed, and whether it was cut."""
    cut = len(answer) > MAX_CHARACTERS
    text = unicodedata.normalize("NFKC", answer[:MAX_CHARACTERS])
    cut = cut or len(text) > MAX_CHARACTERS
    text = text[:MAX_CHARACTERS].translate(_PLAIN)
    if text.isascii() and text.isprintable():
        return text, cut
    kept = [
        character
        for character in text
        if character in "\n\t"
        or unicodedata.category(character) not in ("Cc", "Cf", "Mn", "Me", "Cn", "Co", "Cs")
    ]
    return "".join(kept), cut


def read(answer: str) -> Reading:
    """The words of *answer*, each with its sentence, its clause and what joins it to the word before."""
    text, cut = clean(answer)
    words: list[Word] = []
    sentence = clause = joint = 0
    for match in _PIECE.finditer(text):
        if len(words) >= MAX_WORDS:
            cut = True
            break
        kind = match.lastgroup
        if kind == "end" or kind == "break":
            if words and (kind == "break" or _ends_sentence(text, match, words[-1])):
                sentence, clause, joint = sentence + 1, clause + 1, 0
        elif match[0] == "=":
            joint = max(joint, COMMA)  # "Adam = RMSprop + momentum" is one clause
        elif kind == "comma":
            clause, joint = clause + 1, max(joint, COMMA)
        else:
            after_comma = joint == COMMA
            for part in _parts(match[0].casefold()):
                compared = part == "as" and _COMPARED.match(text, match.end())
                joins = part in _JOINING_WORDS or (compared and compared[0].split()[0].casefold() == "well")
                if part in _CLAUSE_WORDS and not compared and not _is_degree(part, words):
                    clause, joint = clause + 1, max(joint, CLAUSE)
                elif joins:
                    clause, joint = clause + 1, max(joint, JOINED)
                words.append(Word(part, match.start(), match.end(), sentence, clause, joint, after_comma))
                joint, after_comma = 0, False
    return Reading(text, tuple(words), cut)


def sentences(reading: Reading) -> Iterator[range]:
    """The places of the words of each sentence."""
    start = 0
    for number, word in enumerate(reading.words):
        if word.sentence != reading.words[start].sentence:
            yield range(start, number)
            start = number
    if reading.words:
        yield range(start, len(reading.words))


def slips(reading: Reading) -> tuple[int, ...]:
    """The places of each "to" that is a "too": "not to big and not to small", but not "from big to small"."""
    words = reading.words
    return tuple(
        place
        for place, word in enumerate(words[:-1])
        if word.text == "to"
        and words[place + 1].text in _SIZES
        and (word.joint or place == 0 or words[place - 1].text in _BEFORE_SIZES)
        and not any(one.text == "from" for one in words[max(0, place - 4) : place])
    )


def _is_degree(part: str, before: Sequence[Word]) -> bool:
    """Whether "so", "that" or "as" says how much: "not that sensitive", "is so large", "as much as"."""
    previous = before[-1].text if before else ""
    if part == "as":
        return len(before) > 1 and before[-2].text == "as" and previous not in ("long", "soon")
    return (part in ("so", "that") and previous == "not") or (part == "so" and previous in _BEFORE_DEGREES)


def _ends_sentence(text: str, match: re.Match[str], before: Word) -> bool:
    if match[0] != ".":
        return True
    if before.text in _ABBREVIATIONS:
        return False
    after = text[match.end() : match.end() + 1]
    return not after.islower()


def _parts(word: str) -> tuple[str, ...]:
    """A word without its apostrophe: "doesn't" is "does not", "it's" is "it"."""
    if word in _SYMBOLS:
        return (_SYMBOLS[word],)
    word = _SLIPS.get(word, word)
    if word == "cannot":
        return "can", "not"
    if word in _WITHOUT_APOSTROPHE:
        return word[:-2], "not"
    if "'" not in word:
        return (word,)
    if word.endswith("n't"):
        return word[:-3] or "not", "not"
    before, _, after = word.partition("'")
    if len(before) <= 2 and len(after) >= 3 and after not in _ENDINGS:
        return (after,)  # "l'algorithme", "s'adapte"
    return (before, "is") if after == "s" and before in _PRONOUNS else (before,)
