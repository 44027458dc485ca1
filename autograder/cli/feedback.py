"""The command `feedback`: a page for each student out of what `grade` kept, whatever way the hand-ins had come."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli import results
from autograder.cli.context import Context, classroom_option, pass_context
from autograder.cli.results import results_option
from autograder.errors import AutogradeError


@click.command(
    epilog="""\b
Examples:
  autograde feedback                             results of classroom/, with what its gradebook knows
  autograde feedback --out results               results of an inbox or of an LMS's zip file
  autograde feedback --student ann --to pages
"""
)
@classroom_option()
@results_option
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the pages go (default: feedback/ in the folder of the results).",
)
@click.option(
    "--student", "students", multiple=True, metavar="ID", help="Only this student; may be repeated."
)
@click.option(
    "--allow-unconfirmed", is_flag=True, help="Write pages though free texts still wait for a person."
)
@click.option("--force", is_flag=True, help="Replace files of these names that are no pages of ours.")
@pass_context
def feedback(
    context: Context,
    *,
    classroom: Path | None,
    out: Path | None,
    folder: Path | None,
    students: tuple[str, ...],
    allow_unconfirmed: bool,
    force: bool,
) -> int:
    """Write one HTML page for each student: checks, reasons, hints, what people gave, lateness.

    A page has everything in it and needs neither scripts nor network, so it can be mailed or uploaded as it is. For a
    classroom, points and comments of people and the late policy come from nbgrader's gradebook.
    """
    from autograder import feedback as pages

    place, reports = results.kept(context, classroom, out)
    chosen = [report for report in reports if not students or report.student in students]
    for student in students:
        if not any(report.student == student for report in chosen):
            raise AutogradeError(f"there is no result for `{student}`", results.who(reports))
    room = _room_of(context, place, classroom)
    knows = pages.context_of(context.course, room) if room else pages.NOTHING
    written = pages.write(
        context.course,
        chosen,
        folder or place / "feedback",
        context=knows,
        force=force,
        allow_unconfirmed=allow_unconfirmed,
    )
    _tell_unfinished(context, [report.student for report in chosen if not pages.is_final(report, knows)])
    for path in written:
        click.echo(path)
    return 0


def _room_of(context: Context, place: Path, classroom: Path | None) -> Path | None:
    """The classroom whose gradebook goes with the results at *place*; None for an inbox's."""
    room = classroom or context.root / "classroom"
    if classroom is not None or place.resolve() == (room / "results").resolve():
        return room
    return None


def _tell_unfinished(context: Context, students: Sequence[str]) -> None:
    if students:
        names = sorted(set(students))
        context.note(
            f"not final yet, because a person still has to look: {', '.join(names[:20])}{' ...' if len(names) > 20 else ''}"
        )


COMMANDS = (feedback,)
