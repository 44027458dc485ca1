"""What Canvas does with an uploaded gradebook file: delimiter guess, number normaliser, header and lookup rules, blank erases."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

_TOTALS = re.compile("(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
_INFO = ("SIS User ID", "SIS Login ID", "Integration ID", "Root Account")


class RejectedError(Exception):
    """The whole upload fails."""


@dataclass(frozen=True)
class Account:
    """A student as Canvas knows them."""

    id: int
    name: str
    sortable_name: str
    sis_id: str = ""
    login: str = ""


@dataclass(frozen=True)
class Upload:
    """What the instructor would see after the upload."""

    grades: Mapping[tuple[int, int], str]
    new_assignments: tuple[str, ...]
    unknown_students: tuple[str, ...]
    points_possible: Mapping[int, str]


def normalise(field: str) -> str:
    """Every cell that looks like a number is rewritten, ids too: all separators but the last go, the last becomes a point."""
    if not re.fullmatch(r"-?[0-9.,]+%?", field):
        return field
    parts = re.split("[,.]", field)
    while parts and parts[-1] == "":
        parts.pop()
    if not parts:
        return field
    *front, last = parts
    return f"{''.join(front)}.{last}" if front else last


def guess_delimiter(text: str) -> str:
    lines = text.splitlines(keepends=True)[:3]
    counts = {}
    for delimiter in ";,":
        try:
            sizes = {len(_parse(line, delimiter)[0]) if line.strip() else 0 for line in lines}
        except RejectedError:
            sizes = set()
        counts[delimiter] = sizes.pop() if len(sizes) == 1 else 0
    return ";" if counts[";"] > counts[","] else ","


def upload(
    content: bytes,
    accounts: list[Account],
    assignments: Mapping[int, str],
    stored: Mapping[tuple[int, int], str],
) -> Upload:
    """The grades that would stand in Canvas afterwards, starting from *stored*."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RejectedError("Invalid byte sequence in UTF-8") from error
    rows = [[normalise(cell) for cell in row] for row in _parse(text, guess_delimiter(text))]
    header, width = _header(rows[0])
    columns, new = _assignments(header, width, assignments)
    hidden = {i for i, cell in enumerate(_row(rows, "Points Possible")) if re.search(r"read\s+only", cell)}
    grades, unknown = dict(stored), []
    cells: dict[tuple[int, int], str] = {}
    for row in rows[1:]:
        if "Points Possible" in row[0] or all(
            re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", c) for c in row
        ):
            continue
        account = _account(row, header, accounts)
        if account is None:
            unknown.append(row[0])
            continue
        for position, assignment in columns.items():
            if position not in hidden:
                cells[account.id, assignment] = row[position].strip()
    for assignment in columns.values():
        column = {key: cell for key, cell in cells.items() if key[1] == assignment}
        if any(not _same(cell, stored.get(key, "")) for key, cell in column.items()):
            grades.update(
                {
                    key: "EX" if cell.upper() in ("EX", "EXCUSED") else cell
                    for key, cell in column.items()
                    if cell != "N/A"
                }
            )
    possible = {columns[i]: cell for i, cell in enumerate(_row(rows, "Points Possible")) if i in columns}
    return Upload(
        {key: grade for key, grade in grades.items() if grade}, tuple(new), tuple(unknown), possible
    )


def _row(rows: list[list[str]], mark: str) -> list[str]:
    return next((row for row in rows[1:] if mark in row[0]), [])


def _same(new: str, old: str) -> bool:
    if new == old or ({new, old} <= {"", "-"}):
        return True
    try:
        return round(float(new), 2) == round(float(old), 2)
    except ValueError:
        return new.upper() == old.upper()


def _parse(text: str, delimiter: str) -> list[list[str]]:
    """Strict, as Ruby's reader is: a quote inside an unquoted cell is an error."""
    lines = []
    for found in re.finditer(r'(?:[^"\n]|"(?:[^"]|"")*")*(?:\n|\Z)|(?P<bad>")', text):
        if found["bad"]:
            raise RejectedError("Unclosed quoted field")
        line = found[0].rstrip("\r\n")
        if not line or re.fullmatch("[;, ]+", line):
            continue
        for cell in re.split(re.escape(delimiter) + r'(?=(?:[^"]*"[^"]*")*[^"]*$)', line):
            if '"' in cell and not (cell.startswith('"') and cell.endswith('"') and len(cell) > 1):
                raise RejectedError(f"Illegal quoting: {cell!r}")
        lines += list(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter))
    return lines


def _header(row: list[str]) -> tuple[list[str], int]:
    if len(row) <= 3 or "Student" not in row[0] or "ID" not in row[1]:
        raise RejectedError("Invalid header row")
    width = 2
    for name in _INFO:
        width += len(row) > width and row[width] == name
    if len(row) <= width or "Section" not in row[width]:
        raise RejectedError("Invalid header row")
    return row, width + 1


def _assignments(header: list[str], width: int, known: Mapping[int, str]) -> tuple[dict[int, int], list[str]]:
    columns, new = {}, []
    for position in range(width, len(header)):
        if _TOTALS.search(header[position]):
            continue
        parts = re.fullmatch(r"(.*)\s\((\d+)\)", header[position], re.DOTALL)
        if parts and int(parts[2]) in known:
            columns[position] = int(parts[2])
        elif header[position] in known.values():
            columns[position] = next(key for key, title in known.items() if title == header[position])
        else:
            new.append(parts[1] if parts else header[position])
    return columns, new


def _account(row: list[str], header: list[str], accounts: list[Account]) -> Account | None:
    cells = dict(zip(header, row, strict=False))
    wanted = (
        lambda a: str(a.id) == row[1],
        lambda a: bool(a.sis_id) and a.sis_id == cells.get("SIS User ID"),
        lambda a: bool(a.login) and a.login == cells.get("SIS Login ID"),
        lambda a: row[0] in (a.name, a.sortable_name),
    )
    for test in wanted:
        hits = [account for account in accounts if test(account)]
        if hits:
            return hits[0]
    return None
