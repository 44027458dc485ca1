"""Writes a course into an nbgrader course directory: notebooks, settings, release, due dates.

A directory that exists is merged into: what we did not write, or what a person has changed since, is left alone unless
forced. The release is made by nbgrader's own `generate_assignment`, in a process of its own.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from autograder import notebooks
from autograder.classroom import Classroom, merge_config, overruled, require_nbgrader
from autograder.course import Course, Lesson
from autograder.errors import ClassroomError, counted
from autograder.files import write_bytes, write_text

RECORD = ".autograde/built.json"
"""The hashes of the files that we wrote, to tell them from those that a person changed."""

_DUES = "due dates"


@dataclass(frozen=True)
class BuildResult:
    """What became of each lesson, and what the instructor should know."""

    classroom: Path
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The same for people."""
        lines = [f"{self.classroom}: {counted(len(self.written), 'notebook')} written and released"]
        if self.unchanged:
            lines.append(f"unchanged: {', '.join(self.unchanged)}")
        lines += [f"{path} was changed by hand and left alone; `--force` replaces it" for path in self.edited]
        return [*lines, *self.notes]


def build(course: Course, classroom: Path, *, force: bool = False) -> BuildResult:
    """Writes source notebooks, nbgrader_config.py, release and due dates; raises ClassroomError if nbgrader refuses."""
    require_nbgrader()
    room = Classroom(classroom)
    record = _read_record(classroom)
    classroom.mkdir(parents=True, exist_ok=True)
    notes = _write_config(course, room)
    written: list[Lesson] = []
    unchanged: list[str] = []
    edited: list[str] = []
    for lesson in course.lessons:
        wanted = _files(course, lesson)
        by_hand = [] if force else _changed_by_hand(classroom, record, wanted)
        edited += by_hand
        if by_hand:
            continue
        changed = _write_files(classroom, record, room.source(lesson.id), wanted)
        if not changed and _is_released(room, record, lesson, wanted):
            unchanged.append(lesson.id)
        else:
            written.append(lesson)
    _write_record(classroom, record)
    dues = _dues(course)
    if written or record.get(_DUES) != _hash(json.dumps(dues).encode()):
        _generate(room, [lesson.id for lesson in written], dues)
    record[_DUES] = _hash(json.dumps(dues).encode())
    for lesson in written:
        record[_released(lesson)] = _hash_of_all(_files(course, lesson))
    _write_record(classroom, record)
    return BuildResult(
        classroom, tuple(lesson.id for lesson in written), tuple(unchanged), tuple(edited), tuple(notes)
    )


def _write_config(course: Course, room: Classroom) -> list[str]:
    old = room.config.read_text(encoding="utf-8") if room.config.is_file() else ""
    new = merge_config(old, course.id, course.root, room.root)
    if new != old:
        write_text(room.config, new, force=True)
    return [
        f"{room.config}: `{name}` of your own is put aside by autograde's block" for name in overruled(old)
    ]


def _files(course: Course, lesson: Lesson) -> dict[str, bytes]:
    """The files of a lesson's source folder, by their path in the classroom."""
    cells = notebooks.cells_of(course, lesson)
    folder = f"source/{lesson.id}"
    files = {f"{folder}/{lesson.id}.ipynb": notebooks.source_notebook(cells).encode()}
    for name, path in notebooks.files_of(course, cells).items():
        files[f"{folder}/{name}"] = path.read_bytes()
    return files


def _changed_by_hand(classroom: Path, record: Mapping[str, str], wanted: Mapping[str, bytes]) -> list[str]:
    """The files that exist with a content that is neither the one we wrote nor the one we want."""
    changed = []
    for name, data in wanted.items():
        path = classroom / name
        if path.is_file() and _hash(path.read_bytes()) not in (record.get(name), _hash(data)):
            changed.append(name)
    return changed


def _write_files(classroom: Path, record: dict[str, str], folder: Path, wanted: Mapping[str, bytes]) -> bool:
    """Writes what differs, and removes what we wrote earlier and nobody needs; whether anything changed."""
    changed = False
    for name, data in wanted.items():
        path = classroom / name
        if not path.is_file() or path.read_bytes() != data:
            write_bytes(path, data, force=True)
            changed = True
        record[name] = _hash(data)
    prefix = f"{folder.relative_to(classroom).as_posix()}/"
    for name in [name for name in record if name.startswith(prefix) and name not in wanted]:
        path = classroom / name
        if path.is_file() and _hash(path.read_bytes()) == record[name]:
            path.unlink()
            changed = True
        del record[name]
    return changed


def _is_released(
    room: Classroom, record: Mapping[str, str], lesson: Lesson, wanted: Mapping[str, bytes]
) -> bool:
    """Whether nbgrader has made a release from exactly these files."""
    there = (room.release(lesson.id) / f"{lesson.id}.ipynb").is_file()
    return there and record.get(_released(lesson)) == _hash_of_all(wanted)


def _released(lesson: Lesson) -> str:
    return f"release/{lesson.id}"


def _read_record(classroom: Path) -> dict[str, str]:
    path = classroom / RECORD
    if not path.is_file():
        return {}
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ClassroomError(
            f"{path} cannot be read: {error}", "delete it; then build again with `--force`"
        ) from error
    return {str(name): str(value) for name, value in record.items()}


def _write_record(classroom: Path, record: Mapping[str, str]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_text(classroom / RECORD, text, force=True)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of_all(files: Mapping[str, bytes]) -> str:
    return _hash("".join(f"{name}\0{_hash(data)}\n" for name, data in sorted(files.items())).encode())


def _dues(course: Course) -> dict[str, str]:
    """When each lesson is due, in UTC without a zone, as nbgrader keeps it."""
    return {
        lesson.id: lesson.due.astimezone(UTC).replace(tzinfo=None).isoformat()
        for lesson in course.lessons
        if lesson.due is not None
    }


def _generate(room: Classroom, lessons: Sequence[str], dues: Mapping[str, str]) -> None:
    """Runs `nbgrader generate_assignment` for *lessons* and tells the gradebook when every lesson is due."""
    orders = {"lessons": lessons, "dues": dues}
    done = subprocess.run(
        [sys.executable, "-c", _GENERATE, json.dumps(orders)],
        cwd=room.root,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise ClassroomError(
            f"`nbgrader generate_assignment` failed in {room.root}:\n{_last_lines(done.stdout)}",
            "if cells were added to or removed from a lesson that was handed in already, nbgrader cannot follow: "
            "take the change back, or build into a new classroom",
        )


# The command itself, for one lesson after the other: starting Python and nbgrader anew for each takes longer than the work.
_GENERATE = """
import json, sys
from autograder import nbgradermodels
Gradebook = nbgradermodels.api().Gradebook
from nbgrader.apps import GenerateAssignmentApp, NbGraderApp

orders = json.loads(sys.argv[1])
for lesson in orders["lessons"]:
    app = GenerateAssignmentApp()
    app.initialize([lesson, "--force"])
    app.start()
    app.reset()
app = NbGraderApp()
app.initialize([])
with Gradebook(app.coursedir.db_url, app.coursedir.course_id) as gradebook:
    for lesson, due in orders["dues"].items():
        gradebook.update_or_create_assignment(lesson, duedate=due)
"""


def environment() -> dict[str, str]:
    """This process's, with the folder of this Python's programs first on PATH: nbgrader starts `alembic` by name."""
    programs = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"}


def _last_lines(output: str) -> str:
    lines = [line for line in output.strip().splitlines() if " WARNING]" not in line and " INFO]" not in line]
    return "\n".join(lines[-8:])
