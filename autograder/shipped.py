"""How known mistakes behave, as the author of a course ships it, so that nobody who grades waits until all of them were run.

`solutions/<exercise>/behaviours.json.gz` is written by `autograde verify --keep` and held against what is found by `verify`.
It is used only while it was made of the files that are there. Which machine made it does not count: behaviours
are compared up to rounding, and `verify` notes where they differ all the same. What became of each check stands beside them:
with that, `verify` need not run everything (`witnesses`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.checking import CheckOutcome, Run
from autograder.course import Course, digest_of, files_in, read_by_checks, rules_for_checks
from autograder.files import write_bytes

NAME = "behaviours.json.gz"
DIGITS = 9
"""What is kept of a number: far more than are compared, and few enough for a small file."""
CAUGHT = "caught"

_FORM = 2
"""To be counted up when what a trace says changes its meaning."""
_FOLDERS = ("variants", "mistakes")
_SIGNS = {".": "pass", "x": CAUGHT, "-": "skipped"}
_LETTERS = {sign: letter for letter, sign in _SIGNS.items()}


@dataclass(frozen=True)
class Record:
    """What is shipped of one exercise, by the names of `name_of`: how each file behaves; and what became of each check, which is
    "pass", CAUGHT or "skipped", unless course.yaml asks for something else by now: then `outcomes` is empty."""

    traces: Mapping[str, Any]
    outcomes: Mapping[str, Mapping[str, str]]


def path_of(course: Course, exercise: str) -> Path:
    """Where the behaviours of the known mistakes of *exercise* are shipped."""
    return course.solutions_folder(exercise) / NAME


def name_of(file: str) -> str:
    """The name of a file of the author's: `solution`, `variants/NAME`, `mistakes/NAME`."""
    path = PurePosixPath(file)
    return f"{path.parent.name}/{path.stem}" if path.parent.name in _FOLDERS else path.stem


def read(course: Course, exercise: str) -> Record | None:
    """What is shipped; None if there is nothing that can be read, or if it was made of other files."""
    try:
        data = json.loads(gzip.decompress(path_of(course, exercise).read_bytes()))
        if data["made of"] != _made_of(course, exercise):
            return None
        current = data["asked for"] == _asked_for(course, exercise)
        checks = [check.id for check in course.checks[exercise]]
        outcomes = {
            name: {check: _SIGNS[letter] for check, letter in zip(checks, letters, strict=True)}
            for name, letters in (data["outcomes"] if current else {}).items()
        }
        return Record(dict(data["traces"]), outcomes)
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError):
        return None


def write(course: Course, exercise: str, runs: Mapping[str, Run]) -> None:
    """Ships what became of the *runs*, cut to what a diagnosis looks at; writes nothing where the same is there."""
    traces = {name: run.trace for name, run in runs.items()}
    content = {
        "made of": _made_of(course, exercise),
        "asked for": _asked_for(course, exercise),
        "traces": _rounded(
            {
                name: {"findings": trace["findings"]} if trace.get("findings") else trace
                for name, trace in traces.items()
            }
        ),
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
    return CAUGHT if outcome.outcome in ("fail", "error", "timeout") else outcome.outcome


def _made_of(course: Course, exercise: str) -> str:
    """A hash of all that decides how the files of *exercise* behave."""
    folder = course.solutions_folder(exercise)
    files = [*read_by_checks(course, exercise), *files_in(folder / "solution.py")]
    files += [path for inner in _FOLDERS for path in files_in(folder / inner)]
    return f"{_FORM} {digest_of(course.root, files)}"


def _asked_for(course: Course, exercise: str) -> str:
    """A hash of what course.yaml asks of *exercise*, such as criteria and limits."""
    return hashlib.sha256(json.dumps(rules_for_checks(course, exercise)).encode()).hexdigest()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
