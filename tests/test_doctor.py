"""`autograde doctor` finds what is really wrong with real folders, says what to do, and changes nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from autograder.cli import run
from autograder.course import Course
from autograder.doctor import Finding, examine, of_sandbox, of_space
from autograder.sandbox import Layers
from tests import rooms

GIB = 2**30


@pytest.fixture
def room(tiny: Course, tmp_path: Path) -> Path:
    """A classroom with an exchange beside it, both as nbgrader would leave them."""
    place = rooms.copy_of(tiny, tmp_path / "classroom")
    exchange = tmp_path / "exchange"
    for folder, mode in (("", 0o777), ("small-data", 0o755), ("small-data/outbound", 0o755)):
        (exchange / folder).mkdir()
        (exchange / folder).chmod(mode)
    inbound = exchange / "small-data" / "inbound"
    inbound.mkdir()
    inbound.chmod(0o733)
    config = place / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n{text}", encoding="utf-8")
    rooms.hand_in(place, "ann", "averages", {})
    return place


def wrong(course: Course, room: Path) -> list[Finding]:
    """What is wrong with a classroom; not with the machine, which differs from one to the next."""
    found = [one for one in examine(course.root, room) if one.state == "wrong"]
    return [
        one for one in found if one.about not in ("sandbox", "disk", "owner") or str(room.parent) in one.said
    ]


def test_a_fresh_classroom_is_well(tiny: Course, room: Path) -> None:
    """Each thing that was looked at is named, not only what is wrong."""
    found = list(examine(tiny.root, room))
    said = {one.about: one.said for one in found if one.state == "ok"}

    assert wrong(tiny, room) == []
    assert {
        "Python",
        "nbgrader",
        "course",
        "classroom",
        "settings",
        "gradebook",
        "hand-ins",
        "exchange",
    } <= set(said)
    assert said["gradebook"] == "knows 2 lessons as they are now, 0 students"
    assert said["hand-ins"] == "1 notebook, all of them readable"


def _open_classroom(room: Path) -> None:
    room.chmod(0o777)


def _open_gradebook(room: Path) -> None:
    (room / "gradebook.db").chmod(0o666)


def _listed_inbound(room: Path) -> None:
    (room.parent / "exchange" / "small-data" / "inbound").chmod(0o777)


def _closed_inbound(room: Path) -> None:
    (room.parent / "exchange" / "small-data" / "inbound").chmod(0o700)


def _open_outbound(room: Path) -> None:
    (room.parent / "exchange" / "small-data" / "outbound").chmod(0o777)


def _closed_exchange(room: Path) -> None:
    (room.parent / "exchange").chmod(0o755)


def _no_block(room: Path) -> None:
    (room / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")


def _no_python(room: Path) -> None:
    (room / "nbgrader_config.py").write_text("c = get_config(\n", encoding="utf-8")


def _moved_course(room: Path) -> None:
    config = room / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    lines = ["c.InCourse.course = '/nowhere'" if "c.InCourse" in line else line for line in text.splitlines()]
    config.write_text("\n".join(lines), encoding="utf-8")


def _no_gradebook(room: Path) -> None:
    (room / "gradebook.db").unlink()


def _other_gradebook(room: Path) -> None:
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        database.commit()


def _other_points(room: Path) -> None:
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        database.execute("UPDATE grade_cells SET max_score = max_score + 1")
        database.commit()


FAULTS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "classroom open to all": (_open_classroom, "everybody may write to", "chmod -R o-w"),
    "gradebook open to all": (_open_gradebook, "everybody may write to", "chmod -R o-w"),
    "hand-ins can be listed": (_listed_inbound, "everybody may list", "chmod o-r"),
    "nobody can hand in": (_closed_inbound, "students may not hand in", "chmod o+wx"),
    "assignments can be replaced": (_open_outbound, "everybody may write to", "chmod -R o-w"),
    "exchange closed": (_closed_exchange, "not everybody may write to", "chmod ugo+rwx"),
    "settings without our block": (_no_block, "lacks autograde's block", "autograde build"),
    "settings that cannot be read": (_no_python, "cannot be read", "put it right"),
    "course moved away": (_moved_course, "where no course.yaml is", "build again"),
    "no gradebook": (_no_gradebook, "has no gradebook", "autograde build"),
    "gradebook of another nbgrader": (_other_gradebook, "another version of nbgrader", "nbgrader db upgrade"),
    "points changed since the build": (
        _other_points,
        "does not know lesson `averages` as it is now",
        "build again",
    ),
}


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_what_is_wrong_is_said_with_what_to_do(tiny: Course, room: Path, name: str) -> None:
    """One thing at a time, and only that one."""
    spoil, said, todo = FAULTS[name]
    spoil(room)

    (found,) = wrong(tiny, room)

    assert said in found.said
    assert todo in found.todo


def test_a_locked_gradebook_is_said_at_once(tiny: Course, room: Path) -> None:
    """Not after half a minute: nobody waits for a doctor that long."""
    with closing(sqlite3.connect(room / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        (found,) = wrong(tiny, room)

    assert "is locked by another program (waited 2 s)" in found.said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
def test_files_of_somebody_else_are_named(tiny: Course, room: Path) -> None:
    """Typically after work as root."""
    os.chown(room / "gradebook.db", 54321, -1)

    (found,) = wrong(tiny, room)

    assert (found.about, "belongs to `54321`" in found.said) == ("owner", True)


@pytest.mark.parametrize(
    ("free", "files", "state"),
    [(9 * GIB, None, "ok"), (GIB, None, "note"), (GIB // 8, None, "wrong"), (9 * GIB, 10, "wrong")],
)
def test_little_space_is_noted_and_too_little_is_wrong(free: int, files: int | None, state: str) -> None:
    """A disk can run out of entries before it runs out of bytes."""
    assert of_space("the classroom", Path("/somewhere"), free, files).state == state


def test_a_machine_without_a_sandbox_is_wrong_and_says_what_is_missing() -> None:
    """`grade` refuses there."""
    found = of_sandbox(Layers(("rlimits",), enough=False, missing="Landlock"))
    assert (found.state, "missing: Landlock" in found.said, bool(found.todo)) == ("wrong", True, True)
    assert of_sandbox(Layers(("landlock", "seccomp"), enough=True, missing="")) == Finding(
        "ok", "sandbox", "landlock, seccomp"
    )


def test_the_command_exits_1_only_when_something_is_wrong(
    tiny: Course, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script goes by the status, a person by the last lines."""
    (room / "gradebook.db").chmod(0o666)

    status = run(["--course", str(tiny.root), "doctor", "--classroom", str(room)])

    shown = capsys.readouterr().out
    assert status == 1
    assert f"wrong  permissions: everybody may write to {room / 'gradebook.db'}" in shown
    assert "→ `chmod -R o-w" in shown


def test_nothing_is_changed(tiny: Course, room: Path) -> None:
    """Looking is free."""
    before = {path: path.lstat().st_mtime_ns for path in [room, *room.rglob("*")]}
    list(examine(tiny.root, room))
    assert {path: path.lstat().st_mtime_ns for path in [room, *room.rglob("*")]} == before


def test_a_machine_can_be_looked_at_without_a_course(tmp_path: Path) -> None:
    """Before anything is set up."""
    about = [one.about for one in examine(None, None)]
    assert about[:2] == ["Python", "nbgrader"]
    shutil.rmtree(tmp_path)
    (missing,) = [one for one in examine(None, tmp_path) if one.about == "classroom"]
    assert (missing.state, missing.todo) == ("note", "`autograde build` makes one")
