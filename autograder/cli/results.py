"""What `grade` has kept: the command `show`, and where others find it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.context import Context, classroom_option, pass_context
from autograder.errors import AutogradeError

if TYPE_CHECKING:
    from autograder.report import Report

results_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where `grade` put its results (default: <classroom>/results, else results/).",
)


@click.command(
    epilog="""\b
Examples:
  autograde show ann
  autograde show ann adam --out results
"""
)
@click.argument("student")
@click.argument("exercise", required=False)
@classroom_option()
@results_option
@pass_context
def show(
    context: Context, *, student: str, exercise: str | None, classroom: Path | None, out: Path | None
) -> int:
    """Print the report of STUDENT as the student reads it."""
    from autograder import console

    _, everybody = kept(context, classroom, out)
    reports = [report for report in everybody if report.student == student]
    if not reports:
        raise AutogradeError(f"there is no result for `{student}`", who(everybody))
    if exercise is not None:
        reports = _only(reports, exercise)
    order = [lesson.id for lesson in context.course.lessons]
    titles = {lesson.id: lesson.title for lesson in context.course.lessons}
    for report in sorted(
        reports, key=lambda report: order.index(report.lesson) if report.lesson in order else -1
    ):
        console.lines(context.out, [*console.student_report(report, titles), ""])
    return 0


def _only(reports: Sequence[Report], exercise: str) -> list[Report]:
    chosen = [
        replace(report, items=tuple(item for item in report.items if item.id == exercise))
        for report in reports
    ]
    chosen = [report for report in chosen if report.items]
    if not chosen:
        known = ", ".join(item.id for report in reports for item in report.items)
        raise AutogradeError(f"there is no result for `{exercise}`", f"there are {known}")
    return chosen


def who(reports: Iterable[Report]) -> str:
    """A hint that names whose results there are."""
    students = sorted({report.student for report in reports})
    return f"results are kept for {', '.join(students[:20])}{' ...' if len(students) > 20 else ''}"


def kept(context: Context, classroom: Path | None, out: Path | None) -> tuple[Path, Sequence[Report]]:
    """The folder in which `grade` kept its results, and the latest of them; raises AutogradeError if there are none."""
    from autograder.store import Store

    places = [out] if out else [(classroom or context.root / "classroom") / "results", Path("results")]
    for place in places:
        database = place / ".autograde" / "results.sqlite"
        if database.is_file():
            with Store.open(database) as store:
                return place, tuple(store.latest())
    raise AutogradeError(
        f"no results were found in {' or '.join(str(place) for place in places)}",
        "run `autograde grade` first, or name the folder: `--out DIR`",
    )


COMMANDS = (show,)
