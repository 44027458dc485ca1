"""The command `doctor`: what this machine and a classroom can do."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.context import Context, classroom_option, pass_context
from autograder.errors import AutogradeError


@click.command(
    epilog="""\b
Examples:
  autograde doctor
  autograde doctor --classroom my-nbgrader-course
"""
)
@classroom_option()
@pass_context
def doctor(context: Context, *, classroom: Path | None) -> int:
    """Look at this machine, the classroom and the exchange, change nothing, and say what to do.

    Python, nbgrader, the layers of the sandbox, disk space, owners and permissions, settings and gradebook. Exit
    status 1 when something is wrong; notes do not count.
    """
    from autograder import console
    from autograder import doctor as examining

    root = _course_root(context)
    place = classroom or (root / "classroom" if root else None)
    wrong = 0
    for finding in examining.examine(root, place):
        wrong += finding.state == "wrong"
        if finding.state != "ok" or not context.quiet:
            console.lines(context.out, [console.safe(line) for line in finding.lines()])
    if wrong:
        context.note(f"{wrong} thing{'s are' if wrong > 1 else ' is'} wrong")
    return 1 if wrong else 0


def _course_root(context: Context) -> Path | None:
    """The course's folder; a machine can be looked at without one, unless one was named."""
    try:
        return context.root
    except AutogradeError:
        return None


COMMANDS = (doctor,)
