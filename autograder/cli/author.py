"""The commands of those who write the course: `validate`, `verify`, `build`."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.context import Context, pass_context


@click.command(
    epilog="""\b
Examples:
  autograde validate
  autograde --course my-course validate
"""
)
@pass_context
def validate(context: Context) -> int:
    """Read the whole course, run nothing, and list every problem in it.

    One line a problem: file:line:column, what is wrong, the rule in brackets, and a hint. Exit status 2 when there
    is any.
    """
    from autograder import course

    problems = course.find_problems(context.root)
    for line in course.report(problems) if problems else [course.summary(context.course)]:
        click.echo(line)
    return 2 if problems else 0


@click.command(
    epilog="""\b
Examples:
  autograde build
  autograde build --classroom my-nbgrader-course
"""
)
@click.option(
    "--classroom",
    type=click.Path(path_type=Path, file_okay=False),
    help="The nbgrader course directory to write (default: classroom/ beside course.yaml).",
)
@click.option(
    "--force", is_flag=True, help="Replace notebooks that were changed by hand since the last build."
)
@pass_context
def build(context: Context, *, classroom: Path | None, force: bool) -> int:
    """Write one notebook for each lesson into an nbgrader course directory, and their release versions.

    A directory that exists is merged into: what is not ours is left alone.
    """
    from autograder import build as building

    place = classroom or context.root / "classroom"
    result = building.build(context.course, place, force=force)
    for line in result.lines():
        click.echo(line)
    return 0


COMMANDS = (validate, build)
