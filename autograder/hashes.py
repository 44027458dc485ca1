"""Hashes of files, by which it is known whether what was found out still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

READ_BY_CHECKS = ("course/problems.py", "course/data", "tests/hidden")
"""What hidden checks may read, from the root of the course."""


def files_in(path: Path) -> Iterator[Path]:
    """A file, or all files of a folder in their order but hidden ones and what Python leaves; nothing where nothing is."""
    if path.is_file():
        yield path
    elif (
        path.is_dir()
        and path.name != "__pycache__"
        and not path.name.startswith(".")
        and not _leads_back(path)
    ):
        for inner in sorted(path.iterdir()):
            yield from files_in(inner)


def _leads_back(path: Path) -> bool:
    """Whether the folder is a link to one that holds it, which would have no end."""
    return path.is_symlink() and path.parent.resolve().is_relative_to(path.resolve())


def hashes_of(root: Path, files: Iterable[Path]) -> dict[str, str]:
    """The hash of what each of *files* holds, by its name below *root*. Raises OSError."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def hashes_below(root: Path, names: Iterable[str]) -> dict[str, str]:
    """The hashes of the files and folders *names* below *root*, as far as they are there. Raises OSError."""
    return hashes_of(root, (path for name in names for path in files_in(root / name)))


def is_below(name: str, folders: Iterable[str]) -> bool:
    """Whether the file *name* is one of *folders*, which may be files, or lies in one of them."""
    return any(name == folder or name.startswith(f"{folder}/") for folder in folders)


def digest_of(hashes: Mapping[str, str]) -> str:
    """One hash of what many files are called and hold."""
    total = hashlib.sha256()
    for name, found in hashes.items():
        total.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        total.update(bytes.fromhex(found))
    return total.hexdigest()
