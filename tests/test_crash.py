"""Whatever happens to a grading run, the next one goes on from there: nothing is lost, doubled or mixed, nothing lies around.

The real command on a real classroom is killed (-9) at points drawn with a fixed seed. AUTOGRADE_KILLS says how often;
`make crash` does it a hundred times.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course
from tests import rooms

KILLS = int(os.environ.get("AUTOGRADE_KILLS", "5"))
KILLS_A_ROOM = 5
SEED = 20270215
STUDENTS = 6
SECONDS_TO_END = 60
NAMED = 1
"""The exit status of a run to the end: one hand-in of the class ends Python, and is named."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@dataclass(frozen=True)
class Room:
    """A classroom with hand-ins, and a folder for the temporary files of whoever grades it."""

    course: Path
    place: Path
    temporary: Path

    def grader(self, *options: str, **more: Any) -> subprocess.Popen[str]:
        """A running `autograde -v grade`."""
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "autograder", "--course", str(self.course), "-v", "grade"),
                *("--classroom", str(self.place), *options),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            **more,
        )

    def grade(self, *options: str, status: int = NAMED, **more: Any) -> str:
        """What a run says; it must exit with *status*."""
        grader = self.grader(*options, **more)
        _, told = grader.communicate()
        assert grader.returncode == status, told
        return told

    def kept(self) -> dict[str, Any]:
        """All that a run leaves for people: results, graded copies, and what the gradebook says."""
        graded = sorted((self.place / "autograded").rglob("*.ipynb"))
        return {
            "results": (self.place / "results" / "results.json").read_bytes(),
            "graded": {path.relative_to(self.place).as_posix(): path.read_bytes() for path in graded},
            "scores": self._scores(),
        }

    def _scores(self) -> list[tuple[Any, ...]]:
        # ids are drawn at random in each gradebook, so rows are compared by what they belong to
        question = (
            "SELECT student_id, assignment.name, base_cell.name, auto_score, manual_score, needs_manual_grade "
            "FROM grade JOIN base_cell ON base_cell.id = grade.cell_id "
            "JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id "
            "JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id "
            "JOIN assignment ON assignment.id = submitted_assignment.assignment_id"
        )
        connection = sqlite3.connect(self.place / "gradebook.db")
        rows = connection.execute(question).fetchall()
        connection.close()
        return sorted(rows, key=str)


