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
_RUNNING = ("child", "sandbox", "proxy.py", "checker.py", "briefing.py", "checks.py", "loading.py")
"""What of this package has a part in what becomes of a check."""


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
def running() -> str:
    """A hash of the code that runs checks, wherever it runs."""
    return digest_of(hashes_below(_PACKAGE, _RUNNING))


def surroundings() -> tuple[str, ...]:
    """What computes, and the walls in which it does."""
    return *computing(), *sandbox.probe().names
