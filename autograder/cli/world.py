"""The command for anyone: `demo` shows the whole road once, on a sample class."""

from __future__ import annotations

import time
from pathlib import Path

import click

from autograder.cli.context import Context, pass_context
from autograder.errors import counted


@click.command(
    epilog="""\b
Examples:
  autograde demo
  autograde demo /tmp/demo --force
"""
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("demo"))
@click.option("--force", is_flag=True, help="Replace the folder of an earlier demo.")
@click.option("--jobs", type=click.IntRange(1, 256), help="How many to grade at once (default: all cores).")
@pass_context
def demo(context: Context, *, folder: Path, force: bool, jobs: int | None) -> int:
    """Build, release, hand in, grade and export for a sample class of 24, in FOLDER (default: demo).

    The class is made from the course's own solutions. Two students go through nbgrader's exchange; the hand-ins of
    the others lie where `nbgrader collect` puts them.
    """
    from autograder import build, demo, executors, gradebook, sandbox, spawning
    from autograder.cli import grader, lms
    from autograder.files import write_bytes

    started = time.monotonic()

    def say(text: str) -> None:
        context.note(f"{time.monotonic() - started:5.1f} s  {text}")

    course = demo.prepare(context.course, folder, force=force)
    context.course = course
    classroom = folder / "classroom"
    build.build(course, classroom)
    say(f"built and released {len(course.lessons)} notebooks in {classroom}")
    scene = demo.Scene(course, folder, classroom, demo.pupils())
    demo.hand_in(scene, say)
    say(f"{len(scene.pupils)} students handed in {len(course.lessons)} notebooks each")
    unsafe = not sandbox.probe().enough
    if unsafe:
        context.warn(
            "this machine has no sandbox for strangers' code; the samples are our own, so the demo goes on without. "
            "`autograde grade` would refuse (see `autograde doctor`)"
        )
    intake = grader.find_classroom(context, classroom)
    pool = executors.LocalPool(course.briefing, jobs or spawning.cores(), unsafe=unsafe)
    graded = grader.run_intake(
        context, intake, pool, force=False, again=f"`autograde --course {folder} grade` goes on"
    )
    say(f"graded {counted(len(graded), 'hand-in')}")
    gradebook.write_back(course, classroom, [done.back for done in graded])
    say("wrote the scores to nbgrader's gradebook")
    exported, filled = folder / "canvas-exported.csv", folder / "canvas-filled.csv"
    write_bytes(exported, demo.canvas_export(scene))
    lms.fill(context, "canvas", gradebook.read(course, classroom), exported, filled)
    say("filled the Canvas gradebook file")
    grader.show_table(context, [done.report for done in graded])
    for line in _where(folder):
        click.echo(line)
    return 0


def _where(folder: Path) -> list[str]:
    return [
        "",
        f"notebooks for students   {folder}/classroom/release/",
        f"results                  {folder}/classroom/results/results.json",
        f"nbgrader's gradebook     {folder}/classroom/gradebook.db",
        f"filled Canvas file       {folder}/canvas-filled.csv",
        "",
        f"what a student reads:    autograde --course {folder} show alan",
        f"in nbgrader's formgrader: cd {folder}/classroom && jupyter lab",
    ]


COMMANDS = (demo,)
