"""What Moodle does with an uploaded gradebook file, a grades XML file and a grading worksheet.

The gradebook file and the XML are all or nothing; the worksheet skips what it does not like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

Stored = Mapping[tuple[str, str], str]
"""Grades (and comments, under `<item>/feedback`) by id number and item."""


class RejectedError(Exception):
    """Nothing of the file is imported."""


@dataclass(frozen=True)
class User:
    idnumber: str
    email: str
    username: str = ""


def parse(content: bytes, delimiter: str = ",", encoding: str = "utf-8") -> list[list[str]]:
    """Moodle's reader: the mark goes, line ends are made equal, cells are trimmed; PHP takes `\\"` for an escaped quote."""
    text = content.decode(encoding, "ignore").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows: list[list[str]] = []
    cells: list[str] = []
    at = 0
    while at < len(text):
        value, at = _cell(text, at, delimiter)
        cells.append(value.strip())
        if at >= len(text) or text[at] == "\n":
            if cells != [""]:
                rows.append(cells)
            cells = []
        at += 1
    if len({len(row) for row in rows}) > 1:
        raise RejectedError("number of columns is not constant")
    return rows


def _cell(text: str, at: int, delimiter: str) -> tuple[str, int]:
    """One cell, and where it ends; text after a closing quote is simply added, as PHP does."""
    value = ""
    if text[at] == '"':
        at += 1
        while at < len(text):
            if text[at] == "\\" and text[at + 1 : at + 2] == '"':
                value, at = value + '\\"', at + 2
            elif text[at] == '"' and text[at + 1 : at + 2] == '"':
                value, at = value + '"', at + 2
            elif text[at] == '"':
                at += 1
                break
            else:
                value, at = value + text[at], at + 1
        else:
            raise RejectedError("a quoted cell never ends")
    while at < len(text) and text[at] not in (delimiter, "\n"):
        value, at = value + text[at], at + 1
    return value, at


def gradebook_csv(
    content: bytes,
    users: list[User],
    user_column: str,
    items: Mapping[str, tuple[str, Decimal]],
    stored: Stored,
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    decimal_comma: bool = False,
) -> Stored:
    """The grades afterwards; *items* maps a heading to an item and its maximum, `<item>/feedback` being its comment."""
    header, *rows = parse(content, delimiter, encoding)
    after = dict(stored)
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        user = _user(cells[user_column], user_column, users)
        for heading, (item, maximum) in items.items():
            value = cells[heading]
            if item.endswith("/feedback"):
                after[user.idnumber, item] = value
            elif value in ("", "-"):
                after[user.idnumber, item] = ""
            else:
                after[user.idnumber, item] = _grade(value, maximum, decimal_comma=decimal_comma)
    return {key: value for key, value in after.items() if value}


def _user(value: str, column: str, users: list[User]) -> User:
    exact = column == "ID number"
    hits = [
        user
        for user in users
        if (user.idnumber == value if exact else value.lower() in (user.email.lower(), user.username.lower()))
    ]
    if not value or len(hits) != 1:
        raise RejectedError(f"unknown user {value!r}")
    return hits[0]


def _grade(value: str, maximum: Decimal, *, decimal_comma: bool = False) -> str:
    try:
        number = Decimal(value.replace(",", ".") if decimal_comma else value)
    except InvalidOperation as error:
        raise RejectedError(f"Supplied grade is invalid: {value!r}") from error
    if not 0 <= number <= maximum:
        raise RejectedError(f"{value} is not between 0 and {maximum}")
    return _stored(number)


def _stored(number: Decimal) -> str:
    return f"{round(number, 5).normalize():f}"


def grade_xml(content: bytes, idnumbers: list[str], items: Mapping[str, Decimal], stored: Stored) -> Stored:
    """The grades afterwards; over the maximum is cut without a word."""
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - our own files
    except ElementTree.ParseError as error:
        raise RejectedError(str(error)) from error
    after = dict(stored)
    for result in root.iter("result"):
        item, student = result.findtext("assignment", ""), result.findtext("student", "")
        if item not in items or student not in idnumbers:
            raise RejectedError(f"unknown item {item!r} or user {student!r}")
        score = result.find("score")
        if score is not None and not score.text:
            raise RejectedError("empty score")
        value = "-" if score is None or score.text is None else score.text
        if value == "-":
            after[student, item] = ""
        elif not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise RejectedError(f"bad score {value!r}")
        else:
            after[student, item] = _stored(min(Decimal(value), items[item]))
        if result.find("feedback") is not None:
            after[student, f"{item}/feedback"] = result.findtext("feedback", "")
    return {key: value for key, value in after.items() if value}


def worksheet(
    content: bytes, participants: Mapping[str, str], maximum: Decimal, stored: Mapping[str, str]
) -> Mapping[str, str]:
    """The grades afterwards, by id number; *participants* maps the number in `Identifier`."""
    header, *rows = parse(content)
    if not {"Identifier", "Grade", "Last modified (grade)"} <= set(header):
        raise RejectedError("required columns are missing")
    after = dict(stored)
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        student = participants.get(cells["Identifier"].removeprefix("Participant "))
        value = cells["Grade"]
        if student is None or value in ("", "-") or cells.get("Grade can be changed") == "No":
            continue
        try:
            after[student] = _grade(value, maximum)
        except RejectedError:
            continue
    return after
