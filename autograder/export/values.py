"""What goes into an exporter besides the grades, and what comes out: files as bytes, and a list of what is different in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from autograder.errors import ExportError, Place, Problem

Policy = Literal["skip", "zero"]
"""For a grade that the LMS has no word for: leave what it has, or write 0."""

Unconfirmed = Literal["leave", "refuse", "allow"]
"""For a lesson in which a person still has to grade: leave that lesson as it was, write no file, or write the points so far."""

NoticeKind = Literal[
    "lesson",  # a lesson that is not in the file, and why
    "unconfirmed",  # a lesson that waits for a person
    "absent",  # a student of ours whom the file lacks
    "stranger",  # a student of the file whom we do not know
    "identity",  # ids that are damaged, contradict each other or fit several
    "by-name",  # matched by nothing but the name
    "grade",  # one grade that was left as it was, and why
    "trap",  # something in the file that the LMS will not take
    "file",  # something to know about the file as a whole
]
_HARMLESS: frozenset[NoticeKind] = frozenset({"by-name", "grade", "file"})


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to fill a file. `file` is the template's name for messages; `lessons` limits the export to some lessons."""

    file: str = "template"
    missing: Policy = "skip"
    excused: Policy | None = None
    unconfirmed: Unconfirmed = "leave"
    lessons: tuple[str, ...] = ()
    feedback: bool = False


class Change(NamedTuple):
    """One cell that is different: whose, in which lesson, under which heading, and what it was."""

    student: str
    lesson: str
    column: str
    old: str
    new: str


class Target(NamedTuple):
    """Which column of the file a lesson goes to."""

    lesson: str
    title: str
    column: str


@dataclass(frozen=True)
class Notice:
    """Something the person at the terminal should know; the file is right all the same."""

    kind: NoticeKind
    message: str
    place: Place | None = None
    hint: str = ""

    def __str__(self) -> str:
        line = f"{self.place}: {self.message}" if self.place else self.message
        return f"{line}\n  hint: {self.hint}" if self.hint else line


class File(NamedTuple):
    """One file to write; `name` is a suggestion."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Export:
    """What an exporter made. `targets` says which lesson went where, `changes` what differs from the template."""

    files: tuple[File, ...]
    targets: tuple[Target, ...] = ()
    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def found(self) -> bool:
        """Whether something was found that a person should look at (exit status 1)."""
        return any(notice.kind not in _HARMLESS for notice in self.notices)


def refuse(problems: list[Problem]) -> None:
    """Raise one ExportError that shows every problem; do nothing when there is none."""
    if problems:
        problems = sorted(problems)
        text = "\n".join(f"{problem.place}: {problem.message}" for problem in problems)
        hints = dict.fromkeys(problem.hint for problem in problems if problem.hint)
        raise ExportError(text, "\n".join(hints))
