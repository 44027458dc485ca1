"""What every command is given: where the course is, and how to speak."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from autograder.errors import AutogradeError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import Course

F = TypeVar("F", bound=Callable[..., Any])


class Told(KeyboardInterrupt):
    """An interruption of which the person has been told."""


@dataclass
class Context:
    """The options that stand before the command."""

    course_option: Path | None
    color: str
    quiet: bool
    verbose: bool

    def __init__(self, course: Path | None, color: str, *, quiet: bool, verbose: bool) -> None:
        self.course_option, self.color, self.quiet, self.verbose = course, color, quiet, verbose

    @cached_property
    def root(self) -> Path:
        """The course's folder: the one that was named, or the nearest with a course.yaml."""
        if self.course_option is not None:
            return self.course_option
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / "course.yaml").is_file():
                return folder
        raise AutogradeError(
            f"there is no course.yaml in {here} or above it",
            "name the course's folder: `autograde --course DIR ...`",
        )

    @cached_property
    def course(self) -> Course:
        from autograder.course import read_course

        return read_course(self.root)

    @cached_property
    def out(self) -> Console:
        """Where results go: stdout."""
        from autograder import console

        return console.make(sys.stdout, self.color)

    @cached_property
    def err(self) -> Console:
        """Where progress and messages go: stderr."""
        from autograder import console

        return console.make(sys.stderr, self.color)

    def note(self, text: str) -> None:
        """A message for the person, on stderr, unless they asked for quiet."""
        if not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """A message that is shown even when quiet."""
        from autograder import console

        console.lines(self.err, [console.safe(text)])


pass_context = click.pass_obj


def classroom_option(
    help: str = "The nbgrader course directory", *, exists: bool = False
) -> Callable[[F], F]:
    """The option that names the classroom; *help* says what it is to the command."""
    kind = click.Path(path_type=Path, file_okay=False, exists=exists)
    return click.option("--classroom", type=kind, help=f"{help} (default: classroom/ beside course.yaml).")
