"""The command of those who grade: `grade`."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli import download, pools, regrades
from autograder.cli.context import Context, Told, classroom_option, pass_context
from autograder.errors import AutogradeError, counted

if TYPE_CHECKING:
    from autograder.executors import Executor
    from autograder.grade import Graded
    from autograder.gradebook import Written
    from autograder.report import Report
    from autograder.store import Store
    from autograder.submissions import Submission

UNSAFE = (
    "warning: --unsafe-no-sandbox: students' code runs with your rights; it can read and change your files, "
    "reach the network, and see the hidden checks. Only for code that you trust"
)

SECONDS_WORTH_A_LINE = 10
"""From here on people ask where the time went."""

MOST_SLOW = 3

_CRASH = re.compile(r" failed: |^the code (?:ended|crashed) Python")


@dataclass(frozen=True)
class Intake:
    """What is to be graded, where the results go, which classroom (if any) gets the grades, and what was left aside.

    Who grades takes the hand-ins out of the list, so that each is forgotten when it has been graded.
    """

    submissions: list[Submission]
    out: Path
    classroom: Path | None
    strays: Sequence[str] = ()
    problems: Sequence[str] = ()


@click.command(
    epilog="""\b
Examples:
  autograde grade                                grade classroom/, update its gradebook
  autograde grade --lesson adam --student ann    one hand-in of it
  autograde grade inbox --out results            inbox/<student>/*.py|*.ipynb
  autograde grade submissions.zip --from canvas --lesson adam
"""
)
@click.argument("inbox", type=click.Path(path_type=Path, exists=True), required=False)
@classroom_option()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where results.json goes (default: <classroom>/results, or results/ for an inbox).",
)
@click.option("--lesson", "lessons", multiple=True, metavar="ID", help="Only this lesson; may be repeated.")
@click.option(
    "--student", "students", multiple=True, metavar="ID", help="Only this student; may be repeated."
)
@download.options
@pools.options
@click.option(
    "--force",
    is_flag=True,
    help="Grade again what is unchanged, replace a results.json that is not ours, and hand-ins by those of a download.",
)
@click.option(
    "--unsafe-no-sandbox",
    "unsafe",
    is_flag=True,
    help="Run students' code even where it cannot be contained.",
)
@pass_context
def grade(
    context: Context,
    /,
    *,
    inbox: Path | None,
    classroom: Path | None,
    out: Path | None,
    lessons: tuple[str, ...],
    students: tuple[str, ...],
    source: str | None,
    jobs: int | None,
    scheduler: str | None,
    cluster: str | None,
    force: bool,
    unsafe: bool,
    **reading: Any,
) -> int:
    """Run the hidden checks on every hand-in and keep the results.

    Without INBOX the hand-ins are those that nbgrader collected into the classroom, and the scores go to its
    gradebook. INBOX is a folder with one folder for each student, or with --from the zip file of all hand-ins that an
    LMS made; with --lesson these go into the classroom as if they had been collected. Exit status 1 means: graded, and some hand-ins
    were missing or unreadable, crashed, or could not be graded; they are named.
    """
    with pools.chosen(context, jobs=jobs, scheduler=scheduler, cluster=cluster, unsafe=unsafe) as pool:
        _known_lessons(context, lessons)
        if source is not None:
            archive = download.Download(inbox, source, **reading)
            found = download.take_in(context, archive, classroom, out, lessons, students, force=force)
            intake = Intake(*found)
        else:
            intake = _find(context, inbox, classroom, out, lessons, students)
        _require_gradebook(context, intake)
        if unsafe:
            context.warn(UNSAFE)
        started = time.monotonic()
        graded = run_intake(context, intake, pool, force=force)
    written = _fill_gradebook(context, intake.classroom, graded) if intake.classroom and graded else None
    show_table(context, [done.report for done in graded])
    regrades.show(context, graded, written)
    return _summary(context, intake, graded, time.monotonic() - started)


def _known_lessons(context: Context, lessons: Iterable[str]) -> None:
    known = [lesson.id for lesson in context.course.lessons]
    for lesson in lessons:
        if lesson not in known:
            raise AutogradeError(f"there is no lesson `{lesson}`", f"the lessons are {', '.join(known)}")


def _require_gradebook(context: Context, intake: Intake) -> None:
    """Nobody should wait for a class to be graded to learn that the gradebook cannot take the scores."""
    from autograder import gradebook

    if intake.classroom is not None and intake.submissions:
        lessons = dict.fromkeys(submission.lesson for submission in intake.submissions)
        gradebook.require(context.course, intake.classroom, lessons)


def _find(
    context: Context,
    inbox: Path | None,
    classroom: Path | None,
    out: Path | None,
    lessons: Iterable[str],
    students: Iterable[str],
) -> Intake:
    from autograder import submissions

    if inbox is not None and inbox.is_file():
        raise AutogradeError(
            f"{inbox} is a file, not a folder", "for the download of an LMS, say which: `--from canvas`"
        )
    if inbox is not None and classroom is not None:
        raise AutogradeError("INBOX and --classroom exclude each other", "name one of them")
    if inbox is not None and not (inbox / "submitted").is_dir():
        if lessons:
            raise AutogradeError(
                "`--lesson` chooses among the hand-ins of a classroom; those of an inbox are about the whole course",
                f"leave it out: `autograde grade {inbox}`",
            )
        found = submissions.find_in_inbox(context.course, inbox, students=students)
        return Intake(
            found, out or Path("results"), None, submissions.strays_in(inbox), _absent(students, found)
        )
    place = classroom or inbox or context.course.root / "classroom"
    return find_classroom(context, place, out=out, lessons=lessons, students=students)


def find_classroom(
    context: Context,
    place: Path,
    *,
    out: Path | None = None,
    lessons: Iterable[str] = (),
    students: Iterable[str] = (),
) -> Intake:
    """The hand-ins that nbgrader collected into the classroom at *place*, and earlier attempts if they may count."""
    from autograder import attempts, submissions
    from autograder.classroom import Classroom

    if not place.is_dir():
        raise AutogradeError(
            f"there is no classroom at {place}",
            "`autograde build` makes one; or name a folder of hand-ins: `autograde grade INBOX`",
        )
    found = submissions.find_in_classroom(context.course, place, lessons=lessons, students=students)
    earlier = attempts.find_earlier(context.course, Classroom(place), found)
    problems = (*_absent(students, found), *earlier.problems)
    strays = submissions.strays_in(place / "submitted")
    return Intake([*found, *earlier.submissions], out or place / "results", place, strays, problems)


def _absent(students: Iterable[str], found: Iterable[Submission]) -> list[str]:
    """Says of whom a hand-in was asked for that is not there."""
    present = {submission.student for submission in found}
    return [f"{student}: no hand-in was found" for student in students if student not in present]


def run_intake(
    context: Context, intake: Intake, pool: Executor, *, force: bool, again: str = "run it again to go on"
) -> list[Graded]:
    """Grades the intake into the store; interrupted, it still writes results.json for what was finished."""
    from autograder import console
    from autograder import grade as grading
    from autograder.diagnosis import Diagnoser
    from autograder.store import Store

    path, database = intake.out / "results.json", intake.out / ".autograde" / "results.sqlite"
    if path.exists() and not database.exists() and not force:
        raise AutogradeError(
            f"{path} exists and was not written by `autograde grade`", "`--force` replaces it"
        )
    finished, total = 0, len(intake.submissions)
    with (
        Store.open(database) as store,
        console.progress(context.err, total, quiet=context.quiet) as step,
    ):

        def on_done(done: Graded) -> None:
            nonlocal finished
            finished += 1
            step(done.name)
            if context.verbose:
                context.note(_line(done))

        try:
            return grading.grade_all(
                context.course,
                _taken_out(intake.submissions),
                store,
                pool,
                diagnoser=Diagnoser(context.course, pool, intake.out / ".autograde"),
                force=force,
                on_done=on_done,
            )
        except KeyboardInterrupt as interruption:
            context.warn(f"interrupted: {finished} of {total} were graded and are kept; {again}")
            raise Told from interruption
        finally:
            _write_results(path, store)


def _taken_out(submissions: list[Submission]) -> Iterator[Submission]:
    """Each of *submissions*, which are gone from the list when they are given out."""
    submissions.reverse()
    while submissions:
        yield submissions.pop()


def _write_results(path: Path, store: Store) -> None:
    from autograder import grade as grading
    from autograder.files import write_parts

    write_parts(path, (part.encode("utf-8") for part in grading.results_json(store.latest())))


def _line(done: Graded) -> str:
    report = done.report
    return f"{done.name}  {report.points}/{report.max_points}{'  (unchanged)' if done.reused else ''}"


def _fill_gradebook(context: Context, classroom: Path, graded: Sequence[Graded]) -> Written:
    from autograder import gradebook

    return gradebook.write_back(context.course, classroom, [done.back for done in graded])


def show_table(context: Context, reports: Sequence[Report]) -> None:
    from autograder import console

    if not reports:
        return
    columns: dict[str, None] = {}
    order = [item for lesson in context.course.lessons for item in lesson.items]
    ranked = {item.id: index for index, item in enumerate(order)}
    for report in sorted(reports, key=lambda report: report.lesson):
        for item in sorted(report.items, key=lambda item: ranked[item.id]):
            columns.setdefault(console.column_of(report, item), None)
    ordered = sorted(columns, key=lambda column: ranked.get(column, len(ranked)))
    context.out.print(console.class_table(reports, ordered))


def _summary(context: Context, intake: Intake, graded: Sequence[Graded], seconds: float) -> int:
    """Says what was done and names what could not be graded; the exit status."""
    reused = sum(done.reused for done in graded)
    failed = sum(any(item.outcome == "broken" for item in done.report.items) for done in graded)
    students = len({done.report.student for done in graded})
    context.note(
        f"graded {counted(len(graded) - reused, 'hand-in')} of {counted(students, 'student')}"
        + (f", {reused} unchanged" if reused else "")
        + (f", {failed} with something that could not be checked" if failed else "")
        + f" in {seconds:.0f} s; results in {intake.out / 'results.json'}"
    )
    if seconds >= SECONDS_WORTH_A_LINE and (slowest := _slowest(graded)):
        context.note(f"slowest: {slowest}")
    waiting = sum(item.outcome == "review" for done in graded for item in done.report.items)
    if waiting:
        context.note(
            f"{counted(waiting, 'free-text answer')} {'waits' if waiting == 1 else 'wait'} for a person (marked ?)"
        )
    found = [f"{done.name}: {problem}" for done in graded for problem in done.report.problems]
    found += [f"{done.name}: {crash}" for done in graded if (crash := _crash(done.report))]
    found += intake.problems
    found += [f"{stray}: lies beside the students' folders and was not graded" for stray in intake.strays]
    found += [
        f"{done.name}: `{item.id}` could not be checked, which is our fault and costs nothing; a person must look"
        for done in graded
        for item in done.report.items
        if item.outcome == "broken" and not done.ours
    ]
    if not graded and not found:
        found = ["there is nothing to grade: no hand-in was found"]
    for line in found:
        context.warn(line)
    return 1 if found else 0


def _slowest(graded: Sequence[Graded]) -> str:
    """The exercises that took longest, with the mean of a hand-in; empty if nothing was run."""
    taken: dict[str, list[float]] = {}
    for done in graded:
        for exercise, seconds in done.seconds.items():
            taken.setdefault(exercise, []).append(seconds)
    longest = sorted(taken, key=lambda exercise: -sum(taken[exercise]))[:MOST_SLOW]
    return ", ".join(f"{name} ({sum(taken[name]) / len(taken[name]):.2f} s a hand-in)" for name in longest)


def _crash(report: Report) -> str:
    """How code of a hand-in failed before its function was there, or ended Python; empty if none did."""
    found = [check.message for item in report.items for check in item.checks if check.outcome == "error"]
    crashes = [message for message in dict.fromkeys(found) if _CRASH.search(message)]
    others = f" (and {len(crashes) - 1} more like this)" if len(crashes) > 1 else ""
    return f"{crashes[0]}{others}" if crashes else ""


COMMANDS = (grade,)
