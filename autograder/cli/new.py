"""`autograde new`: begins a course, a lesson, an exercise or a quiz question with something that already works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.context import Context, pass_context

if TYPE_CHECKING:
    from autograder.scaffold import Made

_TYPES = (
    "single-choice",
    "several-choices",
    "true-false",
    "numeric",
    "short-answer",
    "ordering",
    "matching",
)
_LESSON = click.option("--lesson", default="", metavar="ID", help="The lesson (default: the last one).")
_TITLE = click.option("--title", default="", help="What students read (default: made of the id).")


@click.group()
def new() -> None:
    """Begin a course, a lesson, an exercise or a quiz question.

    What is written already passes `autograde validate`, and code exercises pass `autograde verify`: change it step by
    step, and run both in between. Nothing that exists is overwritten.
    """


@new.command(
    epilog="""\b
Examples:
  autograde new course my-course --title "My course"
"""
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_TITLE
def course(folder: Path, *, title: str) -> int:
    """Write a course with one lesson, one exercise and one question into FOLDER."""
    from autograder import scaffold

    return _tell(scaffold.new_course(folder, title))


@new.command(
    epilog="""\b
Examples:
  autograde new lesson gradient-descent
"""
)
@click.argument("lesson", metavar="ID")
@_TITLE
@pass_context
def lesson(context: Context, *, lesson: str, title: str) -> int:
    """Add the lesson ID to the end of the course."""
    from autograder import scaffold

    return _tell(scaffold.new_lesson(context.root, lesson, title))


@new.command(
    epilog="""\b
Examples:
  autograde new exercise sgd --lesson stochastic
  autograde new exercise why_adam --type text
"""
)
@click.argument("exercise", metavar="ID")
@click.option("--type", "kind", type=click.Choice(["code", "text"]), default="code", show_default=True)
@_LESSON
@_TITLE
@pass_context
def exercise(context: Context, *, exercise: str, kind: str, lesson: str, title: str) -> int:
    """Add the exercise ID to a lesson: for code, with task, starter, checks, a solution and known mistakes."""
    from autograder import scaffold

    return _tell(scaffold.new_exercise(context.root, exercise, lesson, title, kind))


@new.command(
    epilog="""\b
Examples:
  autograde new quiz one_step --type numeric
"""
)
@click.argument("question", metavar="ID")
@click.option("--type", "kind", type=click.Choice(_TYPES), default="single-choice", show_default=True)
@_LESSON
@pass_context
def quiz(context: Context, *, question: str, kind: str, lesson: str) -> int:
    """Add the quiz question ID to a lesson."""
    from autograder import scaffold

    return _tell(scaffold.new_question(context.root, question, kind, lesson))


def _tell(made: Made) -> int:
    for file in made.files:
        click.echo(file)
    click.echo(made.advice, err=True)
    return 0


COMMANDS = (new,)
