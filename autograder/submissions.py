"""Turns what students handed in (an nbgrader course directory, or a plain inbox of files) into `Submission`s.

Everything here is untrusted: files are opened without following links, read up to a limit, decoded leniently, and
never executed, imported or evaluated. Whatever can be recovered is; the rest is named with its reason. What a cell
means is decided by the course and the cell's id, never by what the cell says about its own points.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.course import Course, Lesson
from autograder.errors import ClassroomError
from autograder.sandbox import Cell
from autograder.timestamps import parse_timestamp
from autograder.untrusted import MAX_CELLS, Unreadable, cells_of, exists, grade_id_of, read_text, source_of

MAX_SOURCE = 1_000_000
MAX_CODE = 5_000_000
"""Characters of all code of a hand-in: what surely fits into one frame between our processes."""

_STUDENT = re.compile(r"[^\x00-\x1f\x7f/\\\ud800-\udfff]{1,120}")
_MARKER = re.compile(r"^\s*(?:#|<!--)\s*answer(?: to)?:\s*([a-z][a-z0-9_]*)\s*(?:-->)?\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one lesson; `lesson` is empty for a plain inbox, which is about the whole course.

    `cells` is the code in the order of the notebook; `lesson_cells` says which of them are the lesson's own
    demonstrations, which are only run when the student's code turns out to need them. `answers` maps a text exercise
    or quiz question to the source of its answer cell; `written` maps every cell that the lesson asks for, code too, to what
    stands in it. `problems` are sentences for people; `unreadable` says that
    nothing could be read, and `ours` that this was no fault of the student (a file that we may not open). `attempt` tells
    an attempt that was not collected from the one that was.
    """

    student: str
    lesson: str
    cells: tuple[Cell, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    lesson_cells: frozenset[str] = frozenset()
    timestamp: datetime | None = None
    notebook: Path | None = None
    unreadable: bool = False
    ours: bool = False
    attempt: str = ""

    @property
    def name(self) -> str:
        name = f"{self.student}/{self.lesson}" if self.lesson else self.student
        return f"{name} ({self.attempt})" if self.attempt else name


@dataclass
class _Content:
    """What has been gathered from the files of one submission so far."""

    cells: list[Cell] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    lesson_cells: set[str] = field(default_factory=set)
    failed: int = 0
    ours: bool = False


def find_in_classroom(
    course: Course, classroom: Path, *, lessons: Iterable[str] = (), students: Iterable[str] = ()
) -> list[Submission]:
    """Every hand-in below `classroom/submitted`, sorted by student and lesson; empty choices mean all."""
    submitted = classroom / "submitted"
    if not submitted.is_dir():
        raise ClassroomError(
            f"{classroom} has no folder `submitted`",
            "run `nbgrader collect` there first, or name a folder of hand-ins: `autograde grade INBOX`",
        )
    chosen, wanted = set(lessons), set(students)
    found = []
    for folder in _folders(submitted):
        if wanted and folder.name not in wanted:
            continue
        for lesson in course.lessons:
            if (not chosen or lesson.id in chosen) and exists(folder / lesson.id):
                found.append(read_handin(course, lesson, folder.name, folder / lesson.id))
    return found


def find_in_inbox(course: Course, inbox: Path, *, students: Iterable[str] = ()) -> list[Submission]:
    """One submission for each folder in *inbox*, read from all its .py and .ipynb files in the order of their names."""
    if not inbox.is_dir():
        raise ClassroomError(f"{inbox} is not a folder", "an inbox holds one folder for each student")
    wanted = set(students)
    folders = [folder for folder in _folders(inbox) if not wanted or folder.name in wanted]
    return [_read_inbox_folder(course, folder) for folder in folders]


def strays_in(inbox: Path) -> list[str]:
    """Names in *inbox*, or in a classroom's `submitted`, that are no student's folder and would otherwise be passed over in silence."""
    students = set(_folders(inbox))
    return sorted(
        _plain(entry.name)
        for entry in inbox.iterdir()
        if entry not in students and not entry.name.startswith(".")
    )


def read_handin(course: Course, lesson: Lesson, student: str, folder: Path) -> Submission:
    """The hand-in of *student* for *lesson* that lies in *folder*, as `nbgrader collect` leaves it."""
    content = _Content()
    timestamp = None
    try:
        if folder.is_symlink() or not folder.is_dir():
            raise Unreadable("is a link or a file, not a folder; it was not followed")
        timestamp = _read_timestamp(folder / "timestamp.txt", content)
        notebook = _choose_notebook(folder, lesson, content)
        _add_notebook(course, read_text(notebook), "", content)
    except Unreadable as reason:
        return Submission(
            student,
            lesson.id,
            problems=(*content.problems, str(reason)),
            timestamp=timestamp,
            unreadable=True,
            ours=reason.ours,
        )
    return _finish(content, student, lesson.id, timestamp=timestamp, notebook=notebook)


def read_notebook(course: Course, student: str, lesson: str, notebook: Mapping[str, Any]) -> Submission:
    """The submission in a notebook that is already in memory; for nbgrader's own commands."""
    content = _Content()
    _add_cells(course, notebook, "", content)
    return _finish(content, student, lesson)


def _read_inbox_folder(course: Course, folder: Path) -> Submission:
    content = _Content()
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        reason = f"the folder cannot be opened: {error.strerror}"
        return Submission(folder.name, "", problems=(reason,), unreadable=True, ours=True)
    files = [path for path in entries if path.suffix.lower() in (".py", ".ipynb")]
    for path in files:
        try:
            text = read_text(path)
            if path.suffix.lower() == ".py":
                content.cells.append(_piece(_plain(path.name), text, content))
            else:
                _add_notebook(course, text, f"{_plain(path.name)} " if len(files) > 1 else "", content)
        except Unreadable as reason:
            content.failed += 1
            content.ours |= reason.ours
            content.problems.append(f"`{_plain(path.name)}` {reason}")
    if not files:
        content.problems.append(f"no .py or .ipynb file lies in the folder, {_others(entries)}")
    return _finish(content, folder.name, "")


def _others(entries: Iterable[Path]) -> str:
    """What lies there instead: often a folder or an archive that has to be unpacked first."""
    names = [f"`{_plain(path.name)}{'/' * path.is_dir()}`" for path in entries if path.name[0] != "."]
    return f"only {', '.join(names[:5])}{' ...' * (len(names) > 5)}" if names else "which is empty"


def _finish(
    content: _Content,
    student: str,
    lesson: str,
    *,
    timestamp: datetime | None = None,
    notebook: Path | None = None,
) -> Submission:
    _cut(content)
    nothing = not content.cells and not content.answers
    return Submission(
        student,
        lesson,
        cells=tuple(content.cells),
        answers=content.answers,
        written=content.written,
        problems=tuple(content.problems),
        lesson_cells=frozenset(content.lesson_cells),
        timestamp=timestamp,
        notebook=notebook,
        unreadable=nothing and bool(content.problems),
        ours=nothing and content.ours,
    )


def _cut(content: _Content) -> None:
    """Leaves out, and names, the code beyond MAX_CODE."""
    total = 0
    for number, cell in enumerate(content.cells):
        total += len(cell.source)
        if total > MAX_CODE:
            content.problems.append(
                f"only the first {number} of {len(content.cells)} pieces of code were read: together they are longer than {MAX_CODE:,} characters"
            )
            del content.cells[number:]
            return


def _choose_notebook(folder: Path, lesson: Lesson, content: _Content) -> Path:
    """The lesson's notebook in *folder*; one with another name is taken when there is only one."""
    expected = folder / f"{lesson.id}.ipynb"
    if exists(expected):
        return expected
    others = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))
    if not others:
        raise Unreadable(f"holds no notebook; `{expected.name}` was expected")
    if len(others) > 1:
        names = ", ".join(f"`{_plain(path.name)}`" for path in others[:5])
        raise Unreadable(f"holds {len(others)} notebooks and none is named `{expected.name}`: {names}")
    content.problems.append(f"`{_plain(others[0].name)}` was graded; it should be named `{expected.name}`")
    return others[0]


