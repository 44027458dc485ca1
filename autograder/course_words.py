"""How messages about a course call what they are about: values, the places of values, and whose key something is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.yamlsource import Step


def shown(value: Any) -> str:
    """*value* for a message, cut where it is long."""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    text = " ".join(text.split())
    text = text if len(text) <= 60 else f"{text[:57]}..."
    return f"`{text}`" if isinstance(value, str) else text


def entries(count: int) -> str:
    """ "1 entry", "2 entries"."""
    return f"{count} entr{'y' if count == 1 else 'ies'}"


def found(value: Any, written: str | None) -> str:
    """What was found, in words: "is the number `5`", "is a list"; *written* is how a value without quotes was typed."""
    if isinstance(value, bool):
        word = "true" if value else "false"
        return f"is `{written or word}`, which YAML reads as the boolean `{word}`"
    if value is None:
        return "is empty"
    if isinstance(value, int | float):
        return f"is the number `{written or shown(value)}`"
    if isinstance(value, str):
        return f"is the text {shown(value)}"
    return "is a mapping" if isinstance(value, Mapping) else "is a list"


def named(at: Sequence[Step]) -> str:
    """The value at the end of a way: "`points`", or "entry 2 of `options`"."""
    if not at:
        return "the file"
    if isinstance(at[-1], int):
        return f"entry {at[-1] + 1} of `{_last_word(at)}`"
    return f"`{at[-1]}`"


_OWNERS = {
    "lessons": "a lesson",
    "exercises": "an exercise",
    "quiz": "a question",
    "options": "an option",
    "pairs": "a pair",
    "convergence": "a criterion",
    "extensions": "an extension",
    "concepts": "a concept",
    "misconceptions": "a misconception",
    "examples": "an example",
}


def owner_of(at: Sequence[Step]) -> str:
    """Whose key it is: "a lesson", "`grading`"."""
    if not at:
        return "the file"
    if isinstance(at[-1], int):
        return _OWNERS.get(_last_word(at), f"an entry of `{_last_word(at)}`")
    return f"`{at[-1]}`"


def _last_word(at: Sequence[Step]) -> str:
    return next((step for step in reversed(at) if isinstance(step, str)), "the file")
