"""Changes to files of a copied course, for tests."""

from __future__ import annotations

from pathlib import Path


def edit(path: Path, old: str, new: str) -> None:
    """Replaces *old*, which stands in the file once, by *new*."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def add_to(path: Path, line: str = "# another line") -> None:
    """Puts *line* at the end of the file, which need not be there."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n\n{line}\n", encoding="utf-8")
