"""How known mistakes behave, as the author of a course ships it, so that nobody who grades waits until all of them were run.

`solutions/<exercise>/behaviours.json.gz` is written by `autograde verify --keep` and held against what is found by every
`verify`. It is used only while it was made of the files that are there. Which machine made it does not count: behaviours
are compared up to rounding, and `verify` notes where they differ all the same.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.course import Course, digest_of, files_in, read_by_checks
from autograder.files import write_bytes

NAME = "behaviours.json.gz"
DIGITS = 9
"""What is kept of a number: far more than are compared, and few enough for a small file."""

_FORM = 1
"""To be counted up when what a trace says changes its meaning."""


def path_of(course: Course, exercise: str) -> Path:
    """Where the behaviours of the known mistakes of *exercise* are shipped."""
    return course.solutions_folder(exercise) / NAME


def read(course: Course, exercise: str) -> dict[str, Any]:
    """The traces that are shipped, by the names of `diagnosis.solution_files`; none if there are none that can be read, or if
    they were made of other files."""
    try:
        data = json.loads(gzip.decompress(path_of(course, exercise).read_bytes()))
        return dict(data["traces"]) if data["made of"] == _made_of(course, exercise) else {}
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError):
        return {}


def write(course: Course, exercise: str, traces: Mapping[str, Mapping[str, Any]]) -> None:
    """Ships *traces*, cut to what a diagnosis looks at; writes nothing where the same are there."""
    plain = {
        name: {"findings": trace["findings"]} if trace.get("findings") else trace
        for name, trace in traces.items()
    }
    content = {"made of": _made_of(course, exercise), "traces": _rounded(plain)}
    text = json.dumps(content, separators=(",", ":"), sort_keys=True)
    write_bytes(path_of(course, exercise), gzip.compress(text.encode(), mtime=0), force=True)


def _made_of(course: Course, exercise: str) -> str:
    """A hash of all that decides how the known mistakes of *exercise* behave."""
    folder = course.solutions_folder(exercise)
    files = [
        *read_by_checks(course, exercise),
        *files_in(folder / "solution.py"),
        *files_in(folder / "mistakes"),
    ]
    return f"{_FORM} {digest_of(course.root, files)}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    if isinstance(value, Mapping):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value
