"""Suggests points for a short answer in English and shows why; a person confirms them. Offline and deterministic.

`Rubric` is what the author wrote, `compile` makes a `Matcher` of it, and `Matcher.suggest` turns an answer into a
`Suggestion`: the status of each concept, the student's own words that speak for it, and whether a person must look.
"""

from __future__ import annotations

from autograder.freetext.lint import Lint, lint
from autograder.freetext.matcher import Matcher, compile, normal_form
from autograder.freetext.routes import Flag
from autograder.freetext.suggestion import (
    MATCHER_VERSION,
    Finding,
    ItemStatus,
    Span,
    Suggestion,
    answer_hash,
)
from autograder.patterns import PatternError
from autograder.rubric import (
    About,
    Concept,
    Conditional,
    Example,
    Misconception,
    Presumption,
    Rubric,
    Synonyms,
    TextDefaults,
)

__all__ = [
    "MATCHER_VERSION",
    "About",
    "Concept",
    "Conditional",
    "Example",
    "Finding",
    "Flag",
    "ItemStatus",
    "Lint",
    "Matcher",
    "Misconception",
    "PatternError",
    "Presumption",
    "Rubric",
    "Span",
    "Suggestion",
    "Synonyms",
    "TextDefaults",
    "answer_hash",
    "compile",
    "lint",
    "normal_form",
]
