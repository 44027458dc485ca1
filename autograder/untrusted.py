"""Opens files that somebody handed in: no link is followed, nothing is waited for, and reading has an end.

What can be made of the bytes is; the rest is refused with the reason. Nothing is executed, imported or evaluated.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

MAX_BYTES = 128 * 1024 * 1024
"""Outputs of 50 MB happen; what is larger than this is not homework."""

MAX_CELLS = 2_000
MOST_OF_A_SOURCE = 4_000_000
"""Characters of a cell that are looked at: more than anybody reads, and few enough to be copied."""


class Unreadable(Exception):
    """A file cannot be used; `ours` when that is not the student's doing."""

    def __init__(self, reason: str, *, ours: bool = False) -> None:
        super().__init__(reason)
        self.ours = ours


def read_text(path: Path) -> str:
    """The text of a regular file; never follows a link, never waits on a pipe, never reads without end."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if path.is_symlink():
            raise Unreadable("is a link; it was not followed") from error
        raise Unreadable(f"cannot be opened: {error.strerror}", ours=True) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        # of a folder, Python would not even make a file object
        os.close(descriptor)
        raise Unreadable("is not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise Unreadable(f"is larger than {MAX_BYTES // 2**20} MiB")
    return _decode(data)


def _decode(data: bytes) -> str:
    kind = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return _plain_ends(data.decode(kind, errors="replace"))


def read_cells(notebook: Path) -> list[Mapping[str, Any]]:
    """The cells of a submitted notebook as they lie in the file, outputs and all; empty if it cannot be read."""
    try:
        content = json.loads(read_text(notebook))
    except (Unreadable, ValueError, RecursionError):
        return []
    cells = cells_of(content) if isinstance(content, dict) else None
    return [cell for cell in (cells or [])[:MAX_CELLS] if isinstance(cell, dict)]


def read_companion(file: Path) -> str:
    """The text of a small file that nbgrader's exchange put beside a notebook; empty if there is none that can be read."""
    try:
        return read_text(file)[:10_000] if exists(file) else ""
    except Unreadable:
        return ""


def exists(path: Path) -> bool:
    return os.path.lexists(path)


def cells_of(notebook: Mapping[str, Any]) -> list[Any] | None:
    """The cells of a notebook of format 4, or of the worksheets of format 3."""
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    worksheets = notebook.get("worksheets")
    if isinstance(worksheets, list):
        sheets = [sheet.get("cells") for sheet in worksheets if isinstance(sheet, dict)]
        return [cell for cells in sheets if isinstance(cells, list) for cell in cells]
    return None


def source_of(cell: Mapping[str, Any]) -> str:
    """The source of a cell of notebook format 4 or 3, as one text."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    source = source[:MOST_OF_A_SOURCE]
    if not source.isascii():  # a lone surrogate is legal in JSON and breaks every encoder after us
        source = source.encode("utf-8", "replace").decode("utf-8")
    return _plain_ends(source)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def grade_id_of(cell: Mapping[str, Any]) -> str:
    """nbgrader's id of a cell; where a program has dropped its metadata, the cell's own id, which we made the same."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else cell.get("id")
    return grade_id if isinstance(grade_id, str) else ""
