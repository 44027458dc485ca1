"""The checker runs plain pytest functions: what a check may ask for, what it may raise, and what checks may share."""

from __future__ import annotations

import os
import py_compile
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from autograder.checking import Checker, CheckOutcome, Job
from autograder.course import Course, read_course
from autograder.errors import SandboxError
from autograder.executors import LocalPool, Task
from autograder.sandbox import Cell, probe
from autograder.spawning import CheckerProcess, begun
from tests.conftest import ROOT
from tests.editing import add_to

CHECK = "tests/hidden/word_count/check_word_count.py"
PROBE = "tests/hidden/word_count/probe.py"
PROBLEMS = "course/problems.py"

pytestmark = pytest.mark.skipif(not probe().enough, reason=f"no sandbox here: {probe().missing}")


@pytest.fixture
def root(tiny: Course, tmp_path: Path) -> Path:
    """A copy of the tiny course, to be changed."""
    shutil.copytree(tiny.root, tmp_path / "course")
    return tmp_path / "course"


CHECKS = '''"""Checks that ask for more than a student's functions."""

import pytest

from autograder import check


@pytest.fixture
def expected():
    yield {"a": 2}


@check(points=1)
def test_own_fixture(submission, expected, tmp_path):
    """may use a fixture of its own, and pytest's"""
    assert tmp_path.is_dir()
    assert submission.word_count("a a") == expected


@check(points=1)
def test_own_fixture_fails(submission, expected):
    """fails beside a fixture"""
    assert submission.word_count("b") == expected, "one word is missing"


@check(points=1)
def test_fails_plainly(submission):
    """fails by pytest.fail"""
    pytest.fail("said by pytest")


@check(points=1)
def test_stumbles(submission):
    """is wrong itself"""
    raise KeyError("ours")


@check(points=1)
def test_skips(submission):
    """skips itself, which no check may do"""
    pytest.skip("not today")


@check(points=1)
def test_keeps(submission):
    """keeps something for the next check"""
    submission.kept["answer"] = submission.word_count("c")


@check(points=1)
def test_believes(submission):
    """would believe what only the child sees"""
    submission.word_count("d")
    assert submission.last.claims.inputs_unchanged


@check(points=1)
def test_finds(submission):
    """finds what the check before has kept"""
    assert submission.kept["answer"] == {"c": 1}
'''


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, CheckOutcome]]:
    """What becomes of each check on the model solution, twice in one checker."""
    root = tmp_path_factory.mktemp("checker") / "tiny"
    shutil.copytree(ROOT / "tests" / "courses" / "tiny", root)
    hidden = root / "tests" / "hidden" / "word_count"
    for path in hidden.glob("*.py"):
        path.unlink()
    (hidden / "check_all.py").write_text(CHECKS, encoding="utf-8")
    source = (root / "solutions" / "word_count" / "solution.py").read_text(encoding="utf-8")
    job = Job("ada", "word_count", (Cell("word_count.py", source),))
    with Checker(read_course(root).briefing) as checker:
        first, second = checker.run(job), checker.run(job)
    assert [one.outcome for one in first.outcomes] == [one.outcome for one in second.outcomes]
    yield {outcome.id: outcome for outcome in first.outcomes}


@pytest.mark.parametrize(
    ("check", "outcome", "message"),
    [
        ("test_own_fixture", "pass", ""),
        ("test_own_fixture_fails", "fail", "one word is missing"),
        ("test_fails_plainly", "fail", "said by pytest"),
        ("test_stumbles", "broken", "KeyError"),
        ("test_skips", "broken", "Skipped"),
        ("test_believes", "broken", "AttributeError"),
        ("test_keeps", "pass", ""),
        ("test_finds", "pass", ""),
    ],
)
def test_a_check_is_a_pytest_function(
    outcomes: Mapping[str, CheckOutcome], check: str, outcome: str, message: str
) -> None:
    """Whether it is called directly or with pytest's whole protocol makes no difference."""
    found = outcomes[check]
    assert (found.outcome, message in found.message) == (outcome, True), found


