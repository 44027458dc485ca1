"""What a grade is written as: numbers in fixed notation, and a decision for every state that is not a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from autograder.errors import ExportError
from autograder.export.values import Options
from autograder.grades import Grade


@dataclass(frozen=True)
class Words:
    """How a format writes what is not a number. No `excused` word: the person at the terminal has to decide."""

    decimals: int = 2
    excused: str | None = None


def word(grade: Grade, words: Words, options: Options) -> str | None:
    """What to write for *grade*; None leaves the cell as it is."""
    if grade.state == "excused":
        if words.excused is not None:
            return words.excused
        return {"zero": "0", "skip": None, None: None}[options.excused]
    if grade.state == "missing":
        return "0" if options.missing == "zero" else None
    if grade.points is None or (grade.state == "pending" and options.unconfirmed != "allow"):
        return None
    return number(grade.points, words.decimals)


def number(points: Decimal, decimals: int = 2) -> str:
    """*points* in fixed notation without needless zeros; rounded here only if nothing has rounded them before."""
    if not points.is_finite() or points < 0:
        raise ExportError(f"{points} are no points; points are 0 or more")
    rounded = points.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def same(old: str, new: str) -> bool:
    """Whether a cell already says this, if perhaps with other zeros or a decimal comma."""
    if old.strip().casefold() == new.casefold():
        return True
    a, b = read_number(old), read_number(new)
    return a is not None and a == b


def read_number(text: str) -> Decimal | None:
    """The number in a cell, with a point or one comma for the decimals; None for anything else."""
    text = text.strip()
    if not re.fullmatch(r"-?\d{1,12}(?:[.,]\d{1,12})?", text):
        return None
    return Decimal(text.replace(",", "."))