def _add_notebook(course: Course, text: str, prefix: str, content: _Content) -> None:
    if not text.strip():
        raise Unreadable("is empty")
    try:
        notebook = json.loads(text)
    except RecursionError as error:
        raise Unreadable("is not a notebook: its JSON is nested too deeply") from error
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Unreadable(f"is not a notebook: it is not JSON{where}") from error
    if not isinstance(notebook, dict):
        raise Unreadable("is not a notebook: its JSON is not an object")
    _add_cells(course, notebook, prefix, content)


def _add_cells(course: Course, notebook: Mapping[str, Any], prefix: str, content: _Content) -> None:
    cells = cells_of(notebook)
    if cells is None:
        raise Unreadable("is not a notebook: it has no list of cells")
    if len(cells) > MAX_CELLS:
        content.problems.append(f"only the first {MAX_CELLS} of {len(cells)} cells were read")
    number = 0
    for cell in cells[:MAX_CELLS]:
        if not isinstance(cell, dict):
            continue
        kind, grade_id = cell.get("cell_type"), grade_id_of(cell)
        number += kind == "code"
        is_code = kind == "code" or _is_code_exercise(course, grade_id)
        is_asked = grade_id in course.answerable or _is_code_exercise(course, grade_id)
        if is_asked or (not _is_ours(course, grade_id) and (is_code or not grade_id)):
            source = source_of(cell)
            if is_asked:
                content.written[grade_id] = source
            _add_cell(course, grade_id, source, f"{prefix}cell {number}", content, is_code=is_code)


