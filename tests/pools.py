"""Where tests run submissions."""

from __future__ import annotations

from pathlib import Path

from autograder.course import read_course
from autograder.executors import LocalPool


def pool_of(root: Path, *, unsafe: bool = False) -> LocalPool:
    """One worker for the course at *root* as it is now."""
    return LocalPool(read_course(root).briefing, 1, unsafe=unsafe)
