"""Tells after a regrade what changed: whose points, from what to what, because of which check, and what a person must look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from autograder.cli.context import Context

if TYPE_CHECKING:
    from autograder.grade import Graded
    from autograder.gradebook import Written
    from autograder.gradebook_saving import Change


def show(context: Context, graded: Sequence[Graded], written: Written | None) -> None:
    """Prints the differences to the grading before; nothing where there was none, or nothing changed."""
    from autograder import console

    lines = [*_changed(context, graded, written), *_flagged(context, written)]
    if lines:
        console.lines(context.out, ["", "changed since the last grading:", *map(console.safe, lines)])


def _changed(context: Context, graded: Sequence[Graded], written: Written | None) -> Iterator[str]:
    from autograder import regrade

    explained = set()
    for done in graded:
        for one in regrade.differences(done.earlier, done.report) if done.earlier else ():
            explained.add((one.student, one.lesson, one.item))
            yield from one.lines()
    for change in written.changes if written else ():
        item = _item(context, change)
        if (change.student, change.lesson, item) not in explained:
            yield f"{change.student}/{change.lesson}/{item}: {change.before:g} → {change.after:g} in the gradebook"


def _flagged(context: Context, written: Written | None) -> Iterator[str]:
    for change in written.flagged if written else ():
        yield (
            f"{change.student}/{change.lesson}/{_item(context, change)}: a person gave {change.after:g}, and the answer or its "
            "outcome has changed since; the points stay and wait for another look in formgrader"
        )


def _item(context: Context, change: Change) -> str:
    """The exercise or question to which a cell of the gradebook belongs."""
    from autograder.notebooks import graded_cell

    items = context.course.lesson(change.lesson).items
    return next(
        (item.id for item in items if graded_cell(context.course, item.id) == change.cell), change.cell
    )
