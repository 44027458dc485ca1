"""What Open edX does with an uploaded file of overrides or of staff graded points."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

BULK_LIMIT = 2 * 1024 * 1024


class RejectedError(Exception):
    """Nothing of the file is imported."""


def _rows(content: bytes, required: set[str]) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    except UnicodeDecodeError as error:
        raise RejectedError(str(error)) from error
    if not required <= set(reader.fieldnames or ()):
        raise RejectedError(f"missing columns: {required - set(reader.fieldnames or ())}")
    return list(reader)


def bulk_grades(
    content: bytes, course: str, stored: Mapping[tuple[str, str], str]
) -> Mapping[tuple[str, str], str]:
    """The overrides afterwards, by user id and block."""
    if len(content) > BULK_LIMIT:
        raise RejectedError("too large")
    after, seen = dict(stored), set()
    for row in _rows(content, {"user_id", "course_id"}):
        if row["user_id"] in seen or row["course_id"] != course:
            raise RejectedError(f"user {row['user_id']} twice, or another course")
        seen.add(row["user_id"])
        for heading, value in row.items():
            if heading.startswith("new_override-") and value:
                after[row["user_id"], heading.removeprefix("new_override-")] = _number(value)
    return after


def staff_points(content: bytes, maximum: Decimal, stored: Mapping[str, str]) -> Mapping[str, str]:
    """The points afterwards, by user id; the first row of a user counts."""
    after, seen = dict(stored), set()
    for row in _rows(content, {"user_id", "New Points", "block_id", "Previous Points"}):
        if row["New Points"] and row["user_id"] not in seen:
            if Decimal(_number(row["New Points"])) > maximum:
                raise RejectedError("too many points")
            after[row["user_id"]] = _number(row["New Points"])
        seen.add(row["user_id"])
    return after


def _number(value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise RejectedError(f"{value!r} is no number") from error
    if number < 0:
        raise RejectedError(f"{value} is below 0")
    return value