def _piece(label: str, source: str, content: _Content) -> Cell:
    """What is read of one cell or file; that it is not all of it is told."""
    if len(source) > MAX_SOURCE:
        content.problems.append(f"`{label}`: only the first {MAX_SOURCE:,} characters were read")
    return Cell(label, source[:MAX_SOURCE])


def _add_cell(
    course: Course, grade_id: str, source: str, label: str, content: _Content, *, is_code: bool
) -> None:
    """Files one cell under what the course says about its id; its type in the hand-in only decides for other cells."""
    answered = _answered_item(course, grade_id, source)
    if answered:
        _add_answer(answered, _piece(answered, source, content).source, content)
    elif is_code:
        if grade_id.startswith("text-"):
            content.lesson_cells.add(label)
        content.cells.append(_piece(label, source, content))


def _add_answer(item: str, source: str, content: _Content) -> None:
    """Keeps the answer; of several cells with one id, the last that says something new counts, and it is named."""
    earlier = content.answers.get(item)
    if earlier is not None and earlier.strip() != source.strip():
        content.problems.append(f"there are several answer cells for `{item}`; the last one was graded")
    content.answers[item] = sys.intern(source)  # most of a class give one of a few answers, or none


def _answered_item(course: Course, grade_id: str, source: str) -> str:
    """The text exercise or quiz question that a cell answers, by its id or, where that is lost, by its marker."""
    answerable = course.answerable
    if grade_id in answerable:
        return grade_id
    marker = _MARKER.search(source[:500]) if not grade_id else None
    return marker[1] if marker and marker[1] in answerable else ""


def _is_ours(course: Course, grade_id: str) -> bool:
    """Whether the cell is one that the student does not write: checks, tasks, questions."""
    item, _, role = grade_id.rpartition("-")
    return role in ("checks", "visible", "task", "question", "points") and item in course.item_ids


def _is_code_exercise(course: Course, grade_id: str) -> bool:
    return grade_id in course.checks


def _read_timestamp(path: Path, content: _Content) -> datetime | None:
    """The time that nbgrader's `submit` wrote, aware; None when there is none or it cannot be read."""
    if not exists(path):
        return None
    try:
        text = read_text(path).strip()
        return parse_timestamp(text)
    except (Unreadable, ValueError):
        content.problems.append("`timestamp.txt` cannot be read, so lateness is unknown")
        return None


def _folders(parent: Path) -> Iterator[Path]:
    """The students' folders in *parent*, sorted; hidden ones and links are no students."""
    for entry in sorted(parent.iterdir(), key=lambda path: path.name):
        if entry.name.startswith(".") or entry.is_symlink() or not entry.is_dir():
            continue
        if _STUDENT.fullmatch(entry.name):
            yield entry


def _plain(name: str) -> str:
    """A file name from a student, safe to print."""
    return "".join(char if char.isprintable() and char != "`" else "?" for char in name)[:80]