@pytest.fixture(scope="module")
def pattern(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A classroom of the tiny course with hand-ins: right ones, known mistakes, an early exit. Not to be changed."""
    place = rooms.copy_of(tiny, tmp_path_factory.mktemp("pattern") / "classroom")
    mistakes = sorted((tiny.solutions_folder("moving_average") / "mistakes").glob("*.py"))
    for number in range(STUDENTS):
        for lesson in tiny.lessons:
            answers = rooms.all_right(tiny, lesson.id)
            if number % 3 == 1 and "moving_average" in answers:
                answers["moving_average"] = mistakes[number % len(mistakes)].read_text(encoding="utf-8")
            if number == 2 and "word_count" in answers:
                answers["word_count"] = "import os\ndef word_count(text):\n    os._exit(0)\n"
            rooms.hand_in(place, f"student{number}", lesson.id, answers)
    return place


@pytest.fixture
def fresh(pattern: Path, tiny: Course, tmp_path: Path) -> Callable[[str], Room]:
    """Makes a room like the pattern."""

    def make(name: str) -> Room:
        shutil.copytree(pattern, tmp_path / name / "classroom")
        (tmp_path / name / "temporary").mkdir()
        return Room(tiny.root, tmp_path / name / "classroom", tmp_path / name / "temporary")

    return make


@pytest.fixture(scope="module")
def wanted(pattern: Path, tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run leaves that nothing disturbs."""
    folder = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(pattern, folder / "classroom")
    (folder / "temporary").mkdir()
    room = Room(tiny.root, folder / "classroom", folder / "temporary")
    room.grade()
    kept = room.kept()
    assert len(json.loads(kept["results"])) == STUDENTS
    assert len(kept["scores"]) > 2 * STUDENTS
    return kept


@pytest.mark.parametrize("series", range(max(1, KILLS // KILLS_A_ROOM)))
def test_a_run_that_is_killed_again_and_again_ends_like_one_that_was_not(
    series: int, fresh: Callable[[str], Room], wanted: dict[str, Any]
) -> None:
    """`kill -9` while the course is read, a hand-in is run, a result is kept, the gradebook is written."""
    chance = random.Random(SEED + series)  # noqa: S311  no secret, but the same points in every run
    room = fresh("room")
    for number in range(KILLS_A_ROOM):
        # the later kills find most hand-ins graded, and fall into what comes after
        lines = chance.choice([0, 1, 2, 3, 5, 8]) if number < 3 else 2 * STUDENTS
        _kill(room, after_lines=lines, and_seconds=chance.random() * (0.1 if lines else 1.0))
        assert _is_whole(room), "results.json is half a file"

    room.grade()

    assert room.kept() == wanted
    assert list(room.temporary.iterdir()) == []


def test_ctrl_c_says_once_what_is_kept_and_the_next_run_goes_on(
    fresh: Callable[[str], Room], wanted: dict[str, Any]
) -> None:
    room = fresh("room")
    # the last of the class never ends by itself, so the run is still at work when it is interrupted
    rooms.hand_in(
        room.place, "zoe", "averages", {"moving_average": "def moving_average(*_):\n    while True: pass"}
    )
    # what runs in the background of a shell has the signal ignored, and its children with it
    heeded = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    with room.grader("--jobs", "1", **heeded) as grader:
        assert grader.stderr
        grader.stderr.readline()
        grader.send_signal(signal.SIGINT)
        told = grader.stderr.read()
    assert grader.returncode == 130, told
    assert told.count("interrupted") == 1, told
    assert "were graded and are kept; run it again to go on" in told

    shutil.rmtree(room.place / "submitted" / "zoe")
    room.grade()

    assert room.kept() == wanted


def _kill(room: Room, *, after_lines: int, and_seconds: float) -> None:
    """Starts a run and kills it once it has told of so many hand-ins; all that it had started must end by itself."""
    with room.grader() as grader:
        assert grader.stderr
        for _ in range(after_lines):
            grader.stderr.readline()
        time.sleep(and_seconds)
        started = set(_below(grader.pid))
        grader.kill()
    for _ in range(20 * SECONDS_TO_END):
        left = [process for process in started if _since(process[0]) == process[1]]
        if not left and not list(room.temporary.iterdir()):
            return
        time.sleep(0.05)
    pytest.fail(f"left behind: processes {left}, files {list(room.temporary.iterdir())}")


def _below(pid: int) -> Iterator[tuple[int, str]]:
    """All processes that *pid* and its children started, each with the time of its start."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    waiting = [pid]
    while waiting:
        for child in parents.get(waiting.pop(), ()):
            waiting.append(child)
            if since := _since(child):  # else it has ended meanwhile
                yield child, since


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on; empty if there is no such process, or only its remains."""
    try:
        fields = (Path("/proc") / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []
    return fields if fields[0] not in "ZX" else []


def _since(pid: int) -> str:
    fields = _stat(pid)
    return fields[19] if fields else ""


def _is_whole(room: Room) -> bool:
    path = room.place / "results" / "results.json"
    return not path.exists() or isinstance(json.loads(path.read_bytes()), dict)


def test_two_graders_at_once_do_not_disturb_each_other(
    fresh: Callable[[str], Room], wanted: dict[str, Any]
) -> None:
    """Two people start the same evening; both runs end well, and what is kept is the same as from one."""
    room = fresh("room")
    graders = [room.grader("--jobs", "1"), room.grader("--jobs", "1")]
    told = [grader.communicate()[1] for grader in graders]

    assert [grader.returncode for grader in graders] == [NAMED, NAMED], "\n\n".join(told)
    assert room.kept() == wanted


@pytest.mark.parametrize("room_left", [20_000, 200_000])
def test_a_disk_that_is_full_is_named_and_the_next_run_goes_on(
    room_left: int, fresh: Callable[[str], Room], wanted: dict[str, Any]
) -> None:
    """No file may grow beyond so many bytes, which SQLite meets like a full disk; nothing half written counts."""
    room = fresh("room")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room_left, room_left))

    told = room.grade(status=2, preexec_fn=limit)

    assert "hint: is the disk full, or the folder read-only?" in told
    assert "Traceback" not in told
    room.grade()
    assert room.kept() == wanted


def test_a_store_of_another_version_stops_the_run_before_anything_is_graded(
    fresh: Callable[[str], Room],
) -> None:
    """A newer format must be neither half understood nor overwritten."""
    room = fresh("room")
    database = room.place / "results" / ".autograde" / "results.sqlite"
    database.parent.mkdir(parents=True)
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = database.read_bytes()

    told = room.grade(status=2)

    assert "was written by another version of autograde (format 99" in told
    assert "hint: use that version, or move the file away and grade again" in told
    assert database.read_bytes() == before