def test_code_that_has_used_up_its_processes_is_at_fault_itself(tiny: Course) -> None:
    """A checker that stumbled over it would make all checks `broken`, which a person must look at."""
    solution = (tiny.root / "solutions" / "word_count" / "solution.py").read_text(encoding="utf-8")
    cells = [Cell(f"cell {number}", "import os; os._exit(0)") for number in range(45)]
    with Checker(tiny.briefing) as checker:
        for exercise in ("word_count", "moving_average"):
            run = checker.run(Job("ada", exercise, (Cell("solution", solution), *cells), "always"))
            assert {one.outcome for one in run.outcomes} <= {"error", "skipped"}


def test_a_command_that_is_killed_before_its_checker_starts_leaves_no_folder(
    tiny: Course, tmp_path: Path
) -> None:
    command = (
        "import os, subprocess, sys; from pathlib import Path; from autograder.checking import Checker; from autograder.course import read_course; "
        "subprocess.Popen = lambda *_, **__: os._exit(7); Checker(read_course(Path(sys.argv[1])).briefing).__enter__()"
    )
    killed = subprocess.run(
        [sys.executable, "-c", command, tiny.root], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )

    assert killed.returncode == 7
    assert list(tmp_path.iterdir()) == []


def test_a_checker_uses_no_folder_that_it_did_not_make(tiny: Course, tmp_path: Path) -> None:
    (tmp_path / "of somebody").write_text("else")
    started = subprocess.run(
        [sys.executable, "-m", "autograder.checker", "0", tiny.root],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "FileExistsError" in started.stderr
    assert (tmp_path / "of somebody").exists()


def test_a_checker_that_nobody_waits_for_removes_its_folder_itself(tiny: Course, tmp_path: Path) -> None:
    """A command may be killed while it gives up a checker that is still starting."""
    command = (
        "import os, shutil, sys, threading, time; from pathlib import Path; from autograder.checking import Checker; from autograder.course import read_course\n"
        "shutil.rmtree = lambda *_, **__: os._exit(7)\n"
        "checker = Checker(read_course(Path(sys.argv[1])).briefing)\n"
        "starting = threading.Thread(target=checker.__enter__); starting.start()\n"
        "while not any(Path(os.environ['TMPDIR']).glob('autograde-*')): time.sleep(0.001)\n"
        "checker.give_up(); starting.join()"
    )
    killed = subprocess.run(
        [sys.executable, "-c", command, tiny.root], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False
    )

    assert killed.returncode == 7
    assert list(tmp_path.iterdir()) == []


def test_a_checker_that_is_still_starting_when_its_command_is_killed_leaves_no_folder(tmp_path: Path) -> None:
    """Its main thread may make the sandbox's room just when the other one, which ends the process, has emptied the folder."""
    command = (
        "import os, socket, sys; from pathlib import Path; from autograder import lifetime; folder = os.environ['TMPDIR']; made = []\n"
        "def make_room(event, arguments):\n"
        "    if event == 'os.rmdir' and os.fspath(arguments[0]) == folder and not made:\n"
        "        made.append(os.mkdir(os.path.join(folder, 'room')))\n"
        "os.mkdir(folder); sys.addaudithook(make_room)\n"
        "ours, theirs = socket.socketpair(); theirs.close(); lifetime.end_with_command(ours.fileno(), Path(folder))"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path / "folder")}
    ended = subprocess.run([sys.executable, "-c", command], env=environment, check=False)

    assert ended.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_checker_removes_nothing_but_its_own_folder(root: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    check = root / "tests" / "hidden" / "word_count" / "check_word_count.py"
    check.write_text(f"{check.read_text()}\n\n__import__('os').environ['TMPDIR'] = {str(precious)!r}\n")
    with Checker(read_course(root).briefing):
        pass

    assert precious.exists()


def _new_helper(root: Path) -> None:
    (root / "tests" / "hidden" / "another.py").write_text("VALUE = 1\n")


EDITS: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "a check": (CHECK, lambda root: add_to(root / CHECK)),
    "new problems": (PROBLEMS, lambda root: (root / PROBLEMS).write_text("PROBLEMS = {}")),
    "a new helper": ("tests/hidden/another.py", _new_helper),
    "a check is gone": (CHECK, lambda root: (root / CHECK).unlink()),
}


