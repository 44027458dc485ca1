"""Looks at what grading needs on this machine and in a classroom, changes nothing, and says what to do about what is wrong.

`wrong` stops work or lets students at each other's; `note` may be right where it is, and a person should know it.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder import sandbox
from autograder.classroom import BEGIN, CONFIG, Classroom, require_nbgrader
from autograder.course import Course, read_course
from autograder.errors import AutogradeError, CourseError, counted
from autograder.gradebook_rows import opened

MIB = 2**20
LITTLE, TOO_LITTLE = 2048 * MIB, 256 * MIB
"""Free space: a class of hundreds with plots in their notebooks fills a gigabyte; below the second, writing may end half-way."""

State = Literal["ok", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, how it is, and what to do."""

    state: State
    about: str
    said: str
    todo: str = ""

    def lines(self) -> list[str]:
        """The same for people."""
        shown = f"{self.state:<5}  {self.about}: {self.said}"
        return [shown, f"       → {self.todo}"] if self.todo else [shown]


def examine(course_root: Path | None, classroom: Path | None) -> Iterator[Finding]:
    """Everything about this machine and, where they are named, about the course and the classroom."""
    yield from _programs()
    yield of_sandbox(sandbox.probe())
    yield _space("temporary files", Path(tempfile.gettempdir()))
    course = None
    if course_root is not None:
        course, found = _course(course_root)
        yield found
        yield from _secrets(course_root)
    if classroom is not None:
        yield from _classroom(course, Classroom(classroom))


def _programs() -> Iterator[Finding]:
    yield Finding("ok", "Python", f"{platform.python_version()} at {sys.executable}")
    try:
        require_nbgrader()
    except AutogradeError as error:
        yield Finding("wrong", "nbgrader", error.message, error.hint)
    else:
        yield Finding("ok", "nbgrader", importlib.metadata.version("nbgrader"))
    command = shutil.which("nbgrader")
    own = Path(sys.executable).parent
    if command is not None and Path(command).parent.resolve() != own.resolve():
        yield Finding(
            "note",
            "nbgrader",
            f"the command `nbgrader` is {command}, which belongs to another Python",
            f"it will not find our checks; start {own / 'nbgrader'}, or activate this environment first",
        )


def of_sandbox(layers: sandbox.Layers) -> Finding:
    """Whether students' code can be contained with *layers*."""
    names = ", ".join(layers.names) or "none"
    if layers.enough:
        return Finding("ok", "sandbox", names)
    return Finding(
        "wrong",
        "sandbox",
        f"students' code cannot be contained here; layers: {names}; missing: {layers.missing}",
        "grade on Linux 5.13 or newer (in a container: one that allows user namespaces or Landlock), "
        "or read docs/security.md",
    )


def of_space(what: str, folder: Path, free: int, files: int | None = None) -> Finding:
    """Whether so many free bytes, and entries for files where they are counted, are enough."""
    said = f"{free / 2**30:.1f} GiB free for {what} in {folder}"
    if files is not None and files < 1000:
        said += f", with room for {counted(files, 'file')}"
    if free < TOO_LITTLE or (files is not None and files < 1000):
        return Finding(
            "wrong", "disk", said, "make room: a full disk stops a batch, though nothing kept is lost"
        )
    if free < LITTLE:
        return Finding("note", "disk", said, "a large class may need more")
    return Finding("ok", "disk", said)


def _space(what: str, folder: Path) -> Finding:
    entries = os.statvfs(folder)
    return of_space(
        what, folder, shutil.disk_usage(folder).free, entries.f_favail if entries.f_files else None
    )


def _course(root: Path) -> tuple[Course | None, Finding]:
    try:
        course = read_course(root)
    except CourseError as error:
        return None, Finding(
            "wrong", "course", f"{root}: {error.message}", "`autograde validate` lists them all"
        )
    return course, Finding("ok", "course", f"{course.title}, {len(course.lessons)} lessons")


def _secrets(root: Path) -> Iterator[Finding]:
    """The hidden checks and solutions: nobody else may change them, and students should not read them."""
    for name in ("course.yaml", "tests/hidden", "solutions"):
        path = root / name
        if not path.exists():
            continue
        yield from _only_mine(path)
        if name != "course.yaml" and _others_reach(path, stat.S_IROTH):
            yield Finding(
                "note",
                "permissions",
                f"every account of this machine may read {path}",
                f"if students have accounts here: `chmod -R o-rwx {path}`",
            )


def _only_mine(path: Path) -> Iterator[Finding]:
    """What is wrong if somebody else owns *path* or may write to it."""
    state = path.stat()
    if state.st_uid not in (os.geteuid(), 0):
        yield Finding(
            "wrong",
            "owner",
            f"{path} belongs to `{_account(state.st_uid)}`, and you are `{_account(os.geteuid())}`",
            "work as that account, or have the files given to yours (`chown`)",
        )
    if state.st_mode & stat.S_IWOTH and not state.st_mode & stat.S_ISVTX:
        yield Finding("wrong", "permissions", f"everybody may write to {path}", f"`chmod -R o-w {path}`")


def _others_reach(path: Path, bits: int) -> bool:
    """Whether *bits* are set on *path* and all folders above let others through."""
    if not path.stat().st_mode & bits:
        return False
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)


