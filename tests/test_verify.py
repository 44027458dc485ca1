"""`verify` on the small course as it is, and on copies of it in which one thing each is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from autograder import matrix
from autograder.cli import run
from autograder.course import Course, read_course
from autograder.errors import Problem
from autograder.executors import Done, Task
from autograder.remembered import Remembered
from autograder.verify import Verified, verify
from tests.editing import edit
from tests.pools import pool_of

MEAN = "solutions/moving_average"
HIDDEN = "tests/hidden/moving_average/check_moving_average.py"


@pytest.fixture(scope="module")
def sound(tiny: Course) -> Verified:
    """The moving average of the small course as it is."""
    return _verified(tiny.root)


@pytest.fixture
def changed(tiny: Course, tmp_path: Path) -> Callable[..., Verified]:
    """Verifies a copy in which `file` holds `text`, or `old` in it became `new`."""

    def change(file: str, text: str = "", *, old: str = "", new: str = "") -> Verified:
        root = tmp_path / "course"
        shutil.copytree(tiny.root, root)
        path = root / file
        path.write_text(path.read_text("utf-8").replace(old, new) if old else text, encoding="utf-8")
        return _verified(root)

    return change


def _verified(root: Path) -> Verified:
    course = read_course(root)
    (found,) = verify(course, pool_of(root), ["moving_average"])
    return found


def _rules(verified: Verified) -> dict[str, list[Problem]]:
    rules: dict[str, list[Problem]] = {}
    for problem in verified.problems:
        rules.setdefault(problem.rule, []).append(problem)
    return rules


def test_a_sound_exercise_has_no_problems(sound: Verified) -> None:
    assert sound.problems == ()
    assert sound.summary().startswith("moving_average: 4 checks, 5 points, 3 right, 5 mistakes")


def test_a_starter_that_earns_points_is_named(changed: Callable[..., Verified], tiny: Course) -> None:
    solution = (tiny.root / MEAN / "solution.py").read_text("utf-8")

    found = _rules(changed("course/exercises/moving_average/starter.py", solution))

    (problem,) = found["starter-earns"]
    assert problem.place.file == "course/exercises/moving_average/starter.py"
    assert "earns 5 of 5 points" in problem.message


def test_a_right_variant_that_loses_points_is_named_with_the_check(changed: Callable[..., Verified]) -> None:
    """The oracle of a check is broken: what is right no longer passes."""
    found = _rules(changed(HIDDEN, old="19 / 3, 5]", new="18 / 3, 5]"))

    files = {problem.place.file for problem in found["right-fails"]}
    assert files == {
        f"{MEAN}/solution.py",
        f"{MEAN}/variants/pure_python.py",
        f"{MEAN}/variants/running_sum.py",
    }
    assert all("`test_means`" in problem.message for problem in found["right-fails"])


def test_a_mistake_that_no_check_sees_any_more_is_named(changed: Callable[..., Verified]) -> None:
    """A check is made blind: it is said twice, of the check and of the mistake that it alone could see."""
    found = _rules(changed(HIDDEN, old="assert not values.changed", new="assert True"))

    assert [problem.place.file for problem in found["mistake-passes"]] == [f"{MEAN}/mistakes/overwrites.py"]
    assert ["`test_values_stay` catches none" in problem.message for problem in found["check-idle"]] == [True]


def test_a_mistake_under_a_second_name_is_refused(changed: Callable[..., Verified], tiny: Course) -> None:
    """Other names and another structure, the same behaviour."""
    twin = (
        '"""Your result is a sum, not a mean."""\n\nimport numpy as np\n\n\n'
        "def moving_average(values, window):\n"
        "    total = [sum(values[i:i + window]) for i in range(len(values) - window + 1)]\n"
        "    return np.array(total, dtype=float)\n"
    )

    found = _rules(changed(f"{MEAN}/mistakes/total.py", twin))

    (problem,) = found["mistake-repeated"]
    assert (problem.place.file, "sums.py" in problem.message) == (f"{MEAN}/mistakes/total.py", True)
    assert [problem.place.file for problem in found["mistake-unnamed"]] == [f"{MEAN}/mistakes/total.py"]


def test_a_check_that_stumbles_is_our_fault_and_named(changed: Callable[..., Verified]) -> None:
    found = _rules(changed(HIDDEN, old="for place, (mean", new="len(None)\n    for place, (mean"))

    (problem,) = found["check-broken"]
    assert "`test_means` itself fails" in problem.message
    assert "TypeError" in problem.message


def test_a_check_whose_catch_others_of_its_file_catch_too_is_remarked_on(sound: Verified) -> None:
    """`sums` is caught by two checks, so the means alone catch nothing; the check of the copy is the only one of its kind."""
    (remark,) = sound.remarks

    assert "`test_means`" in remark
    assert "`test_values_stay`" not in remark


def test_a_limit_that_a_right_implementation_comes_near_is_remarked_on(
    changed: Callable[..., Verified],
) -> None:
    slow = (
        '"""Takes its time once. Catches a limit that is too narrow."""\n\n'
        "from time import process_time\n\n"
        "import numpy as np\n\n\n"
        "def moving_average(values, window):\n"
        "    until = 0 if hasattr(moving_average, 'asked') else process_time() + 2\n"
        "    moving_average.asked = True\n"
        "    while process_time() < until:\n"
        "        pass\n"
        "    whole = np.convolve(np.array(values, dtype=float), np.ones(window) / window, 'valid')\n"
        "    return whole if len(values) >= window else np.zeros(0)\n"
    )
    found = changed(f"{MEAN}/variants/slow.py", slow)

    (remark,) = (remark for remark in found.remarks if "slow.py" in remark)
    assert "of the computing time that `" in remark and "raise `limits: seconds_per_check`" in remark
    assert not any(f"{MEAN}/solution.py" in remark for remark in found.remarks)


def test_the_matrix_says_which_check_catches_which_mistake(sound: Verified) -> None:
    lines = list(matrix.lines(sound))

    assert "  sums                 .xx.    2" in lines
    assert "  overwrites           ...x    4" in lines


def test_the_page_shows_the_matrix_and_escapes_what_it_shows(
    changed: Callable[..., Verified], tiny: Course
) -> None:
    source = (tiny.root / MEAN / "mistakes" / "sums.py").read_text("utf-8")
    verified = changed(f"{MEAN}/mistakes/sums.py", source.replace("Your values", "<b>Your values</b>"))

    page = matrix.page("A & B", [verified])

    assert "<h1>A &amp; B</h1>" in page
    assert "&lt;b&gt;Your values" in page
    assert "<b>Your" not in page
    assert page.count('class="caught"') == sum(
        len(entry.caught_by()) for entry in verified.of_kind("mistakes")
    )


def test_the_command_exits_with_0_for_a_sound_course(
    tiny: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run(["--course", str(tiny.root), "-q", "verify"])

    assert (status, capsys.readouterr().out.splitlines()[-1]) == (0, "0 problems")


def test_the_command_exits_with_1_and_writes_the_page_all_the_same(
    tiny: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root)
    (root / MEAN / "mistakes" / "sums.py").write_text(
        (root / MEAN / "solution.py").read_text("utf-8"), encoding="utf-8"
    )
    options = ["--exercise", "moving_average", "--html", str(tmp_path / "matrix.html")]

    status = run(["--course", str(root), "-q", "verify", *options])

    assert status == 1
    assert "[mistake-passes]" in capsys.readouterr().out
    assert "test_length" in (tmp_path / "matrix.html").read_text("utf-8")


def test_an_exercise_that_is_not_there_is_an_error(tiny: Course, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["--course", str(tiny.root), "verify", "--exercise", "moving_averages"])

    assert status == 2
    assert "did you mean `moving_average`?" in capsys.readouterr().err


# What has not changed is not run again.


class _Counting:
    """A pool that notes what it was asked to run."""

    def __init__(self, root: Path) -> None:
        self._pool = pool_of(root)
        self.ran: list[str] = []

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        self.ran += [task.key for task in tasks]
        return self._pool.run(tasks)


def _again(root: Path, *, fresh: bool = False) -> tuple[list[Verified], list[str]]:
    """What is found, and which files were run for it."""
    course, pool = read_course(root), _Counting(root)
    found = verify(course, Remembered(course, pool, fresh=fresh))
    return found, [key.rpartition("/")[2] for key in pool.ran]


@pytest.fixture
def known(tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small course that was verified once."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(tiny.root, tmp_path / "course")
    _again(tmp_path / "course")
    return tmp_path / "course"


def test_what_was_found_once_is_found_again_without_running_anything(known: Path) -> None:
    first, ran = _again(known, fresh=True)
    again, nothing = _again(known)
    assert len(ran) > 10
    assert nothing == []
    assert again == first


def test_only_a_changed_file_is_run_again(known: Path) -> None:
    edit(known / MEAN / "mistakes" / "sums.py", "import numpy", "# another line\nimport numpy")
    assert _again(known)[1] == ["sums.py"]
    assert _again(known)[1] == []


def test_a_mistake_that_was_put_right_is_seen(known: Path) -> None:
    shutil.copyfile(known / MEAN / "solution.py", known / MEAN / "mistakes" / "sums.py")
    found, ran = _again(known)
    assert ran == ["sums.py"]
    assert "mistake-passes" in {problem.rule for one in found for problem in one.problems}


@pytest.mark.parametrize(
    ("file", "old", "new", "both"),
    [
        (HIDDEN, "< 1e-9", "< 1e-8", False),
        ("course.yaml", "memory: 512 MiB", "memory: 513 MiB", True),
        ("course.yaml", "seconds: 20", "seconds: 21", False),
    ],
    ids=["a check", "a limit of all", "a limit of one"],
)
def test_everything_that_a_change_touches_is_run_again(
    known: Path, file: str, old: str, new: str, *, both: bool
) -> None:
    edit(known / file, old, new)
    ran = _again(known)[1]
    assert "sums.py" in ran
    assert ("letters.py" in ran) is both


def test_what_checks_share_is_looked_at(known: Path) -> None:
    (known / "tests" / "hidden" / "expected.json").write_text("[]", encoding="utf-8")
    assert {"sums.py", "letters.py"} <= set(_again(known)[1])


def test_a_change_during_the_run_is_seen_the_next_time(known: Path) -> None:
    path = known / "tests" / "hidden" / "moving_average" / "note.txt"
    course, pool = read_course(known), _Counting(known)

    def add_a_note(key: str) -> None:
        if key in pool.ran:  # now the checker has started, which would refuse
            path.write_text("x", encoding="utf-8")

    edit(known / MEAN / "solution.py", "import numpy", "# new\nimport numpy")
    found = verify(course, Remembered(course, pool), on_done=add_a_note)
    assert not any(one.problems for one in found)
    assert "sums.py" in _again(known)[1]


def test_nothing_that_was_found_without_walls_is_kept(
    known: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(known / MEAN / "solution.py", "import numpy", "open('/etc/hostname').read()\nimport numpy")
    assert run(["--course", str(known), "verify", "--unsafe-no-sandbox"]) == 0
    assert run(["--course", str(known), "verify"]) == 1
    assert "a right implementation does not pass" in capsys.readouterr().out


def test_another_version_of_the_package_runs_all_again(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.remembered.surroundings", lambda: ("another",))
    assert len(_again(known)[1]) == len(_again(known, fresh=True)[1])


def test_damage_to_what_was_kept_only_costs_time(known: Path) -> None:
    first, _ = _again(known)
    for path in (known.parent / "cache").rglob("*.json"):
        path.write_bytes(path.read_bytes().replace(b"pass", b"fail"))
    again, ran = _again(known)
    assert len(ran) > 10
    assert again == first


def test_a_cache_that_cannot_be_written_to_costs_nothing(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    assert _again(known)[0] == _again(known)[0]


def test_the_command_says_what_it_did_not_run(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--course", str(known), "verify"]) == 0
    assert "as the last time, not run again; `--fresh`" in capsys.readouterr().err
    assert run(["--course", str(known), "verify", "--fresh"]) == 0
    assert "not run again" not in capsys.readouterr().err


def test_files_that_cannot_be_read_are_told_before_anything_is_run(
    tiny: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root)
    (root / MEAN / "mistakes" / "broken.py").write_text("def moving_average(:", encoding="utf-8")
    assert run(["--course", str(root), "verify"]) == 2
    assert f"{MEAN}/mistakes/broken.py:1:20: is not valid Python" in capsys.readouterr().err
    assert run(["--course", str(root), "verify", "--exercise", "word_count"]) == 0
