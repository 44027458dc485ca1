"""Where the course says that the best attempt counts, all that a student submitted is graded, through nbgrader's own exchange."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder import attempts, gradebook
from autograder.classroom import Classroom
from autograder.cli import run
from autograder.course import Course
from autograder.report import CheckResult, ItemReport, Report
from autograder.submissions import Submission, find_in_classroom
from tests import rooms

LESSON = "averages"


def _attempt(points: int, time: datetime | None, student: str = "ben") -> tuple[Submission, Report]:
    check = CheckResult("one", "does it", "pass", points, 10)
    report = Report(student, LESSON, (ItemReport("moving_average", "code", "A moving average", (check,)),))
    return Submission(student, LESSON, timestamp=time), report


IN_TIME = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
LATE = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ([_attempt(3, IN_TIME), _attempt(7, IN_TIME), _attempt(5, IN_TIME)], 1),
        ([_attempt(8, IN_TIME), _attempt(9, LATE)], 0),
        ([_attempt(7, IN_TIME), _attempt(9, LATE)], 1),
        ([_attempt(9, LATE, "ann"), _attempt(8, IN_TIME, "ann")], 0),
        ([_attempt(5, LATE.replace(hour=10)), _attempt(5, IN_TIME), _attempt(5, None)], 1),
    ],
    ids=[
        "most points",
        "lateness counts",
        "late and still better",
        "an extension counts",
        "of equal ones the last",
    ],
)
def test_the_attempt_counts_that_earns_most(
    tiny: Course, given: list[tuple[Submission, Report]], counts: int
) -> None:
    """A late one loses 20 percent in this course; `ann` may hand in a week later."""
    assert attempts.counting(tiny, given) == counts


class Exchange:
    """A classroom, its exchange, and a student who submits through it."""

    def __init__(self, course: Course, folder: Path) -> None:
        self.course, self.root = course, folder / "exchange"
        self.root.mkdir()
        self.room = rooms.copy_of(course, folder / "classroom")
        config = self.room / "nbgrader_config.py"
        own = (
            f"c = get_config()\nc.Exchange.root = {str(self.root)!r}\nc.ExchangeCollect.check_owner = False\n"
        )
        config.write_text(own + config.read_text(encoding="utf-8"), encoding="utf-8")
        self.home = folder / "ada"
        self.home.mkdir()
        self.options = [
            f"--Exchange.root={self.root}",
            "--course=small-data",
            "--CourseDirectory.student_id=ada",
            f"--Exchange.cache={folder / 'cache'}",
        ]
        rooms.nbgrader(self.room, "release_assignment", LESSON)
        rooms.nbgrader(self.home, "fetch_assignment", LESSON, *self.options)

    def submit(self, *answered: str) -> None:
        """Hands in right answers to the items *answered*, then collects."""
        notebook = rooms.read(self.room / "release" / LESSON / f"{LESSON}.ipynb")
        right = rooms.all_right(self.course, LESSON)
        for name in answered:
            rooms.by_id(notebook)[name]["source"] = right[name]
        rooms.write(self.home / LESSON / f"{LESSON}.ipynb", notebook)
        rooms.nbgrader(self.home, "submit", LESSON, *self.options)
        rooms.nbgrader(self.room, "collect", LESSON, "--update")

    def grade(self, course: Path | None = None) -> int:
        root = course or self.course.root
        return run(["--course", str(root), "-q", "grade", "--classroom", str(self.room), "--jobs", "1"])

    def points(self) -> str:
        return str(gradebook.read(self.course, self.room).grade("ada", LESSON).points)


@pytest.fixture
def exchange(tiny: Course, tmp_path: Path) -> Exchange:
    return Exchange(tiny, tmp_path)


def test_the_best_of_several_submissions_counts_and_the_student_is_told(
    exchange: Exchange, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whenever it was collected; what people see is that attempt, not the last."""
    exchange.submit("how_many_windows", "wider_window")
    assert exchange.grade() == 0
    assert exchange.points() == "2.00"

    exchange.submit("how_many_windows", "wider_window", "moving_average")
    exchange.submit("how_many_windows")
    assert exchange.grade() == 0

    assert exchange.points() == "7.00"
    shown = exchange.room / "autograded" / "ada" / LESSON
    notebook = rooms.read(shown / f"{LESSON}.ipynb")
    assert "3 attempts were handed in; the one of" in rooms.source(notebook["cells"][0])
    last = (exchange.room / "submitted" / "ada" / LESSON / "timestamp.txt").read_text(encoding="utf-8")
    assert (shown / "timestamp.txt").read_text(encoding="utf-8") != last
    assert run(["--course", str(exchange.course.root), "show", "ada", "--classroom", str(exchange.room)]) == 0
    assert "note: 3 attempts were handed in" in capsys.readouterr().out
    assert exchange.grade() == 0
    assert exchange.points() == "7.00"


def test_attempts_that_are_called_alike_are_not_mixed(exchange: Exchange) -> None:
    """Students make the folders in the exchange; what two of them earn together, none of them earned."""
    exchange.submit("moving_average")
    exchange.submit("how_many_windows", "wider_window")
    exchange.submit("how_many_windows")
    first, second, _ = sorted(
        next(exchange.root.rglob("inbound")).iterdir(), key=lambda path: path.stat().st_mtime_ns
    )
    for folder, name in ((first, "ada+averages+2027+abcd"), (second, "ada+averages+2027+efgh")):
        folder.rename(folder.parent / name)

    assert exchange.grade() == 0
    assert exchange.points() == "5.00"
    (folder,) = second.parent.glob("*+efgh")
    folder.rename(folder.parent / "ada+averages+")
    assert exchange.grade() == 0
    assert exchange.points() == "5.00"


def test_the_last_counts_where_the_course_says_nothing(exchange: Exchange, tmp_path: Path) -> None:
    """As in nbgrader."""
    course = tmp_path / "course"
    shutil.copytree(exchange.course.root, course)
    file = course / "course.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  attempts: best\n", ""), encoding="utf-8")
    exchange.submit("how_many_windows", "wider_window")
    exchange.submit("how_many_windows")

    assert exchange.grade(course) == 0

    assert exchange.points() == "1.00"


def test_an_attempt_in_the_name_of_somebody_else_is_named_and_not_considered(exchange: Exchange) -> None:
    """Anybody may write to the exchange; whose an attempt is, its owner tells. Here everything is ours, not ada's."""
    exchange.submit("how_many_windows", "wider_window")
    exchange.submit("how_many_windows")
    config = exchange.room / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8").replace("check_owner = False", "check_owner = True")
    config.write_text(text, encoding="utf-8")

    collected = find_in_classroom(exchange.course, exchange.room)
    found = attempts.find_earlier(exchange.course, Classroom(exchange.room), collected)

    assert found.submissions == ()
    assert len(found.problems) == 2
    assert f"ada/{LESSON}: an attempt in the exchange belongs to" in found.problems[0]