def _account(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _classroom(course: Course | None, room: Classroom) -> Iterator[Finding]:
    if not room.root.is_dir():
        yield Finding("note", "classroom", f"there is none at {room.root}", "`autograde build` makes one")
        return
    yield _space("the classroom", room.root)
    yield from _places(room)
    try:
        settings = room.settings()
    except AutogradeError as error:
        yield Finding("wrong", "settings", error.message, error.hint)
        return
    yield _settings(course, room, settings)
    if course is not None:
        yield _gradebook(course, room)
    yield from _hand_ins(room)
    yield from _exchange(room, settings)


def _places(room: Classroom) -> Iterator[Finding]:
    found = []
    for name in ("", CONFIG, "gradebook.db", "source", "submitted", "autograded", "results"):
        path = room.root / name
        if path.exists():
            found += list(_only_mine(path))
            if not os.access(path, os.R_OK | os.W_OK):
                found.append(
                    Finding(
                        "wrong", "permissions", f"you may not read and write {path}", f"`chmod u+rwX {path}`"
                    )
                )
    for name in ("gradebook.db", "submitted", "autograded"):
        path = room.root / name
        if path.exists() and _others_reach(path, stat.S_IROTH):
            found.append(
                Finding(
                    "note",
                    "permissions",
                    f"every account of this machine may read {path}",
                    f"if students have accounts here: `chmod o-rwx {room.root}`",
                )
            )
    yield from found or [
        Finding("ok", "classroom", f"{room.root} belongs to you, and only you may write there")
    ]


def _settings(course: Course | None, room: Classroom, settings: Any) -> Finding:
    text = room.config.read_text(encoding="utf-8", errors="replace") if room.config.is_file() else ""
    named = str(settings.InCourse.get("course", ""))
    if BEGIN not in text or not named:
        return Finding(
            "wrong",
            "settings",
            f"{room.config} lacks autograde's block, so `nbgrader autograde` and formgrader would give 0",
            "`autograde build` writes it",
        )
    if not (Path(named) / "course.yaml").is_file():
        return Finding(
            "wrong", "settings", f"{room.config} names {named}, where no course.yaml is", "build again"
        )
    if course is not None and Path(named).resolve() != course.root.resolve():
        return Finding("note", "settings", f"{room.config} names another course: {named}", "build again")
    return Finding("ok", "settings", f"{room.config} lets nbgrader run our checks")


def _gradebook(course: Course, room: Classroom) -> Finding:
    try:
        with opened(room, wait_seconds=2) as rows:
            for lesson in course.lessons:
                rows.require(course, lesson)
            students = len(rows.students())
    except AutogradeError as error:
        return Finding("wrong", "gradebook", error.message, error.hint)
    return Finding(
        "ok",
        "gradebook",
        f"knows {counted(len(course.lessons), 'lesson')} as they are now, {counted(students, 'student')}",
    )


def _hand_ins(room: Classroom) -> Iterator[Finding]:
    """Files of students that this account cannot open; grading would hold them back for a person."""
    files = [path for path in (room.root / "submitted").glob("*/*/*") if path.suffix == ".ipynb"]
    closed = [path for path in files if not path.is_symlink() and not os.access(path, os.R_OK)]
    for path in closed[:5]:
        yield Finding("wrong", "hand-ins", f"{path} may not be read", f"`chmod u+r {path}` as its owner")
    if files and not closed:
        yield Finding("ok", "hand-ins", f"{counted(len(files), 'notebook')}, all of them readable")


def _exchange(room: Classroom, settings: Any) -> Iterator[Finding]:
    course = room.exchange()
    root = course.parent if settings.CourseDirectory.get("course_id", "") else course
    if not root.is_dir():
        yield Finding(
            "note",
            "exchange",
            f"there is none at {root}; only `nbgrader release_assignment`, `collect` and their like need it",
            f"`mkdir -p {root} && chmod ugo+rwx {root}`, or set `c.Exchange.root` above our block in {CONFIG}",
        )
        return
    yield _space("the exchange", root)
    yield _root_of_exchange(root)
    if course != root and course.is_dir():
        found = [*_only_mine(course), *_outbound(course / "outbound"), *_inbound(course / "inbound")]
        yield from found or [Finding("ok", "exchange", f"{course} has the permissions that nbgrader gives")]


def _root_of_exchange(root: Path) -> Finding:
    if not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            "wrong", "exchange", f"you may not write to {root}", f"`chmod ugo+rwx {root}` as its owner"
        )
    if stat.S_IMODE(root.stat().st_mode) & 0o777 != 0o777:
        return Finding(
            "wrong",
            "exchange",
            f"not everybody may write to {root}, and nbgrader refuses to fetch and submit then",
            f"`chmod ugo+rwx {root}`",
        )
    return Finding("ok", "exchange", f"{root} is open to everybody, as nbgrader needs it")


def _outbound(folder: Path) -> Iterator[Finding]:
    """What students fetch: only we may write there."""
    if folder.is_dir():
        yield from _only_mine(folder)


def _inbound(folder: Path) -> Iterator[Finding]:
    """Where students drop what they hand in: they may add, and must not look."""
    if not folder.is_dir():
        return
    mode = folder.stat().st_mode
    if mode & stat.S_IROTH:
        yield Finding(
            "wrong",
            "exchange",
            f"everybody may list {folder}, and so find what others handed in",
            f"`chmod o-r {folder}`",
        )
    if not mode & stat.S_IWOTH or not mode & stat.S_IXOTH:
        yield Finding("wrong", "exchange", f"students may not hand in to {folder}", f"`chmod o+wx {folder}`")
    if not os.access(folder, os.R_OK | os.X_OK):
        yield Finding(
            "wrong",
            "exchange",
            f"you may not read {folder}, so nothing can be collected",
            f"`chmod u+rwx {folder}`",
        )
