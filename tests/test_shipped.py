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
from tests.pools import pool_of

NAME = "moving_average"
FOLDER = f"solutions/{NAME}"
FILE = f"{FOLDER}/behaviours.json.gz"


@pytest.fixture(scope="module")
def sums(tiny: Course) -> Run:
    """What became of a known mistake."""
    with Checker(tiny.briefing) as checker:
        source = (tiny.root / FOLDER / "mistakes" / "sums.py").read_text("utf-8")
        return checker.run(Job("ann", NAME, (Cell("answer", source),)))


def _verified(shipping: Path, *, keep: bool = False) -> Verified:
    (found,) = verify(
        read_course(shipping),
        pool_of(shipping),
        [NAME],
        keep=pool_of(shipping) if keep else None,
    )
    return found


def _problems(shipping: Path, *, keep: bool = False) -> list[Problem]:
    return list(_verified(shipping, keep=keep).problems)


def _named(shipping: Path, run: Run, folder: Path, pool: Path) -> tuple[str, ...]:
    course = read_course(shipping)
    return Diagnoser(course, LocalPool(course.briefing.at(pool), 1), folder).diagnose(NAME, run)


def test_nobody_waits_for_what_is_shipped(shipping: Path, sums: Run, tmp_path: Path) -> None:
    """The first pool could not run anything: there is no course where it looks for one."""
    named = _named(shipping, sums, tmp_path / "one", tmp_path / "nowhere")
    assert not (tmp_path / "one").exists()
    (shipping / FILE).unlink()
    assert named == _named(shipping, sums, tmp_path / "two", shipping) != ()


def test_a_course_that_ships_nothing_is_sound(shipping: Path) -> None:
    (shipping / FILE).unlink()
    assert _problems(shipping) == []


CHANGES: dict[str, Callable[[Path], None]] = {
    "a mistake": lambda shipping: edit(
        shipping / FOLDER / "mistakes" / "sums.py", "import numpy", "# new\nimport numpy"
    ),
    "the solution": lambda shipping: edit(
        shipping / FOLDER / "solution.py", "import numpy", "# new\nimport numpy"
    ),
    "a check": lambda shipping: edit(
        shipping / "tests" / "hidden" / NAME / "check_moving_average.py", "< 1e-9", "< 1e-8"
    ),
    "a new mistake": lambda shipping: shutil.copyfile(
        shipping / FOLDER / "mistakes" / "sums.py", shipping / FOLDER / "mistakes" / "sums_again.py"
    ),
    "what checks share": lambda shipping: (shipping / "tests" / "hidden" / "more.json").write_text(
        "[]", "utf-8"
    ),
    "damage": lambda shipping: (shipping / FILE).write_bytes((shipping / FILE).read_bytes()[:-9]),
    "no archive": lambda shipping: (shipping / FILE).write_bytes(b"{}"),
    "no table": lambda shipping: (shipping / FILE).write_bytes(gzip.compress(b"[1, 2]")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_not_of_these_files_is_not_used(shipping: Path, change: Callable[[Path], None]) -> None:
    assert shipped.read(read_course(shipping), NAME)
    change(shipping)
    assert shipped.read(read_course(shipping), NAME) is None


def test_without_what_is_shipped_the_mistake_is_still_named(
    shipping: Path, sums: Run, tmp_path: Path
) -> None:
    CHANGES["a check"](shipping)
    assert _named(shipping, sums, tmp_path / "one", shipping) != ()


def test_what_behaves_otherwise_here_is_told_and_is_no_fault(shipping: Path) -> None:
    """Another machine may round otherwise."""
    content = json.loads(gzip.decompress((shipping / FILE).read_bytes()))
    traces = content["traces"]
    traces["mistakes/sums"] = traces["solution"]
    (shipping / FILE).write_bytes(gzip.compress(json.dumps(content).encode()))

    found = _verified(shipping)

    assert found.problems == ()
    assert f"{FILE}: `mistakes/sums` behave otherwise here" in found.remarks[-1]
    assert _verified(shipping, keep=True).remarks == _verified(shipping).remarks == found.remarks[:-1]


def test_what_is_true_is_not_written_again(shipping: Path) -> None:
    before = (shipping / FILE).stat().st_mtime_ns
    assert _problems(shipping, keep=True) == []
    assert (shipping / FILE).stat().st_mtime_ns == before


def test_nothing_is_shipped_of_an_exercise_with_problems(shipping: Path) -> None:
    (shipping / FILE).unlink()
    shutil.copyfile(shipping / FOLDER / "solution.py", shipping / FOLDER / "mistakes" / "sums.py")
    assert "mistake-passes" in {problem.rule for problem in _problems(shipping, keep=True)}
    assert not (shipping / FILE).exists()


def test_the_command_ships_and_proves(shipping: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(shipping / FOLDER / "mistakes" / "sums.py", "import numpy", "# new\nimport numpy")
    arguments = ["--course", str(shipping), "verify", "--exercise", NAME]
    assert run(arguments) == 1
    assert f"{FILE}: cannot be read, or was made before" in capsys.readouterr().out
    assert run([*arguments, "--keep"]) == 0
    assert run(arguments) == 0


def test_nothing_is_shipped_that_was_found_without_walls(
    shipping: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a mistake does without them says nothing about what it does within."""
    (shipping / FILE).unlink()
    assert run(["--course", str(shipping), "verify", "--keep", "--unsafe-no-sandbox"]) == 2
    assert "--keep and --unsafe-no-sandbox" in capsys.readouterr().err
    assert not (shipping / FILE).exists()
