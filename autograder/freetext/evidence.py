"""Shows a suggestion to people: as rows, and as one paragraph for the comment that nbgrader keeps.

Grader and student see the same: each concept, its points, and the student's own words. Patterns are never shown. What was
not found is "not found in your answer"; nobody is told that they are wrong by a program that may be.
"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.freetext.neighbours import Neighbour
from autograder.freetext.suggestion import Finding, ItemStatus, Span, Suggestion

MAX_QUOTE = 200

_STATUS = {
    "found": "found",
    "absent": "not found in your answer",
    "negated": "mentioned, but it seems to be denied",
    "swapped": "mentioned, but with the opposite condition",
}


@dataclass(frozen=True)
class Row:
    """One line of the table; `quotes` are the student's own words."""

    label: str
    points: str
    status: str
    quotes: tuple[str, ...]
    found: bool = False


def rows(suggestion: Suggestion) -> tuple[Row, ...]:
    """The concepts in the order of the rubric, then what looks like a misconception."""
    return (
        *(_concept(suggestion, item) for item in suggestion.items),
        *(_misconception(suggestion, one) for one in suggestion.misconceptions),
    )


def remarks(suggestion: Suggestion, neighbour: Neighbour | None = None) -> tuple[str, ...]:
    """What else a person should know about the answer, a sentence or half of one each."""
    said = tuple(flag.message for flag in suggestion.flags)
    return said if neighbour is None else (*said, _similar(neighbour, suggestion))


def note(suggestion: Suggestion) -> str:
    """The labels of what was found and not found, as one paragraph for grader and student."""
    if not suggestion.readable:
        return "No score is suggested: the answer could not be read."
    found = [one.label for one in suggestion.items if one.status == "found"]
    missing = [one.label for one in suggestion.items if one.status != "found"]
    parts = [f"Found: {'; '.join(found)}."] if found else []
    parts += [f"Not found in your answer: {'; '.join(missing)}."] if missing else []
    return " ".join(parts)


def _similar(neighbour: Neighbour, suggestion: Suggestion) -> str:
    given = f"{neighbour.confirmed.points:g} of {suggestion.max_points:g}"
    return f"similar to a confirmed answer that got {given} (similarity {neighbour.similarity:.2f})"


def _concept(suggestion: Suggestion, item: ItemStatus) -> Row:
    found = item.status == "found"
    points = f"{item.points:g}" if found else f"0 of {item.points:g}"
    return Row(item.label, points, _STATUS[item.status], _quotes(suggestion, item.spans), found)


def _misconception(suggestion: Suggestion, finding: Finding) -> Row:
    return Row(finding.label, "", "the answer seems to say otherwise", _quotes(suggestion, finding.spans))


def _quotes(suggestion: Suggestion, spans: tuple[Span, ...]) -> tuple[str, ...]:
    quotes: list[str] = []
    for span in spans:
        if sum(map(len, quotes)) >= MAX_QUOTE:
            return (*quotes, "...")
        quotes.append(suggestion.text[span.start : span.end])
    return tuple(quotes)
