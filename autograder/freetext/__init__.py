"""Suggests points for a short answer in English and shows why; a person confirms them. Offline and deterministic.

`Rubric` is what the author wrote, `compile` makes a `Matcher` of it, and `Matcher.suggest` turns an answer into a
`Suggestion`: the status of each concept, the student's own words that speak for it, and whether a person must look.
"""

from __future__ import annotations

from autograder.freetext.patterns import PatternError
from autograder.freetext.rubric import (
    About,
    Concept,
    Conditional,
    Example,
    Misconception,
    Rubric,
    Synonyms,
    TextDefaults,
)

__all__ = [
    "About",
    "Concept",
    "Conditional",
    "Example",
    "Misconception",
    "PatternError",
    "Rubric",
    "Synonyms",
    "TextDefaults",
]
