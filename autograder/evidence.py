"""A suggested score as a cell of the notebook that a grader looks at and the student gets back.

Whatever a student wrote is shown as text: no HTML, no Markdown, no formula.
"""

from __future__ import annotations

import re

from autograder.report import Evidence, Suggested

HEADING = "Suggested score - not final until a person confirms it"


def table(suggested: Suggested, max_points: int) -> str:
    """The evidence as Markdown."""
    lines = [f"**{HEADING}**", "", score(suggested, max_points), ""]
    lines += ["| what an answer can say | points | | your own words |", "|---|--:|---|---|"]
    lines += [_row(row) for row in suggested.evidence]
    if suggested.remarks:
        lines += ["", "About this answer:", ""]
        lines += [f"- {escape(remark)}" for remark in suggested.remarks]
    return "\n".join([*lines, "", f"`{suggested.key}`", ""])


def score(suggested: Suggested, max_points: int) -> str:
    """The points in a sentence, and whether somebody should read the answer."""
    if suggested.points is None:
        return "No score is suggested for this answer."
    route = "" if suggested.ready else " A person should read this answer."
    return f"{suggested.points:g} of {max_points:g} points.{route}"


def escape(text: str) -> str:
    """*text* for a Markdown table in a notebook: no HTML, no Markdown, no formula, no line break.

    `$` and the backslash become full-width: a browser that typesets formulas would read them behind any entity.
    """
    text = " ".join(text.split()).replace("$", "＄").replace("\\", "＼")
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: _entity(match[0]), text)


def _row(row: Evidence) -> str:
    quotes = " … ".join(f"“**{escape(quote)}**”" for quote in row.quotes)
    return f"| {escape(row.label)} | {row.points} | {row.status} | {quotes} |"


def _entity(character: str) -> str:
    return character if character in ",;'?" else f"&#{ord(character)};"
