"""`autograde grade submissions.zip --from LMS`: hand-ins out of an LMS's bulk download, into the classroom or an inbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from autograder.cli import lms
from autograder.cli.context import Context
from autograder.errors import AutogradeError

if TYPE_CHECKING:
    from autograder.course import Lesson
    from autograder.grades import Student
    from autograder.lmsnames import HandIn, Lms
    from autograder.lmszip import Archive, Joined
    from autograder.submissions import Submission

_LMSS = ("blackboard", "brightspace", "canvas", "moodle")


class _Zone(click.ParamType[tzinfo]):
    name = "zone"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tzinfo:
        try:
            return ZoneInfo(str(value))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fail(f"`{value}` is no time zone; one is called Europe/Berlin", param, ctx)


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how a download is to be read."""
    for option in (
        click.option(
            "--zone",
            type=_Zone(),
            help="The zone of the times in the download (default: that of the due date).",
        ),
        click.option("--worksheet", type=lms.FILE, help="Moodle's grading worksheet of the same assignment."),
        lms.roster_option,
        click.option(
            "--from", "source", type=click.Choice(_LMSS), help="INBOX is a zip file that this LMS made."
        ),
    ):
        command = option(command)
    return command


@dataclass(frozen=True)
class Download:
    """Which file, from where, and what helps to read it."""

    archive: Path | None
    source: str
    roster_file: Path | None = None
    worksheet: Path | None = None
    zone: tzinfo | None = None

    @property
    def file(self) -> Path:
        """The archive; raises AutogradeError if there is none to open."""
        if self.archive is None or not self.archive.is_file():
            raise AutogradeError(
                "`--from` needs the zip file of the LMS", "`autograde grade submissions.zip --from canvas`"
            )
        return self.archive


def take_in(
    context: Context,
    download: Download,
    classroom: Path | None,
    out: Path | None,
    lessons: Sequence[str],
    students: Sequence[str],
    *,
    force: bool,
) -> tuple[list[Submission], Path, Path | None, Sequence[str], Sequence[str]]:
    """Unpacks the download: with a lesson into `submitted/` of the classroom, else into an inbox beside the results.

    Gives the hand-ins, where results go, the classroom, nothing that lies beside them, and what was not taken and why.
    """
    from autograder import gradebook, lmszip, submissions

    lesson = _lesson(context, lessons, classroom)
    room = (classroom or context.root / "classroom") if lesson else None
    if room is not None and not room.is_dir():
        raise AutogradeError(
            f"there is no classroom at {room}",
            "`autograde build` makes one; without `--lesson` the hand-ins are graded as an inbox",
        )
    known = _class(context, room, download.roster_file)
    with lmszip.opened(download.file) as archive:
        joined, problems = _join(archive, download, known, lesson)
        wanted = {id_: hand_in for id_, hand_in in joined.items() if not students or id_ in students}
        results = out or (room / "results" if room else Path("results"))
        place = room / "submitted" if room else results / "hand-ins"
        for id_, hand_in in wanted.items():
            problems += _put(
                archive, hand_in, place / id_ / lesson.id if lesson else place / id_, lesson, force=force
            )
    if room is not None and lesson is not None:
        gradebook.register(room, [student for student in known if student.id in wanted])
        found = (
            submissions.find_in_classroom(context.course, room, lessons=[lesson.id], students=wanted)
            if wanted
            else []
        )
    else:
        found = submissions.find_in_inbox(context.course, place, students=wanted) if wanted else []
    return found, results, room, (), problems


def _lesson(context: Context, chosen: Sequence[str], classroom: Path | None) -> Lesson | None:
    if len(chosen) > 1 or (classroom is not None and not chosen):
        names = ", ".join(lesson.id for lesson in context.course.lessons)
        raise AutogradeError(
            "a download is about one assignment", f"say which lesson it is, `--lesson ID`: {names}"
        )
    return context.course.lesson(chosen[0]) if chosen else None


def _class(context: Context, room: Path | None, roster_file: Path | None) -> Sequence[Student]:
    """Everybody who may have handed in: the gradebook's students with the ids of the roster."""
    from autograder import gradebook, roster
    from autograder.grades import Grades

    grades = gradebook.read(context.course, room) if room else Grades((), (), {})
    known = lms.read_roster(context, roster_file)
    return roster.with_ids(grades.students, known) if known else grades.students


def _join(
    archive: Archive, download: Download, students: Sequence[Student], lesson: Lesson | None
) -> tuple[dict[str, HandIn], list[str]]:
    from autograder import lmszip

    zone = download.zone or (lesson.due.tzinfo if lesson and lesson.due else None) or UTC
    source = cast("Lms", download.source)
    names = lmszip.read(archive, source, zone)
    if not names.hand_ins:
        details = "\n".join([*archive.refused, *names.strays][:5])
        raise AutogradeError(
            f"{download.file} holds no hand-in that is named as {source.capitalize()} names them\n{details}".strip(),
            "is it the download of all hand-ins of one assignment, and from this LMS?",
        )
    joined: Joined = lmszip.join(names.hand_ins, students, source, _participants(download))
    return dict(joined.hand_ins), [*archive.refused, *names.strays, *joined.problems]


def _participants(download: Download) -> Any:
    from autograder.export.moodle_worksheet import participants

    if download.worksheet is None:
        return None
    return participants(download.worksheet.read_bytes(), download.worksheet.name)


def _put(archive: Archive, hand_in: HandIn, folder: Path, lesson: Lesson | None, *, force: bool) -> list[str]:
    """Writes one hand-in; what is wrong with it is said, and the others go on."""
    from autograder import lmszip
    from autograder.errors import ClassroomError

    who = folder.parent.name if lesson else folder.name
    try:
        files = lmszip.files_of(archive, hand_in, f"{lesson.id}.ipynb" if lesson else "")
        reason = lmszip.put(folder, files, hand_in, force=force or lesson is None)
    except ClassroomError as error:
        return [f"`{who}`: {error.message}"]
    problems = [f"`{who}`: {reason}"] if reason else []
    if hand_in.late and hand_in.when is None:
        problems.append(
            f"`{who}`: the LMS says late, but not by how much; points for lateness are not taken off"
        )
    return problems
