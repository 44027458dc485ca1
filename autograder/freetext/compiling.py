"""Turns the patterns of a rubric into slots over one vocabulary; equal slots are compiled, and later found, once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from autograder.freetext.lexicon import Vocabulary
from autograder.freetext.matching import WINDOW, CompiledSlot, Condition, Node, Plain, Presumed
from autograder.patterns import Slot, is_ordered, parse_pattern, slots_in, window_of
from autograder.rubric import Conditional, Pattern, Rubric, Statement

Compiled = Plain | Condition


@dataclass(frozen=True)
class CompiledRubric:
    """The patterns of each concept and misconception by its id, in the order of the file."""

    vocabulary: Vocabulary
    concepts: Mapping[str, tuple[Compiled, ...]]
    misconceptions: Mapping[str, tuple[Compiled, ...]]
    this: CompiledSlot | None = None
    others: CompiledSlot | None = None
    terms: CompiledSlot | None = None
    presumed: Mapping[str, Presumed] = field(default_factory=dict)
    """What may be presumed, by the id of its concept."""


def compile_rubric(rubric: Rubric) -> CompiledRubric:
    """All patterns of *rubric*, ready to be looked for; a PatternError names what cannot be."""
    slots = _read_slots(rubric)
    vocabulary = Vocabulary(word for read in slots.values() for one in read for word in one.words)
    numbers: dict[Slot, CompiledSlot] = {}
    for read in slots.values():
        if read not in numbers:
            numbers[read] = _compiled(read, len(numbers), vocabulary)

    def plain(text: str) -> Plain:
        parts = slots_in(text)
        return Plain(
            tuple(numbers[slots[part]] for part in parts),
            window_of(text) or WINDOW + len(parts),
            is_ordered(text),
        )

    def slot(text: str) -> CompiledSlot:
        return numbers[slots[text.strip()]]

    def one(text: str | None) -> CompiledSlot | None:
        return slot(text) if text else None

    def pattern(written: Pattern) -> Compiled:
        if isinstance(written, str):
            return plain(written)
        return Condition(
            plain(written.then),
            one(written.when),
            one(written.unless),
            one(written.aside),
            written.swaps,
        )

    return CompiledRubric(
        vocabulary,
        {concept.id: tuple(map(pattern, concept.patterns)) for concept in rubric.concepts},
        {wrong.id: tuple(map(pattern, wrong.patterns)) for wrong in rubric.misconceptions},
        one(rubric.about.this) if rubric.about else None,
        one(rubric.about.others) if rubric.about else None,
        one(rubric.defaults.terms),
        {
            concept.id: Presumed(slot(it.when), slot(it.unless), one(it.harmless), one(it.aside))
            for concept in rubric.concepts
            if (it := concept.presume)
        },
    )


def texts_of(written: Pattern) -> Iterator[str]:
    """The pattern texts in a pattern."""
    if isinstance(written, Conditional):
        yield from (text for text in (written.then, written.when, written.unless, written.aside) if text)
    else:
        yield written


def _read_slots(rubric: Rubric) -> dict[str, Slot]:
    """Each slot under the text that it is written as."""
    statements: tuple[Statement, ...] = (*rubric.concepts, *rubric.misconceptions)
    patterns = [written for one in statements for written in one.patterns]
    texts = [text for written in patterns for text in texts_of(written)]
    for concept in rubric.concepts:
        texts += concept.presume.texts if concept.presume else ()
    if rubric.about:
        texts += [rubric.about.this, rubric.about.others]
    if rubric.defaults.terms:
        texts.append(rubric.defaults.terms)
    parts = dict.fromkeys(part for text in texts for part in slots_in(text))
    return {part: parse_pattern(part, rubric.synonyms)[0] for part in parts}


def _compiled(slot: Slot, number: int, vocabulary: Vocabulary) -> CompiledSlot:
    tree = Node()
    for alternative in slot:
        node = tree
        for word in alternative.words:
            node = node.following.setdefault(vocabulary.numbers[word], Node())
        if alternative.negated not in node.ends:
            node.ends = (*node.ends, alternative.negated)
    return CompiledSlot(number, tree)
