"""The commands for answers in words: `text check`, `text list`, `text accept`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.context import Context, classroom_option, pass_context
from autograder.errors import AutogradeError, did_you_mean

if TYPE_CHECKING:
    from autograder.confirming import Question, Waiting

WIDTH = 300
"""So many characters of an answer are shown."""

_CLASSROOM = classroom_option(exists=True)
_EXERCISES = click.option(
    "--exercise", "exercises", multiple=True, metavar="ID", help="Only this exercise; may be repeated."
)


@click.group(
    epilog="""\b
Examples:
  autograde text check
  autograde text list
  autograde text accept --dry-run
"""
)
def text() -> None:
    """Answers in words: test the rubrics, see what waits for a person, accept what is ready."""


@text.command(
    epilog="""\b
Examples:
  autograde text check
  autograde text check --exercise why_adam --patterns
  autograde text check --answers last-year.json
"""
)
@click.option(
    "--answers",
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="Labelled answers (JSON) in the place of the course's own; may be repeated.",
)
@_EXERCISES
@click.option("--patterns", is_flag=True, help="Show how often each pattern fired.")
@pass_context
def check(context: Context, *, files: tuple[Path, ...], exercises: tuple[str, ...], patterns: bool) -> int:
    """Hold the rubrics against labelled answers: those in tests/answers/, and the examples in course.yaml.

    Exit status 1 means: for some exercise fewer suggestions are near than the course asks for (`text: defaults:
    agreement:`), or a wrong one could be accepted without being read.
    """
    from autograder import console, textbench

    _known(context, exercises)
    labelled = (
        [one for file in files for one in textbench.read_labelled(file)]
        if files
        else textbench.find_labelled(context.course)
    )
    benches = [
        bench
        for bench in textbench.check(context.course, labelled)
        if not exercises or bench.exercise in exercises
    ]
    if not benches:
        raise AutogradeError(
            "there are no labelled answers to check the rubrics with",
            f"write some into {context.course.root / textbench.FOLDER}, or name a file: `--answers FILE`",
        )
    for bench in benches:
        console.lines(context.out, [console.safe(line) for line in bench.lines(patterns=patterns)])
    failed = [bench.exercise for bench in benches if not bench.passed]
    if failed:
        context.warn(f"below what the course asks for: {', '.join(failed)}")
    return 1 if failed else 0


@text.command(
    "list",
    epilog="""\b
Examples:
  autograde text list
  autograde text list --exercise why_adam
""",
)
@_CLASSROOM
@_EXERCISES
@pass_context
def list_waiting(context: Context, *, classroom: Path | None, exercises: tuple[str, ...]) -> int:
    """Show the suggestions that nobody has confirmed, the same answers together, with what speaks for and against them.

    Exit status 1 means: there are some.
    """
    from autograder import confirming, console

    _known(context, exercises)
    place = classroom or context.root / "classroom"
    waiting = confirming.find_waiting(context.course, place, exercises)
    for question in confirming.questions(context.course, place, waiting):
        if not exercises or question.exercise in exercises:
            console.lines(context.out, [console.safe(line) for line in _question(question)])
    context.note(f"{len(waiting)} suggested scores wait for a person")
    return 1 if waiting else 0


@text.command(
    epilog="""\b
Examples:
  autograde text accept --dry-run
  autograde text accept --exercise why_adam
  autograde text accept --min-share 0.5 --by "Ines Martin"
"""
)
@_CLASSROOM
@_EXERCISES
@click.option(
    "--min-share",
    type=click.FloatRange(0, 1),
    default=1.0,
    show_default=True,
    help="The least share of the points that is accepted; zeros of answers never are.",
)
@click.option("--by", "who", metavar="NAME", help="Who accepts, for the log (default: your user name).")
@click.option("--dry-run", is_flag=True, help="Only show what would be accepted.")
@pass_context
def accept(
    context: Context,
    *,
    classroom: Path | None,
    exercises: tuple[str, ...],
    min_share: float,
    who: str | None,
    dry_run: bool,
) -> int:
    """Confirm the suggestions that are ready, as a person does in formgrader with one click each.

    Ready is what nothing speaks against: see `autograde text list`. By default only full scores are accepted, and what
    a person gave to the very same answer. Every acceptance is logged in accepted.log in the classroom. Exit status 1
    means: some suggestions still wait for a person; they are named.
    """
    import getpass
    from datetime import datetime

    from autograder import confirming, console

    _known(context, exercises)
    place = classroom or context.root / "classroom"
    waiting = confirming.find_waiting(context.course, place, exercises)
    decisions = [confirming.decide(one, min_share=min_share) for one in waiting]
    chosen = [one.stored for one in decisions if one.accept]
    if not dry_run and chosen:
        now = datetime.now().astimezone()
        chosen = confirming.accept(context.course, place, decisions, who=who or getpass.getuser(), when=now)
    done = set(chosen)
    for one in decisions:
        state = "waits" if one.stored not in done else "would be accepted" if dry_run else "accepted"
        line = f"{one.stored.item}  {one.stored.student}  {one.stored.points:g}  {state}: {one.reason}"
        console.lines(context.out, [console.safe(line)])
    left = len(decisions) - len(done)
    context.note(f"{len(done)} {'would be ' if dry_run else ''}accepted, {left} wait for a person")
    return 1 if left else 0


def _known(context: Context, exercises: Sequence[str]) -> None:
    known = [exercise.id for exercise in context.course.text_exercises]
    for exercise in exercises:
        if exercise not in known:
            raise AutogradeError(
                f"there is no free-text exercise `{exercise}`", did_you_mean(exercise, known)
            )


def _question(question: Question) -> Iterator[str]:
    yield f"{question.exercise}: {sum(map(len, question.groups))} wait"
    if question.agreement:
        yield f"  {question.agreement}"
    for group in question.groups:
        yield from _group(group)
    yield ""


def _group(group: Sequence[Waiting]) -> Iterator[str]:
    first = group[0]
    names = ", ".join(one.stored.student for one in group)
    yield f"  {names}: {first.stored.points:g} of {first.now.max_points:g} suggested, {first.now.route}"
    yield f"    {_short(first.answer)}"
    for flag in first.now.flags:
        yield f"    - {flag.message}"
    if first.near is not None:
        given = f"{first.near.confirmed.points:g} (similarity {first.near.similarity:.2f})"
        yield f"    most like a confirmed answer that got {given}: {_short(first.near.confirmed.answer)}"


def _short(answer: str) -> str:
    joined = " ".join(answer.split())
    return joined if len(joined) <= WIDTH else f"{joined[:WIDTH]} ..."


COMMANDS = (text,)
