"""What Sakai's gradebook does with an uploaded file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

ITEM = re.compile(r"([^\*\#\$\[\]]+)(?: \[([0-9]+(?:[,\.][0-9]{1,2})?)\])?")


class RejectedError(Exception):
    """Nothing of the file is imported."""


def upload(
    content: bytes, users: list[str], stored: Mapping[tuple[str, str], str]
) -> tuple[Mapping[tuple[str, str], str], list[str], Mapping[str, str]]:
    """The scores and comments afterwards, the unknown users, and the points of each item."""
    header, *rows = [row for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")) if row]
    if len(set(header)) != len(header) or not all(cell.strip() for cell in header):
        raise RejectedError("blank or duplicate heading")
    columns, points = {}, {}
    for position, heading in enumerate(header):
        if position < 2 or heading.startswith("#"):
            continue
        if heading.startswith("* "):
            columns[position] = f"{heading[2:]}/comment"
            continue
        parts = ITEM.fullmatch(heading)
        if parts is None:
            raise RejectedError(f"bad heading {heading!r}")
        columns[position] = parts[1].strip()
        points[parts[1].strip()] = parts[2] or ""
    comments = [name.removesuffix("/comment") for name in columns.values() if name.endswith("/comment")]
    if not set(comments) <= set(points):
        raise RejectedError("a comment without its item")
    after, unknown, seen = dict(stored), [], set()
    for row in rows:
        user = row[0].strip()
        if not user:
            continue
        if user in seen:
            raise RejectedError(f"{user} twice")
        seen.add(user)
        if user not in users:
            unknown.append(user)
            continue
        for position, name in columns.items():
            value = row[position] if position < len(row) else ""
            if not value.strip():
                continue
            if not name.endswith("/comment") and not re.fullmatch(r"\d+(\.\d+)?", value):
                raise RejectedError(f"bad score {value!r}")
            if re.sub(r"\.0+$", "", value) != re.sub(r"\.0+$", "", after.get((user, name), "")):
                after[user, name] = value
    return after, unknown, points
