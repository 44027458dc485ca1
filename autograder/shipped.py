"""How known mistakes behave, as the author of a course ships it, so that nobody who grades waits until all of them were run.

`solutions/<exercise>/behaviours.json.gz` is written by `autograde verify --keep` and held against what `verify --fresh` finds.
It is used only while it was made of the files that are there. Which machine made it does not count: behaviours
are compared up to rounding, and `verify` notes where they differ all the same. What became of each check stands beside them:
with that, `verify` need not run everything (`witnesses`). It does where course.yaml asks for something else by now, or where this package
finds it out by other code.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.checking import CheckOutcome, Run
from autograder.course import Course
from autograder.deciding import asked_for, files_for
from autograder.files import write_bytes
from autograder.hashes import READ_BY_CHECKS, digest_of, files_in, hashes_below, hashes_of
from autograder.surroundings import verifying

NAME = "behaviours.json.gz"
DIGITS = 9
"""What is kept of a number: far more than are compared, and few enough for a small file."""
CAUGHT = "caught"

_FORM = 2
"""To be counted up when what a trace says changes its meaning."""
_LONGEST = 300
_PARTS = ("findings", "calls")
FOLDERS = ("variants", "mistakes")
_SIGNS = {".": "pass", "x": CAUGHT, "-": "skipped"}
_LETTERS = {sign: letter for letter, sign in _SIGNS.items()}


@dataclass(frozen=True)
class Record:
    """What is shipped of one exercise, by the names of `name_of`: how each file behaves; and what became of each check, which is
    "pass", CAUGHT or "skipped", unless course.yaml asks for something else by now, or it is found out by other code: then `outcomes` is empty. `seconds` is what the
    author's machine took for the solution with each check alone."""

    traces: Mapping[str, Any]
    outcomes: Mapping[str, Mapping[str, str]]
    seconds: Mapping[str, float]


def path_of(course: Course, exercise: str) -> Path:
    """Where the behaviours of the known mistakes of *exercise* are shipped."""
    return course.solutions_folder(exercise) / NAME


@lru_cache(maxsize=10_000)
def name_of(file: str) -> str:
    """The name of a file `solutions/EXERCISE/...`: `solution`, `variants/NAME`, `mistakes/NAME`."""
    return PurePosixPath(*PurePosixPath(file).parts[2:]).with_suffix("").as_posix()


def read(course: Course, exercise: str) -> Record | None:
    """What is shipped; None if there is nothing that can be read, or if it was made of other files."""
    try:
        data = _unpacked(path_of(course, exercise).read_bytes())
        if data["made of"] != _made_of(course, exercise, course.briefing.files):
            return None
        current = data["asked for"] == _asked_for(course, exercise)
        checks = [check.id for check in course.checks[exercise]]
        outcomes = {
            name: {check: _SIGNS[letter] for check, letter in zip(checks, letters, strict=True)}
            for name, letters in (data["outcomes"] if current else {}).items()
        }
        traces = {str(name): _trace(trace) for name, trace in data["traces"].items()}
        return Record(traces, outcomes, {check: float(data["seconds"].get(check, 0)) for check in checks})
    except (
        *(OSError, EOFError, zlib.error, ValueError, LookupError),
        *(TypeError, AttributeError, RecursionError),
    ):
        return None


def stamp(course: Course, exercise: str) -> tuple[str, str]:
    """What decides the runs of *exercise*: its files as they are now, and what course.yaml asks for."""
    now = hashes_below(course.root, READ_BY_CHECKS)
    return _made_of(course, exercise, now), _asked_for(course, exercise)


def write(
    course: Course,
    exercise: str,
    runs: Mapping[str, Run],
    seconds: Mapping[str, float],
    stamped: tuple[str, str],
) -> None:
    """Ships what became of the *runs*, which were made of what was *stamped*, cut to what a diagnosis looks at, and the *seconds*
    that the solution took with each check alone."""
    traces = {name: run.trace for name, run in runs.items()}
    content = {
        "made of": stamped[0],
        "asked for": stamped[1],
        "traces": _rounded(
            {
                name: {"findings": trace["findings"]} if trace.get("findings") else trace
                for name, trace in traces.items()
            }
        ),
        "seconds": {check: round(taken, 3) for check, taken in seconds.items()},
        "outcomes": {
            name: "".join(_LETTERS[sign] for sign in signs.values()) for name, signs in signs_of(runs).items()
        },
    }
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    write_bytes(path_of(course, exercise), gzip.compress(text.encode(), mtime=0), force=True)


def signs_of(runs: Mapping[str, Run]) -> dict[str, dict[str, str]]:
    """What became of each check, as a record holds it."""
    return {name: {outcome.id: sign_of(outcome) for outcome in run.outcomes} for name, run in runs.items()}


def sign_of(outcome: CheckOutcome) -> str:
    """*outcome* without the way in which it was caught; a broken check is no outcome that is ever shipped."""
    return CAUGHT if outcome.caught else outcome.outcome


@lru_cache(maxsize=16)
def _unpacked(content: bytes) -> Any:
    """What such a file holds, not to be changed: `verify` reads it for what it confirms, and again when that is done."""
    return json.loads(gzip.decompress(content), parse_int=_whole_number)


def _whole_number(text: str) -> int:
    if len(text) > _LONGEST:
        raise ValueError("no number of ours is that long")
    return int(text)


def _trace(value: Any) -> dict[str, Any]:
    """*value*, if it has the form of a trace; raises TypeError if not."""
    if not isinstance(value, dict) or not all(isinstance(value.get(key, {}), dict) for key in _PARTS):
        raise TypeError("a trace holds findings, or calls by their checks")
    return value


def _made_of(course: Course, exercise: str, read: Mapping[str, str]) -> str:
    """A hash of all in the course that decides how the files of *exercise* behave, where its checks can *read* these files."""
    folder = course.solutions_folder(exercise)
    files = [path for name in ("solution.py", *FOLDERS) for path in files_in(folder / name)]
    return f"{_FORM} {digest_of({**files_for(course, (exercise,), read), **hashes_of(course.root, files)})}"


def _asked_for(course: Course, exercise: str) -> str:
    """What course.yaml asks of *exercise*, and the code that finds out whether it holds."""
    return f"{asked_for(course, exercise)} {verifying()}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