@pytest.mark.parametrize("name", EDITS)
def test_a_checker_refuses_files_that_its_command_has_not_read(root: Path, name: str) -> None:
    """Else results of a check that is edited meanwhile would be kept under the hash of what it was before."""
    file, change = EDITS[name]
    course = read_course(root)
    change(root)
    with pytest.raises(SandboxError, match=f"`{file}` was changed"):
        Checker(course.briefing).__enter__()


def test_a_checker_refuses_a_file_that_is_edited_while_it_starts(root: Path) -> None:
    check = root / CHECK
    add_to(check, f"__import__('pathlib').Path({str(root)!r}, 'tests', 'hidden', 'new.txt').write_text('')")
    with pytest.raises(SandboxError, match=r"`tests/hidden/new\.txt` was changed"):
        Checker(read_course(root).briefing).__enter__()


def test_a_checker_that_is_killed_while_it_starts_is_started_once_more(root: Path, tmp_path: Path) -> None:
    """The system may be short of memory for a moment; what was killed for good is told."""
    line = "__import__('os').kill(__import__('os').getpid(), 9)"
    mark = tmp_path / "mark"
    add_to(
        root / CHECK,
        f"mark = __import__('pathlib').Path({str(mark)!r})\nif not mark.exists(): mark.touch(); {line}",
    )
    with Checker(read_course(root).briefing) as checker:
        assert checker.pid
    add_to(root / CHECK, line)
    with pytest.raises(SandboxError, match="the checker could not be started"):
        Checker(read_course(root).briefing).__enter__()


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        (
            PROBLEMS,
            "PROBLEMS = {}\n\n1 / 0",
            r"`course/problems\.py` cannot be loaded, line \d+: ZeroDivisionError: division by zero",
        ),
        (PROBE, "raise SystemExit(3)", r"`word_count/probe\.py` cannot be loaded, line \d+: SystemExit: 3"),
        (PROBE, "def prob(): pass", r"`word_count/probe\.py` does not define `probe`"),
        (
            PROBE,
            "import nothing_of_that_name",
            r"`word_count/probe\.py` cannot be loaded, line \d+: ModuleNotFoundError",
        ),
    ],
)
def test_a_file_of_the_course_that_cannot_be_loaded_is_named(
    root: Path, file: str, text: str, told: str
) -> None:
    (root / file).write_text(text, encoding="utf-8")
    with pytest.raises(SandboxError, match=told):
        Checker(read_course(root).briefing).__enter__()


def test_byte_code_of_another_text_is_not_read(root: Path) -> None:
    """A file that was changed within a second, or copied with its date, is as old and as long as its byte code says."""
    helper = root / "tests" / "hidden" / "wanted.py"
    helper.write_text("WANTED = 1\n")
    py_compile.compile(str(helper))
    made = helper.stat().st_mtime_ns
    helper.write_text("WANTED = 2\n")
    os.utime(helper, ns=(made, made))
    check = root / "tests" / "hidden" / "word_count" / "check_word_count.py"
    check.write_text(f"{check.read_text()}\n\nassert __import__('wanted').WANTED == 2\n")
    with Checker(read_course(root).briefing) as checker:
        solution = (root / "solutions" / "word_count" / "solution.py").read_text(encoding="utf-8")
        run = checker.run(Job("ada", "word_count", (Cell("solution", solution),)))

    assert run.passed


