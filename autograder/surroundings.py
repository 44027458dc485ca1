"""What this machine has a part in: the code and the versions that compute, and the user's own folder for what need not be computed again."""

from __future__ import annotations

import functools
import platform
from importlib.metadata import version
from pathlib import Path

import platformdirs

from autograder import sandbox
from autograder.hashes import digest_of, hashes_below, hashes_of

_PACKAGE = Path(__file__).resolve().parent
_VERIFYING = (
    "child sandbox proxy.py checker.py briefing.py checks.py checksource.py loading.py "
    "behaviour.py diagnosis.py verify.py witnesses.py"
).split()
"""What of this package has a part in what becomes of a check, and in what is found out about known mistakes."""


def cache_folder(name: str) -> Path:
    """The folder *name* in the user's cache, which need not be there, and may be one that cannot be written to."""
    return platformdirs.user_cache_path("autograder") / name


@functools.cache
def computing() -> tuple[str, ...]:
    """This package to its last line, and what computes."""
    versions = (version(name) for name in ("numpy", "scipy", "scikit-learn", "pytest", "msgpack"))
    code = digest_of(hashes_of(_PACKAGE, sorted(_PACKAGE.rglob("*.py"))))
    return code, platform.python_version(), *versions


@functools.cache
def verifying() -> str:
    """A hash of the code that decides what `verify` finds out, wherever it runs."""
    files = hashes_below(_PACKAGE, _VERIFYING)
    assert all((_PACKAGE / name).exists() for name in _VERIFYING)  # noqa: S101  a module that was renamed
    return digest_of(files)


def surroundings() -> tuple[str, ...]:
    """What computes, and the walls in which it does."""
    return *computing(), *sandbox.probe().names
