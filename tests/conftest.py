"""What many tests share: the two courses, read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from autograder.course import Course, read_course

# the same examples in every run, and no clock that a busy machine could make run out
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, max_examples=100)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def optimizers() -> Course:
    """The course of this repository."""
    return read_course(ROOT)


@pytest.fixture(scope="session")
def tiny() -> Course:
    """Another course, with functions that have nothing to do with optimizers."""
    return read_course(ROOT / "tests" / "courses" / "tiny")
