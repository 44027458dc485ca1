"""The commands that face the LMS: `export` and `roster`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from autograder.cli.context import Context, classroom_option, pass_context
from autograder.errors import ExportError, counted, did_you_mean

if TYPE_CHECKING:
    from autograder.export import Change, Export, Policy
    from autograder.grades import Grades
    from autograder.roster import Roster

ROSTER = "roster.csv"
"""Beside course.yaml; read by every command that has to know who is who."""

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_POLICY = click.Choice(["skip", "zero"])
_EXAMPLES = """\b
Examples:
  autograde export canvas --template exported.csv --dry-run
  autograde export canvas --template exported.csv --out filled.csv
  autograde export moodle --roster roster.csv --lesson adam --out moodle
  autograde export csv --out grades.csv
  autograde export quiz moodle-xml --out quizzes.xml
"""
_FORMAT_HELP = """{title}: the grades as a file that can be imported there.

With --template, the file that was exported there comes back with our columns filled and every other byte as it was. A
lesson in which a person still has to grade is left as it was and named, and no file is written if none is left. Exit
status 1 means: written, and something should be looked at.
"""


def roster_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--roster FILE`, the same for every command."""
    return click.option(
        "--roster",
        "roster_file",
        type=FILE,
        help=f"Who is who: a roster, or a file of the LMS (default: {ROSTER} beside course.yaml, if it is there).",
    )(command)


def read_roster(context: Context, file: Path | None) -> Roster | None:
    """The roster that was named, else the one beside course.yaml, else None."""
    from autograder import roster

    default = context.root / ROSTER
    if file is None and not default.is_file():
        return None
    found = roster.read(file or default)
    for note in found.notes:
        context.warn(note)
    return found


class _Formats(click.Group):
    """One command for each format, made only when it is asked for: other commands' help must not import the exporters."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from autograder.export import FORMATS

        return [*sorted(FORMATS), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from autograder.export import FORMATS

        if cmd_name in FORMATS:
            return _format_command(cmd_name, FORMATS[cmd_name].title)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"`{args[0]}` is no format; there are {', '.join(self.list_commands(ctx))}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Formats, epilog=_EXAMPLES, subcommand_metavar="FORMAT [OPTIONS]")
def export() -> None:
    """Write the grades in FORMAT: into the gradebook file that your LMS exported, or as a table; or the quizzes."""


class _QuizFormat(click.ParamType[str]):
    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from autograder.export import quizzes

        if value not in quizzes.FORMATS:
            self.fail(
                f"`{value}` is no format for quizzes; there are {', '.join(sorted(quizzes.FORMATS))}",
                param,
                ctx,
            )
        return str(value)


@export.command(
    epilog="""\b
Examples:
  autograde export quiz canvas-qti --out quizzes.zip
  autograde export quiz moodle-xml --lesson adam
  autograde export quiz gift --leave-out
