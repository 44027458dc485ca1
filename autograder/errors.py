"""The faults that people are told about, and the one base class that the command line catches.

    AutogradeError            tell the user; exit status 2
    ├── CourseError           the course cannot be used; holds every Problem found
    ├── SandboxError          this machine cannot run a stranger's code safely
    ├── ClassroomError        an nbgrader course directory or its gradebook cannot be used
    ├── ClusterError          the machines that were to grade cannot be used, or are gone
    └── ExportError           an LMS file cannot be filled; nothing was written

Faults of a submission are not exceptions but outcomes (see `report`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """Where in a file; `line` and `column` count from 1, 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in something that a person wrote, with the way out of it."""

    place: Place
    message: str
    rule: str
    hint: str = ""

    def __str__(self) -> str:
        line = f"{self.place}: {self.message} [{self.rule}]"
        return f"{line}\n  hint: {self.hint}" if self.hint else line


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest of *known*, or all of them if none is near and they are few."""
    names = list(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    if names and len(names) <= 16:
        return f"known here: {', '.join(f'`{name}`' for name in names)}"
    return ""


class AutogradeError(Exception):
    """Something that the person at the terminal can put right."""

    exit_status = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class CourseError(AutogradeError):
    """The course cannot be used; `problems` holds all that was found, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__(f"{counted(len(self.problems), 'problem')} in the course")


class SandboxError(AutogradeError):
    """Submissions cannot be run safely here, or the sandbox itself failed."""


class ClassroomError(AutogradeError):
    """An nbgrader course directory, its gradebook or its exchange cannot be used."""


class ClusterError(AutogradeError):
    """A cluster cannot be used, or vanished; what was graded before is kept."""


class ExportError(AutogradeError):
    """A file for or from an LMS cannot be used as it is; nothing was written."""


def counted(number: int, what: str) -> str:
    """ "1 hand-in", "1,000 hand-ins"."""
    return f"{number:,} {what}{'s' * (number != 1)}"
