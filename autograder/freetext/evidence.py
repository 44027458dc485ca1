"""Shows a suggestion to people: as rows, as a Markdown table for a notebook, and as the comment that nbgrader keeps.

Grader and student see the same: each concept, its points, and the student's own words. Patterns are never shown. What was
not found is "not found in your answer"; nobody is told that they are wrong by a program that may be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from autograder.freetext.neighbours import Neighbour
from autograder.freetext.suggestion import Finding, ItemStatus, Span, Suggestion

HEADING = "Suggested score - not final until a person confirms it"
MAX_QUOTE = 200

_STATUS = {
    "found": "found",
    "absent": "not found in your answer",
    "negated": "mentioned, but it seems to be denied",
    "swapped": "mentioned, but with the opposite condition",
}
_MARKER = re.compile(
    r"\[(?P<kind>suggested|kept) (?P<points>[0-9.]+) of (?P<most>[0-9.]+); (?P<key>[0-9a-f]{12}-[0-9]+-[0-9a-f]{12})\]"
)


@dataclass(frozen=True)
class Row:
    """One line of the table; `quotes` are the student's own words."""

    label: str
    points: str
    status: str
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Marker:
    """What a comment of ours says about the suggestion that it came with."""

    kind: Literal["suggested", "kept"]
    points: float
    max_points: float
    key: str


def rows(suggestion: Suggestion) -> tuple[Row, ...]:
    """The concepts in the order of the rubric, then what looks like a misconception."""
    return (
        *(_concept(suggestion, item) for item in suggestion.items),
        *(_misconception(suggestion, one) for one in suggestion.misconceptions),
    )


def highlighted(suggestion: Suggestion) -> tuple[tuple[str, bool], ...]:
    """The whole answer in pieces, each with whether it is evidence for a concept that was found."""
    spans = sorted(
        {(span.start, span.end) for one in suggestion.items if one.status == "found" for span in one.spans}
    )
    pieces: list[tuple[str, bool]] = []
    place = 0
    for start, end in spans:
        if end <= place:
            continue
        first = max(start, place)
        pieces += [(suggestion.text[place:first], False), (suggestion.text[first:end], True)]
        place = end
    pieces.append((suggestion.text[place:], False))
    return tuple(piece for piece in pieces if piece[0])


def markdown(suggestion: Suggestion, neighbour: Neighbour | None = None) -> str:
    """The evidence as Markdown, with everything that a student wrote made harmless."""
    lines = [f"**{HEADING}**", "", _score(suggestion), ""]
    lines += ["| what an answer can say | points | | your own words |", "|---|--:|---|---|"]
    lines += [
        f"| {escape(row.label)} | {row.points} | {row.status} | {' … '.join(f'“**{escape(quote)}**”' for quote in row.quotes)} |"
        for row in rows(suggestion)
    ]
    if suggestion.flags:
        lines += ["", "About this answer:", ""]
        lines += [f"- {escape(flag.message)}" for flag in suggestion.flags]
    if neighbour is not None:
        lines += ["", _similar(neighbour, suggestion)]
    lines += ["", f"<sub>{suggestion.key}</sub>", ""]
    return "\n".join(lines)


def comment(suggestion: Suggestion, kind: Literal["suggested", "kept"] = "suggested") -> str:
    """One paragraph for nbgrader's `auto_comment`; it begins with a marker that `read_marker` reads."""
    marker = f"[{kind} {suggestion.points:g} of {suggestion.max_points:g}; {suggestion.key}]"
    return f"{marker} {note(suggestion)}".rstrip()


def note(suggestion: Suggestion) -> str:
    """The labels of what was found and not found, as one paragraph for grader and student."""
    if not suggestion.readable:
        return "No score is suggested: the answer could not be read."
    found = [one.label for one in suggestion.items if one.status == "found"]
    missing = [one.label for one in suggestion.items if one.status != "found"]
    parts = [f"Found: {'; '.join(found)}."] if found else []
    parts += [f"Not found in your answer: {'; '.join(missing)}."] if missing else []
    return " ".join(parts)


def read_marker(text: str) -> Marker | None:
    """The marker at the beginning of a comment, or None if the comment is not ours."""
    match = _MARKER.match(text.lstrip())
    if match is None:
        return None
    kind: Literal["suggested", "kept"] = "kept" if match["kind"] == "kept" else "suggested"
    return Marker(kind, float(match["points"]), float(match["most"]), match["key"])


def escape(text: str) -> str:
    """*text* for a Markdown table in a notebook: no HTML, no Markdown, no formula, no line break.

    `$` and the backslash become full-width: a browser that typesets formulas would read them behind any entity.
    """
    text = " ".join(text.split()).replace("$", "＄").replace("\\", "＼")
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: _entity(match[0]), text)


def _entity(character: str) -> str:
    return character if character in ",;'?" else f"&#{ord(character)};"


def _score(suggestion: Suggestion) -> str:
    if not suggestion.readable:
        return "No score is suggested for this answer."
    route = "" if suggestion.route == "ready" else " A person should read this answer."
    return f"{suggestion.points:g} of {suggestion.max_points:g} points.{route}"


def _similar(neighbour: Neighbour, suggestion: Suggestion) -> str:
    given = f"{neighbour.confirmed.points:g} of {suggestion.max_points:g}"
    return f"Similar to a confirmed answer that got {given} (similarity {neighbour.similarity:.2f})."


def _concept(suggestion: Suggestion, item: ItemStatus) -> Row:
    points = f"{item.points:g}" if item.status == "found" else f"0 of {item.points:g}"
    return Row(item.label, points, _STATUS[item.status], _quotes(suggestion, item.spans))


def _misconception(suggestion: Suggestion, finding: Finding) -> Row:
    return Row(finding.label, "", "the answer seems to say otherwise", _quotes(suggestion, finding.spans))


def _quotes(suggestion: Suggestion, spans: tuple[Span, ...]) -> tuple[str, ...]:
    quotes: list[str] = []
    for span in spans:
        if sum(map(len, quotes)) >= MAX_QUOTE:
            return (*quotes, "...")
        quotes.append(suggestion.text[span.start : span.end])
    return tuple(quotes)
