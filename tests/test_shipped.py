"""Behaviours of known mistakes that are shipped with a course: used only while they are true, and proven by `verify`."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import shipped
from autograder.checking import Checker, Job, Run
from autograder.cli import run
from autograder.course import Course, read_course
from autograder.diagnosis import Diagnoser
from autograder.errors import Problem
from autograder.executors import LocalPool
from autograder.sandbox import Cell
from autograder.verify import Verified, verify
from tests.editing import edit

NAME = "moving_average"
FOLDER = f"solutions/{NAME}"
FILE = f"{FOLDER}/behaviours.json.gz"


@pytest.fixture(scope="module")
def kept(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small course that ships its behaviours."""
    root = tmp_path_factory.mktemp("shipped") / "course"
    shutil.copytree(tiny.root, root)
    assert _problems(root, keep=True) == []
    return root


@pytest.fixture
def root(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that, to be changed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(kept, tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture(scope="module")
def sums(tiny: Course) -> Run:
    """What became of a known mistake."""
    with Checker(tiny.root) as checker:
        source = (tiny.root / FOLDER / "mistakes" / "sums.py").read_text("utf-8")
        return checker.run(Job("ann", NAME, (Cell("answer", source),)))


def _verified(root: Path, *, keep: bool = False) -> Verified:
    (found,) = verify(read_course(root), LocalPool(root, 2), [NAME], keep=keep)
    return found


def _problems(root: Path, *, keep: bool = False) -> list[Problem]:
    return list(_verified(root, keep=keep).problems)


def _named(root: Path, run: Run, folder: Path, pool: Path) -> tuple[str, ...]:
    return Diagnoser(read_course(root), LocalPool(pool, 2), folder).diagnose(NAME, run)


def test_nobody_waits_for_what_is_shipped(root: Path, sums: Run, tmp_path: Path) -> None:
    """The first pool could not run anything: there is no course where it looks for one."""
    named = _named(root, sums, tmp_path / "one", tmp_path / "nowhere")
    assert not (tmp_path / "one").exists()
    (root / FILE).unlink()
    assert named == _named(root, sums, tmp_path / "two", root) != ()


def test_a_course_that_ships_nothing_is_sound(root: Path) -> None:
    (root / FILE).unlink()
    assert _problems(root) == []


CHANGES: dict[str, Callable[[Path], None]] = {
    "a mistake": lambda root: edit(
        root / FOLDER / "mistakes" / "sums.py", "import numpy", "# new\nimport numpy"
    ),
    "the solution": lambda root: edit(root / FOLDER / "solution.py", "import numpy", "# new\nimport numpy"),
    "a check": lambda root: edit(
        root / "tests" / "hidden" / NAME / "check_moving_average.py", "< 1e-9", "< 1e-8"
    ),
    "a new mistake": lambda root: shutil.copyfile(
        root / FOLDER / "mistakes" / "sums.py", root / FOLDER / "mistakes" / "sums_again.py"
    ),
    "what checks share": lambda root: (root / "tests" / "hidden" / "more.json").write_text("[]", "utf-8"),
    "damage": lambda root: (root / FILE).write_bytes((root / FILE).read_bytes()[:-9]),
    "no archive": lambda root: (root / FILE).write_bytes(b"{}"),
    "no table": lambda root: (root / FILE).write_bytes(gzip.compress(b"[1, 2]")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_not_of_these_files_is_not_used(root: Path, change: Callable[[Path], None]) -> None:
    assert shipped.read(read_course(root), NAME)
    change(root)
    assert shipped.read(read_course(root), NAME) is None


def test_without_what_is_shipped_the_mistake_is_still_named(root: Path, sums: Run, tmp_path: Path) -> None:
    CHANGES["a check"](root)
    assert _named(root, sums, tmp_path / "one", root) != ()


def test_what_behaves_otherwise_here_is_told_and_is_no_fault(root: Path) -> None:
    """Another machine may round otherwise."""
    content = json.loads(gzip.decompress((root / FILE).read_bytes()))
    traces = content["traces"]
    traces["mistakes/sums"] = traces["solution"]
    (root / FILE).write_bytes(gzip.compress(json.dumps(content).encode()))

    found = _verified(root)

    assert found.problems == ()
    assert f"{FILE}: `mistakes/sums` behave otherwise here" in found.remarks[-1]
    assert _verified(root, keep=True).remarks == _verified(root).remarks == found.remarks[:-1]


def test_what_is_true_is_not_written_again(root: Path) -> None:
    before = (root / FILE).stat().st_mtime_ns
    assert _problems(root, keep=True) == []
    assert (root / FILE).stat().st_mtime_ns == before


def test_nothing_is_shipped_of_an_exercise_with_problems(root: Path) -> None:
    (root / FILE).unlink()
    shutil.copyfile(root / FOLDER / "solution.py", root / FOLDER / "mistakes" / "sums.py")
    assert "mistake-passes" in {problem.rule for problem in _problems(root, keep=True)}
    assert not (root / FILE).exists()


def test_the_command_ships_and_proves(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root / FOLDER / "mistakes" / "sums.py", "import numpy", "# new\nimport numpy")
    arguments = ["--course", str(root), "verify", "--exercise", NAME]
    assert run(arguments) == 1
    assert f"{FILE}: cannot be read, or was made before" in capsys.readouterr().out
    assert run([*arguments, "--keep"]) == 0
    assert run(arguments) == 0


def test_nothing_is_shipped_that_was_found_without_walls(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a mistake does without them says nothing about what it does within."""
    (root / FILE).unlink()
    assert run(["--course", str(root), "verify", "--keep", "--unsafe-no-sandbox"]) == 2
    assert "--keep and --unsafe-no-sandbox" in capsys.readouterr().err
    assert not (root / FILE).exists()
