"""The one way in which files are written: whole or not at all, and never over something that is there already."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import AutogradeError


def write_bytes(path: Path, data: bytes, *, force: bool = False) -> None:
    """Writes *data* to *path* by renaming a finished temporary file; refuses to replace a file unless *force*.

    A file that holds just these bytes already is left as it is: writing safely takes longer than looking.
    """
    if path.exists() and not force:
        raise AutogradeError(f"{path} exists already", "`--force` replaces it, or name another file")
    if not _holds(path, data):
        write_parts(path, [data])


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Writes *parts* one after the other, for what should not be in memory all at once; replaces what is there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.writelines(parts)
                file.flush()
                os.fsync(file.fileno())
                temporary.chmod(0o644)
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise AutogradeError(
            f"{path} cannot be written: {error.strerror}", "is there space, and may you write there?"
        ) from error


def _holds(path: Path, data: bytes) -> bool:
    try:
        there = path.is_file() and not path.is_symlink() and path.stat().st_size == len(data)
        return there and path.read_bytes() == data
    except OSError:
        return False


def write_text(path: Path, text: str, *, force: bool = False) -> None:
    """The same for text, in UTF-8 with the line ends as they are."""
    write_bytes(path, text.encode("utf-8"), force=force)


def write_sealed(path: Path, line: str) -> None:
    """Writes *line* below its own hash, so that damage is seen; replaces what is there."""
    write_text(path, f"{hashlib.sha256(line.encode()).hexdigest()}\n{line}\n", force=True)


def read_sealed(path: Path) -> str:
    """The line that `write_sealed` wrote; empty if there is none, or it is damaged."""
    try:
        seal, line = path.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return ""
    return line if hashlib.sha256(line.encode()).hexdigest() == seal else ""
