"""The commands of those who write the course: `validate`, `verify`, `build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.context import Context, classroom_option, pass_context
from autograder.errors import AutogradeError, CourseError, counted, did_you_mean

if TYPE_CHECKING:
    from autograder.course import Course


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

    found, problems = course.inspect(context.root)
    for line in [course.summary(found)] if found and not problems else course.report(problems):
        click.echo(line)
    return 2 if problems else 0


@click.command(
    epilog="""\b
Examples:
  autograde schema > course.schema.json
"""
)
def schema() -> int:
    """Print the JSON Schema of course.yaml.

    An editor with the YAML language server completes keys and marks slips while you type, if course.yaml begins with
    the comment `# yaml-language-server: $schema=course.schema.json`.
    """
    from autograder import content

    click.echo(content.schema(), nl=False)
    return 0


@click.command(
    epilog="""\b
Examples:
  autograde build
  autograde build --classroom my-nbgrader-course
"""
)
@classroom_option("The nbgrader course directory to write")
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


@click.command(
    epilog="""\b
Examples:
  autograde verify
  autograde verify --exercise adam --matrix
  autograde verify --html matrix.html
"""
)
@click.option("--exercise", "exercises", multiple=True, metavar="ID", help="Only this one; may be repeated.")
@click.option("--matrix", "shown", is_flag=True, help="Print which check catches which known mistake.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write that table as a web page."
)
@click.option("--jobs", type=click.IntRange(1, 256), help="How many to run at once (default: all cores).")
@click.option("--force", is_flag=True, help="Replace the web page.")
@click.option(
    "--keep",
    is_flag=True,
    help="Ship how the known mistakes behave with the course, so that nobody who grades waits for it.",
)
@click.option("--fresh", is_flag=True, help="Run all checks on all files, whatever is known of them.")
@click.option(
    "--unsafe-no-sandbox", "unsafe", is_flag=True, help="Run the code even where it cannot be contained."
)
@pass_context
def verify(
    context: Context,
    *,
    exercises: tuple[str, ...],
    shown: bool,
    html: Path | None,
    jobs: int | None,
    force: bool,
    keep: bool,
    fresh: bool,
    unsafe: bool,
) -> int:
    """Test the hidden checks on starters, solutions, right variants and known mistakes.

    Starters must earn nothing, what is right everything; each mistake must lose points and be recognised; each check
    must catch a mistake. Exit status 1 when something of this does not hold; all of it is listed.

    What has not changed since the last time, neither the file nor what tests it, is not run again. Where the author has
    shipped what was found, a known mistake is run through a check that caught it then.
    """
    from autograder import console, executors, matrix, spawning
    from autograder import verify as verifying
    from autograder.course import author_problems
    from autograder.files import write_text
    from autograder.remembered import Remembered, knows_any_of
    from autograder.witnesses import Confirmed

    if keep and unsafe:
        raise AutogradeError(
            "--keep and --unsafe-no-sandbox exclude each other",
            "what is shipped must be found within the sandbox",
        )
    workers = jobs or spawning.cores()
    course = context.course
    known_exercises(course, exercises)
    with executors.LocalPool(course.briefing, workers, unsafe=unsafe) as pool:
        if fresh or unsafe or not knows_any_of(context.root):  # else there may be nothing to run
            pool.warm(workers)
        folders = tuple(f"solutions/{name}/" for name in exercises) or ("",)
        if hindering := [one for one in author_problems(course) if one.place.file.startswith(folders)]:
            raise CourseError(hindering)
        remembered = Remembered(course, pool, fresh=fresh)
        confirmed = Confirmed(course, remembered)
        executor: executors.Executor = confirmed
        if unsafe:  # what was found without walls says nothing about what happens within them
            executor = pool
        elif fresh or keep or shown or html:  # a table tells of every check
            executor = remembered
        total = verifying.count(course, exercises)
        with console.progress(context.err, total, quiet=context.quiet) as step:
            found = verifying.verify(course, executor, exercises, step, keep=pool if keep else None)
    if html is not None:
        write_text(html, matrix.page(f"{course.title}: checks and mistakes", found), force=force)
    for verified in found:
        for line in (*matrix.lines(verified),) if shown else ():
            click.echo(line)
        click.echo(verified.summary())
        for remark in verified.remarks:
            context.note(f"note: {remark}")
    problems = [problem for verified in found for problem in verified.problems]
    for problem in problems:
        click.echo(str(problem))
    if confirmed.confirmed:
        context.note(
            f"{counted(confirmed.confirmed, 'known mistake')} confirmed by a check that caught the same when it was shipped; "
            "`--fresh` runs all checks"
        )
    if remembered.reused:
        context.note(
            f"{remembered.reused} of {total} files as the last time, not run again; `--fresh` runs them too"
        )
    click.echo(counted(len(problems), "problem"))
    return 1 if problems else 0


def known_exercises(course: Course, exercises: tuple[str, ...]) -> None:
    """Raises AutogradeError if one of *exercises* is no code exercise."""
    known = [exercise.id for exercise in course.code_exercises]
    for exercise in exercises:
        if exercise not in known:
            raise AutogradeError(f"there is no code exercise `{exercise}`", did_you_mean(exercise, known))


COMMANDS = (validate, schema, verify, build)
