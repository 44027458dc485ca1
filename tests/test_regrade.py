"""After a regrade one is told who has other points, from what to what, and because of which check; and what a person must look at."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from autograder import regrade
from autograder.cli import run
from autograder.course import Course
from autograder.regrade import Cause, Difference
from autograder.report import CheckResult, ItemReport, Outcome, Report
from tests import rooms
from tests.test_gradebook import person


def _report(*outcomes: tuple[str, Outcome, int]) -> Report:
    checks = tuple(
        CheckResult(name, f"does {name}", outcome, points, 2) for name, outcome, points in outcomes
    )
    return Report("ann", "averages", (ItemReport("moving_average", "code", "A moving average", checks),))


def test_equal_reports_differ_in_nothing() -> None:
    """Also if a message reads otherwise: nobody's points have changed."""
    report = _report(("one", "pass", 2), ("two", "fail", 0))
    assert list(regrade.differences(report, report)) == []
    assert list(regrade.differences(report, _report(("one", "pass", 2), ("two", "error", 0)))) == []


def test_a_difference_names_the_checks_that_made_it() -> None:
    """Also those that were added or taken away."""
    before = _report(("one", "fail", 0), ("two", "pass", 2), ("three", "pass", 2))
    after = _report(("one", "pass", 2), ("two", "pass", 2), ("four", "pass", 1))

    (found,) = regrade.differences(before, after)

    assert found == Difference(
        "ann",
        "averages",
        "moving_average",
        4,
        5,
        (
            Cause("does one", "fail", "pass", 2),
            Cause("does three", "pass", "", -2),
            Cause("does four", "", "pass", 1),
        ),
    )
    assert found.lines() == [
        "ann/averages/moving_average: 4 → 5",
        "    does one: fail → pass, +2",
        "    does three: pass → gone, -2",
        "    does four: not there → pass, +1",
    ]


def test_gains_and_losses_that_make_up_for_each_other_are_told() -> None:
    """The sum hides them."""
    before = _report(("one", "fail", 0), ("two", "pass", 2))
    after = _report(("one", "pass", 2), ("two", "fail", 0))
    assert [(one.before, one.after, len(one.causes)) for one in regrade.differences(before, after)] == [
        (2, 2, 2)
    ]


class Class:
    """A classroom of two, and the command line."""

    def __init__(self, course: Course, room: Path, capsys: pytest.CaptureFixture[str] | None) -> None:
        self.course, self.room, self._capsys = course, room, capsys

    def hand_in(self, student: str, mistake: str = "", **answers: str) -> None:
        given = rooms.all_right(self.course, "averages") | answers
        if mistake:
            path = self.course.solutions_folder("moving_average") / "mistakes" / f"{mistake}.py"
            given["moving_average"] = path.read_text(encoding="utf-8")
        rooms.hand_in(self.room, student, "averages", given)

    def grade(self, *options: str) -> str:
        """What `autograde grade` prints as its result."""
        arguments = [
            "--course",
            str(self.course.root),
            "-q",
            "grade",
            "--classroom",
            str(self.room),
            *options,
        ]
        assert run(arguments) == 0
        return self._capsys.readouterr().out if self._capsys else ""

    def changes(self, *options: str) -> list[str]:
        """What it says about changes."""
        _, _, told = self.grade(*options).partition("changed since the last grading:\n")
        return told.splitlines()


