"""The little language of accepted phrasings: from a text such as `step size|length|{big}` to slots of alternatives.

A pattern is a row of slots with blanks between them; all slots must be found near each other, in any order. A slot
holds alternatives with `|` between them. `within:4` as a slot of its own says how near, `in:order`
that they stand in the order of the pattern. `_` joins words that stand side by side, `*` at the end of a word takes every
ending, `{name}` stands for a synonym list of the course, and `not:` in front of an alternative asks for a negation.
What counts as the same word is for `freetext.lexicon`, what counts as near for `freetext.matching`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

MAX_LENGTH = 4000
MAX_SLOTS = 6
MAX_ALTERNATIVES = 4000
MAX_PHRASE = 6

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+|(?<=\de)-\d+)*\*?")
_WITHIN = re.compile(r"within:([1-9][0-9]?)")
_IN_ORDER = "in:order"
_NAME = re.compile(r"\{([^{}]*)\}")


class PatternError(ValueError):
    """A pattern that cannot be read; `message` says what is wrong with it and `hint` what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Alternative:
    """Words that stand side by side; with `negated` they count only under a negation."""

    words: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        return f"{'not:' if self.negated else ''}{'_'.join(self.words)}"


Slot = tuple[Alternative, ...]


def check_pattern(text: str) -> str:
    """*text* if it is well formed, whatever the names of its synonym lists stand for; else a PatternError."""
    _parse(text, None)
    return text


def check_slot(text: str) -> str:
    """*text* if it is a single well-formed slot."""
    if len(_parse(text, None)) > 1:
        raise PatternError(
            f"`{_short(text)}` has blanks in it, but only alternatives can stand here",
            "write `|` between alternatives and `_` between words that stand side by side",
        )
    return text


def parse_pattern(text: str, synonyms: Mapping[str, str]) -> tuple[Slot, ...]:
    """The slots of *text* with the synonym lists filled in."""
    return _parse(text, synonyms)


def slots_in(text: str) -> list[str]:
    """The texts of the slots of *text*."""
    return [part for part in text.split() if part != _IN_ORDER and not _WITHIN.fullmatch(part)]


def window_of(text: str) -> int | None:
    """Among how many words all slots of *text* must lie, if it says so."""
    found = [match for part in text.split() if (match := _WITHIN.fullmatch(part))]
    return int(found[-1][1]) if found else None


def is_ordered(text: str) -> bool:
    """Whether the slots of *text* must follow each other as they are written."""
    return _IN_ORDER in text.split()


def names_in(text: str) -> tuple[str, ...]:
    """The synonym lists that *text* uses, in order."""
    return tuple(match[1] for match in _NAME.finditer(text))


def _parse(text: str, synonyms: Mapping[str, str] | None) -> tuple[Slot, ...]:
    if len(text) > MAX_LENGTH:
        raise PatternError(f"the pattern has {len(text):,} characters; at most {MAX_LENGTH:,} are allowed")
    parts = slots_in(text)
    if not parts:
        raise PatternError(
            "the pattern is empty", "write the words that an answer must hold, or remove the line"
        )
    if len(parts) > MAX_SLOTS:
        raise PatternError(
            f"`{_short(text)}` has {len(parts)} slots; at most {MAX_SLOTS} are allowed",
            "a blank asks for one more word; write `|` between words of which one is enough",
        )
    return tuple(_slot(part, synonyms) for part in parts)


def _slot(text: str, synonyms: Mapping[str, str] | None) -> Slot:
    found: dict[Alternative, None] = {}
    for part in text.split("|"):
        if not part:
            raise PatternError(
                f"`{_short(text)}` has an empty alternative", "remove the `|` that has nothing beside it"
            )
        for alternative in _alternatives(part, synonyms, ()):
            found[alternative] = None
    if len(found) > MAX_ALTERNATIVES:
        raise PatternError(
            f"`{_short(text)}` stands for more than {MAX_ALTERNATIVES:,} alternatives",
            "split it into several patterns",
        )
    return tuple(found)


def _alternatives(
    part: str, synonyms: Mapping[str, str] | None, inside: tuple[str, ...]
) -> list[Alternative]:
    negated = part.startswith("not:")
    pieces = _rejoin(part.removeprefix("not:").split("_"))
    choices = [_choices(piece, part, synonyms, inside) for piece in pieces]
    if any(one.negated for choice in choices for one in choice) and (negated or len(choices) > 1):
        raise PatternError(
            f"`{_short(part)}` joins a synonym list that holds `not:` with something else",
            "a list with `not:` in it must stand alone between two `|`",
        )
    if len(choices) == 1 and not negated:  # one word or one list, as most are: nothing is joined
        return choices[0][: MAX_ALTERNATIVES + 1]
    joined = [
        Alternative(
            tuple(itertools.chain.from_iterable(one.words for one in row)),
            negated or any(one.negated for one in row),
        )
        for row in itertools.islice(itertools.product(*choices), MAX_ALTERNATIVES + 1)
    ]
    if any(len(one.words) > MAX_PHRASE for one in joined):
        raise PatternError(
            f"`{_short(part)}` asks for more than {MAX_PHRASE} words side by side",
            "nobody writes the same long phrase twice; use a few words with blanks between them",
        )
    return joined


def _rejoin(pieces: list[str]) -> list[str]:
    """Puts together again what `_` in the name of a synonym list took apart."""
    whole: list[str] = []
    for piece in pieces:
        if whole and whole[-1].count("{") > whole[-1].count("}"):
            whole[-1] += f"_{piece}"
        else:
            whole.append(piece)
    return whole


def _choices(
    piece: str, part: str, synonyms: Mapping[str, str] | None, inside: tuple[str, ...]
) -> list[Alternative]:
    if name := _NAME.fullmatch(piece):
        return _synonyms(name[1], synonyms, inside)
    if not _WORD.fullmatch(piece):
        raise PatternError(
            f"`{_short(part)}` cannot be read as words",
            "allowed are letters, digits, `|`, `_`, `*` at the end of a word, `not:` in front and `{name}`",
        )
    return [Alternative((piece.casefold(),))]


def _synonyms(name: str, synonyms: Mapping[str, str] | None, inside: tuple[str, ...]) -> list[Alternative]:
    if synonyms is None:
        return [Alternative(("synonym",))]
    if name not in synonyms:
        known = ", ".join(f"`{{{one}}}`" for one in sorted(synonyms)) or "none"
        raise PatternError(
            f"`{{{name}}}` is not a synonym list of this course", f"known under `text: synonyms:` are {known}"
        )
    if name in inside:
        raise PatternError(f"the synonym list `{{{name}}}` is made of itself")
    found: list[Alternative] = []
    for part in (word.strip() for word in synonyms[name].split("|")):
        if len(part.split()) != 1:
            raise PatternError(
                f"the synonym list `{{{name}}}` holds `{_short(part)}`",
                "write single words, or words joined by `_`, with `|` between them",
            )
        found += _alternatives(part, synonyms, (*inside, name))
    return found


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