def test_some_checks_are_run_with_those_that_they_need(tiny: Course) -> None:
    solution = (tiny.root / "solutions" / "moving_average" / "solution.py").read_text(encoding="utf-8")
    cells = (Cell("solution", solution),)
    with Checker(tiny.briefing) as checker:
        run = checker.run(Job("ada", "moving_average", cells, "never", ("test_means",)))
        whole = checker.run(Job("ada", "moving_average", cells, "always"))
    assert [one.id for one in run.outcomes] == ["test_length", "test_means"]
    assert run.outcomes == tuple(one for one in whole.outcomes if one.id in ("test_length", "test_means"))
    assert not any(run.trace.values())
    assert any(whole.trace.values())


LOOKS = '''
def probe(submission, problems):
    """Looks at a text on which the code takes its time."""
    return {"slow": type(submission.attempt("word_count", SLOW)).__name__}
'''


@pytest.mark.parametrize(("text", "findings"), [("quick", {"slow": "Call"}), ("endless", {})])
def test_a_probe_that_runs_out_of_time_has_found_nothing(
    root: Path, text: str, findings: dict[str, str]
) -> None:
    """What it had no time for would else be told as a mistake of slow code, and on slow machines of any."""
    (root / "tests" / "hidden" / "word_count" / "probe.py").write_text(f"SLOW = {text!r}\n{LOOKS}", "utf-8")
    source = "def word_count(text):\n    while text == 'endless': pass\n    return {}\n"
    with Checker(read_course(root).briefing) as checker:
        run = checker.run(Job("ada", "word_count", (Cell("word_count.py", source),)))
    assert not run.passed
    assert run.trace["findings"] == findings


@pytest.mark.parametrize("text", ["1", "2"], ids=["touched", "edited"])
def test_a_file_that_is_touched_while_checks_run_is_read_anew(root: Path, tmp_path: Path, text: str) -> None:
    """A check may open a file when it runs. What is the same after all costs a start; what is not is refused."""
    mark, data = tmp_path / "mark", root / "tests" / "hidden" / "numbers.txt"
    data.write_text("1")
    add_to(root / CHECK, TOUCHES.format(mark=str(mark), data=str(data), text=text))
    solution = (root / "solutions" / "word_count" / "solution.py").read_text(encoding="utf-8")
    with Checker(read_course(root).briefing) as checker:
        first = checker.pid
        job = Job("ada", "word_count", (Cell("solution", solution),))
        if text == "2":
            with pytest.raises(SandboxError, match=r"`tests/hidden/numbers\.txt` was changed"):
                checker.run(job)
        else:
            assert checker.run(job).passed
            assert checker.pid != first


TOUCHES = """
from pathlib import Path


@check(points=1)
def test_touches(submission):
    '''touches a file when it runs for the first time'''
    if not Path({mark!r}).exists():
        Path({mark!r}).touch()
        Path({data!r}).write_text({text!r})
"""


def test_a_process_that_was_begun_early_is_used_or_ended(tiny: Course, tmp_path: Path) -> None:
    """The course may turn out to be broken, and there may be nothing to grade."""
    with begun(1, unsafe=False) as process, LocalPool(tiny.briefing, 1, first=process) as pool:
        pool.warm()
        solution = (tiny.root / "solutions" / "word_count" / "solution.py").read_text(encoding="utf-8")
        job = Job("ada", "word_count", (Cell("solution", solution),))
        (done,) = pool.run([Task("ada", (job,), (None,))])
    assert done.runs[0].passed
    assert not _runs(process)

    for wait in (0.0, 1.0):  # before and after it has made its folder
        with pytest.raises(ZeroDivisionError), begun(2, unsafe=False) as process:
            time.sleep(wait)
            raise ZeroDivisionError
        assert not _runs(process)


def _runs(process: CheckerProcess) -> bool:
    return Path("/proc", str(process.pid)).exists()