@pytest.fixture(scope="module")
def graded(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The classroom after its first grading, and what that printed; not to be changed."""
    room = rooms.copy_of(tiny, tmp_path_factory.mktemp("graded") / "classroom")
    printed = StringIO()
    with redirect_stdout(printed):
        first = Class(tiny, room, None)
        first.hand_in("ann", "sums")
        first.hand_in("ben")
        first.grade()
    return room, printed.getvalue()


@pytest.fixture
def two(tiny: Course, tmp_path: Path, graded: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> Class:
    """A copy of it."""
    shutil.copytree(graded[0], tmp_path / "classroom")
    return Class(tiny, tmp_path / "classroom", capsys)


def test_the_first_grading_changes_nothing(graded: tuple[Path, str]) -> None:
    """There was nothing before it."""
    assert "ann" in graded[1]
    assert "changed since" not in graded[1]


def test_the_command_tells_what_a_regrade_changed(two: Class) -> None:
    """Nothing after one that changed nothing; then everything, and only that."""
    assert two.changes() == []

    two.hand_in("ann")
    two.hand_in("ben", how_many_windows="answer = 7")

    assert two.changes() == [
        "ann/averages/moving_average: 2 → 5",
        "    averages each window: fail → pass, +2",
        "    gives decimal numbers for whole ones: fail → pass, +1",
        "ben/averages/how_many_windows: 1 → 0",
        "    A series has 10 values. How many full windows of 3 values are there in it?: pass → fail, -1",
    ]
    assert two.changes() == []


def test_one_student_or_lesson_can_be_regraded_alone(two: Class) -> None:
    """The others keep what they have, also in results.json."""
    kept = (two.room / "results" / "results.json").read_text(encoding="utf-8")
    two.hand_in("ann")
    two.hand_in("ben", "sums")

    assert [line for line in two.changes("--student", "ann") if not line.startswith(" ")] == [
        "ann/averages/moving_average: 2 → 5"
    ]
    text = (two.room / "results" / "results.json").read_text(encoding="utf-8")
    assert text != kept
    assert text[text.index('"ben"') :] == kept[kept.index('"ben"') :]
    assert (
        run(["--course", str(two.course.root), "grade", "--classroom", str(two.room), "--lesson", "words"])
        == 1
    )
    assert [line for line in two.changes("--lesson", "averages") if not line.startswith(" ")] == [
        "ben/averages/moving_average: 5 → 2"
    ]


def test_a_score_of_a_person_is_told_of_when_the_answer_under_it_changes(two: Class) -> None:
    """It stays, and somebody has to look."""
    person(two.room, 1.5)
    assert two.changes() == []

    two.hand_in("ann", "sums", why_smooth="Another answer altogether.")

    assert two.changes() == [
        "ann/averages/why_smooth: a person gave 1.5, and the answer or its outcome has changed since; "
        "the points stay and wait for another look in formgrader"
    ]


def test_a_gradebook_that_cannot_take_the_scores_is_named_before_anything_is_graded(
    two: Class, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not after the class has been graded."""
    shutil.rmtree(two.room / "results")
    with closing(sqlite3.connect(two.room / "gradebook.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        database.commit()

    assert run(["--course", str(two.course.root), "grade", "--classroom", str(two.room)]) == 2

    assert "is of another version of nbgrader (ffffffffffff)" in capsys.readouterr().err
    assert not (two.room / "results").exists()


def test_what_an_ended_run_left_undone_in_the_gradebook_is_told_by_the_next(two: Class) -> None:
    """Killed between the results and the gradebook: the reports are known already, the scores are not."""
    with closing(sqlite3.connect(two.room / "gradebook.db")) as database:
        database.execute(
            "UPDATE grade SET auto_score = 3 WHERE auto_score = 2 AND cell_id IN"
            " (SELECT id FROM base_cell WHERE name = 'moving_average-checks')"
        )
        database.commit()

    assert two.changes() == ["ann/averages/moving_average: 3 → 2 in the gradebook"]


def test_what_could_not_be_checked_is_graded_again_and_the_new_result_is_kept(two: Class) -> None:
    """A checker that failed one night must not leave its mark in the results for ever."""
    results = two.room / "results"
    kept = (results / "results.json").read_text(encoding="utf-8")
    with closing(sqlite3.connect(results / ".autograde" / "results.sqlite")) as database:
        database.execute("UPDATE results SET report = replace(report, '\"pass\"', '\"broken\"')")
        database.commit()

    two.changes()

    assert (results / "results.json").read_text(encoding="utf-8") == kept
