"""What decides what is found out about code, as hashes: what was found holds exactly as long as nothing of that changes.

The checks and the probe of one exercise decide nothing about another one: a course in which one imports the other is refused, and
docs/checks.md says what else a check must not lean on. All else that hidden checks can read counts for each of them: what they share,
helpers and data in any folder, practice problems.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from autograder.checks import PATTERN, PROBE
from autograder.course import Course
from autograder.hashes import digest_of


def files_for(course: Course, exercises: Collection[str], files: Mapping[str, str]) -> dict[str, str]:
    """Those of *files*, hashes by their names, that decide about *exercises*."""
    others = {one.id for one in course.code_exercises}.difference(exercises)
    return {name: found for name, found in files.items() if not _is_check_of(name, others)}


def _is_check_of(name: str, exercises: Collection[str]) -> bool:
    path = PurePosixPath(name)
    folder = path.parent
    own = path.match(PATTERN) or path.name == PROBE
    return own and folder.name in exercises and folder.parent == PurePosixPath("tests/hidden")


def read_by_checks(course: Course, exercise: str, files: Mapping[str, str] | None = None) -> str:
    """A hash of all that the hidden checks of *exercise* could read: as the course was read, or of *files*."""
    known = course.briefing.files if files is None else files
    return digest_of(files_for(course, (exercise,), known))


def asked_for(course: Course, exercise: str) -> str:
    """A hash of what course.yaml says about *exercise* that may decide what becomes of its checks, such as criteria and limits."""
    content = next(one for one in course.code_exercises if one.id == exercise)
    rules = [repr(content), repr(course.limits_of(content)), repr(course.reveal_inputs)]
    return hashlib.sha256(json.dumps(rules).encode()).hexdigest()


@lru_cache(maxsize=100)
def decides_reports(course: Course, lesson: str) -> str:
    """A hash of all files that decide the report of a hand-in of *lesson*; "" is for a hand-in of all lessons."""
    if not lesson:
        return course.digest
    exercises = {item.id for item in course.lesson(lesson).exercises}
    return digest_of(files_for(course, exercises, course.files))
