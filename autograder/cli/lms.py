"""The commands that face the LMS: `export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from autograder.cli.context import Context, pass_context
from autograder.errors import ExportError

if TYPE_CHECKING:
    from autograder.export import Export, Policy
    from autograder.grades import Grades

_POLICY = click.Choice(["skip", "zero"])


class _Format(click.ParamType[str]):
    """The formats, looked up only when the command runs: `--help` of other commands must not import the exporters."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from autograder.export import FORMATS

        if value not in FORMATS:
            self.fail(f"`{value}` is no format; there are {', '.join(sorted(FORMATS))}", param, ctx)
        return str(value)


@click.command(
    epilog="""\b
Examples:
  autograde export canvas --template exported.csv --dry-run
  autograde export canvas --template exported.csv --out filled.csv
  autograde export csv --out grades.csv
"""
)
@click.argument("format", metavar="FORMAT", type=_Format())
@click.option(
    "--template",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The gradebook file that the LMS exported; only our columns in it change.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write (default: beside the template)."
)
@click.option(
    "--classroom",
    type=click.Path(path_type=Path, file_okay=False),
    help="The nbgrader course directory with the grades (default: classroom/ beside course.yaml).",
)
@click.option("--lesson", "lessons", multiple=True, metavar="ID", help="Only this lesson; may be repeated.")
@click.option(
    "--missing",
    type=_POLICY,
    default="skip",
    show_default=True,
    help="What a hand-in that is missing becomes.",
)
@click.option("--excused", type=_POLICY, help="What an excused one becomes where the LMS has no word for it.")
@click.option("--allow-unconfirmed", is_flag=True, help="Export points that still wait for a person.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_context
def export(
    context: Context,
    *,
    format: str,
    template: Path | None,
    out: Path | None,
    classroom: Path | None,
    lessons: tuple[str, ...],
    missing: str,
    excused: str | None,
    allow_unconfirmed: bool,
    dry_run: bool,
    force: bool,
) -> int:
    """Write the grades in FORMAT: into the gradebook file that your LMS exported, or as a table for people.

    A lesson in which a person still has to grade is left as it was and named. Exit status 1 means: written, and
    something should be looked at.
    """
    from autograder import export as exporting
    from autograder import gradebook

    grades = gradebook.read(context.course, classroom or context.root / "classroom")
    options = exporting.Options(
        file=str(template) if template else "template",
        missing=cast("Policy", missing),
        excused=cast("Policy | None", excused),
        unconfirmed="allow" if allow_unconfirmed else "leave",
        lessons=lessons,
    )
    made = exporting.fill(format, grades, _bytes(template), options)
    if dry_run:
        show_changes(context, made)
        return int(made.found)
    target = out or _beside(template, made.files[0].name)
    written = exporting.write(made, target, force=force)
    show_notices(context, made)
    context.note(f"{len(made.changes)} grades filled in" if template else "grades written")
    for path in written:
        click.echo(path)
    return int(made.found)


def _bytes(template: Path | None) -> bytes | None:
    try:
        return template.read_bytes() if template else None
    except OSError as error:
        raise ExportError(f"{template} cannot be read: {error.strerror}") from error


def _beside(template: Path | None, name: str) -> Path:
    return template.with_name(f"{template.stem}-filled{template.suffix}") if template else Path(name)


def fill(context: Context, format_name: str, grades: Grades, template: Path, target: Path) -> Export:
    """Fills *template* into *target*, as `autograde export` does without options."""
    from autograder import export as exporting

    made = exporting.fill(format_name, grades, template.read_bytes(), exporting.Options(file=str(template)))
    exporting.write(made, target)
    return made


def show_changes(context: Context, made: Export) -> None:
    """The table of what would change: old and new."""
    from autograder import console

    for target in made.targets:
        context.note(f"lesson `{target.lesson}` goes to column `{target.column}`")
    rows = [(change.student, change.column, change.old or "(blank)", change.new) for change in made.changes]
    context.out.print(console.table(("student", "column", "old", "new"), rows))
    show_notices(context, made)


def show_notices(context: Context, made: Export) -> None:
    """What should be known, on stderr."""
    for notice in made.notices:
        context.warn(str(notice))


COMMANDS = (export,)