"""
)
@click.argument("format_name", metavar="FORMAT", type=_QuizFormat())
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@click.option("--lesson", "lessons", multiple=True, metavar="ID", help="Only this lesson; may be repeated.")
@click.option("--leave-out", is_flag=True, help="Leave out and name what the format cannot say.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_context
def quiz(
    context: Context,
    *,
    format_name: str,
    out: Path | None,
    lessons: tuple[str, ...],
    leave_out: bool,
    force: bool,
) -> int:
    """The quizzes of course.yaml as a package for the LMS: canvas-qti, moodle-xml or gift.

    The package holds the answers. A question that FORMAT cannot say is refused with the reason, and nothing is written.
    """
    from autograder import export as exporting
    from autograder.export import quizzes

    known = [lesson.id for lesson in context.course.lessons]
    for name in lessons:
        if name not in known:
            raise ExportError(f"there is no lesson `{name}`", did_you_mean(name, known))
    sections = [
        quizzes.Section(lesson.id, lesson.title, lesson.questions)
        for lesson in context.course.lessons
        if not lessons or lesson.id in lessons
    ]
    made = quizzes.make(format_name, context.course.id, sections, leave_out=leave_out)
    written = exporting.write(made, out or Path(made.files[0].name), force=force)
    show_notices(context, made)
    for path in written:
        click.echo(path)
    return int(made.found)


def _format_command(name: str, title: str) -> click.Command:
    @click.command(name, help=_FORMAT_HELP.format(title=title), short_help=title, epilog=_EXAMPLES)
    @click.option("--template", type=FILE, help="The file that was exported there; only our columns change.")
    @click.option(
        "--out",
        type=click.Path(path_type=Path),
        help="The file to write, or the folder for several (default: beside the template).",
    )
    @classroom_option("The nbgrader course directory with the grades")
    @roster_option
    @click.option(
        "--lesson", "lessons", multiple=True, metavar="ID", help="Only this lesson; may be repeated."
    )
    @click.option(
        "--missing", type=_POLICY, default="skip", show_default=True, help="What a missing hand-in becomes."
    )
    @click.option(
        "--excused", type=_POLICY, help="What an excused one becomes where the LMS has no word for it."
    )
    @click.option("--allow-unconfirmed", is_flag=True, help="Export points that still wait for a person.")
    @click.option("--strict", is_flag=True, help="Write nothing while any lesson waits for a person.")
    @click.option(
        "--feedback", is_flag=True, help="Write comments for students, where the format has a place for them."
    )
    @click.option("--dry-run", is_flag=True, help="Only show what would change.")
    @click.option(
        "--diff", "earlier", type=FILE, help="Only show what is different from this earlier export."
    )
    @click.option("--force", is_flag=True, help="Replace a file that is there.")
    @pass_context
    def command(context: Context, /, **given: Any) -> int:
        return _export(context, name, **given)

    return command


def _export(
    context: Context,
    format_name: str,
    *,
    template: Path | None,
    out: Path | None,
    classroom: Path | None,
    roster_file: Path | None,
    lessons: tuple[str, ...],
    missing: str,
    excused: str | None,
    allow_unconfirmed: bool,
    strict: bool,
    feedback: bool,
    dry_run: bool,
    earlier: Path | None,
    force: bool,
) -> int:
    from autograder import export as exporting

    if allow_unconfirmed and strict:
        raise click.UsageError("--allow-unconfirmed and --strict exclude each other")
    grades = _grades(context, classroom, roster_file)
    options = exporting.Options(
        file=str(template) if template else "template",
        missing=cast("Policy", missing),
        excused=cast("Policy | None", excused),
        unconfirmed="allow" if allow_unconfirmed else "refuse" if strict else "leave",
        lessons=lessons,
        feedback=feedback,
    )
    made = exporting.fill(format_name, grades, _bytes(template) if template else None, options)
    if earlier is not None:
        _show_table(
            context, exporting.diff(format_name, made, _bytes(earlier), str(earlier)), "id in the file"
        )
        show_notices(context, made)
        return int(made.found)
    if dry_run:
        show_changes(context, made, grades)
        return int(made.found)
    target = out or _default_target(template, format_name, made)
    written = exporting.write(made, target, force=force)
    show_notices(context, made)
    context.note(f"{len(made.changes)} grades filled in" if template else "grades written")
    for path in written:
        click.echo(path)
    return int(made.found)


def _grades(context: Context, classroom: Path | None, roster_file: Path | None) -> Grades:
    from autograder import gradebook, roster

    grades = gradebook.read(context.course, classroom or context.root / "classroom")
    known = read_roster(context, roster_file)
    return roster.join(grades, known) if known else grades


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ExportError(f"{path} cannot be read: {error.strerror}") from error


def _default_target(template: Path | None, format_name: str, made: Export) -> Path:
    if template:
        return template.with_name(f"{template.stem}-filled{template.suffix}")
    return Path(made.files[0].name if len(made.files) == 1 else format_name)


def fill(context: Context, format_name: str, grades: Grades, template: Path, target: Path) -> Export:
    """Fills *template* into *target*, as `autograde export` does without options."""
    from autograder import export as exporting

    made = exporting.fill(format_name, grades, _bytes(template), exporting.Options(file=str(template)))
    exporting.write(made, target)
    return made


def show_changes(context: Context, made: Export, grades: Grades) -> None:
    """Which lesson goes to which column, and the table of what would change: old, new, and the state that it comes from."""
    for target in made.targets:
        context.note(f"lesson `{target.lesson}` ({target.title}) goes to column `{target.column}`")
    states = []
    for change in made.changes:
        grade = grades.grade(change.student, change.lesson)
        states.append(f"{grade.state}, late" if grade.late else grade.state)
    _show_table(context, made.changes, "student", states)
    show_notices(context, made)


def _show_table(
    context: Context, changes: Sequence[Change], who: str, states: Sequence[str] | None = None
) -> None:
    from autograder import console

    headings = [who, "column", "old", "new"]
    rows = [
        [change.student, change.column, change.old or "(blank)", change.new or "(blank)"]
        for change in changes
    ]
    if states is not None:
        headings.append("state")
        rows = [[*row, state] for row, state in zip(rows, states, strict=True)]
    if rows:
        context.out.print(console.table(headings, rows))
    context.note(f"{len(rows)} changes; nothing was written")


def show_notices(context: Context, made: Export) -> None:
    """What should be known, on stderr."""
    for notice in made.notices:
        context.warn(str(notice))


@click.group()
def roster() -> None:
    """Who is in the class, and by which ids each LMS knows them."""


@roster.command(
    "import",
    epilog="""\b
Examples:
  autograde roster import canvas-gradebook.csv
  autograde roster import participants.csv --id-from email
  autograde roster import worksheet.csv --out roster.csv
""",
)
@click.argument("file", type=FILE)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The roster (default: {ROSTER} beside course.yaml).",
)
@click.option(
    "--id-from",
    default="",
    metavar="ID",
    help="Which of the LMS's ids is to be ours, such as `canvas.login`.",
)
@click.option("--force", is_flag=True, help="Replace the file that is there instead of adding to it.")
@pass_context
def import_(context: Context, *, file: Path, out: Path | None, id_from: str, force: bool) -> int:
    """Read the students in FILE, a list or gradebook that an LMS exported, into the roster.

    A roster that is there gets the new ids added, and the students that it lacks. Our own id names a student's folder
    of hand-ins; it stays as it is once it is in the roster. Exit status 1 means: written, and something looks odd.
    """
    from autograder import roster as rosters
    from autograder.files import write_bytes

    target = out or context.root / ROSTER
    new = rosters.read(file, id_from=id_from)
    if target.is_file() and not force:
        new = rosters.merge(rosters.read_own(target), new)
    write_bytes(target, rosters.to_bytes(new), force=True)
    for note in new.notes:
        context.warn(note)
    context.note(counted(len(new.students), "student"))
    click.echo(target)
    return int(bool(new.notes))


COMMANDS = (export, roster)
