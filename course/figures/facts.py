"""Statements of the lessons that hold a number or claim a behaviour, tied to the code that shows it.

Each lesson module yields its statements as they stand in lesson.md, with every number put in by code. A test
looks for each of them in the text, so text and code cannot part unnoticed.
"""

from __future__ import annotations


def fact(text: str, *, holds: bool = True) -> str:
    """*text*, if what it claims still holds."""
    if not holds:
        raise AssertionError(f"no longer true: {text}")
    return text
