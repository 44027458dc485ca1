"""The whole way through nbgrader's exchange with its real commands: released, fetched, submitted, collected, and back as feedback."""

from __future__ import annotations

from pathlib import Path

from autograder import gradebook
from autograder.checking import Checker
from autograder.course import Course
from autograder.grade import grade_submission
from autograder.submissions import find_in_classroom
from tests import rooms

LESSON = "averages"


def test_a_lesson_goes_to_students_and_comes_back_as_feedback(tiny: Course, tmp_path: Path) -> None:
    """Two students, one of whom is late; each gets back their own page, with the table and without a check's source."""
    room = rooms.copy_of(tiny, tmp_path / "classroom")
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    shared = [f"--Exchange.root={exchange}", "--course=small-data"]
    rooms.nbgrader(room, "release_assignment", LESSON, *shared)
    homes = {}
    for student in ("ada", "bob"):
        homes[student] = home = tmp_path / student
        home.mkdir()
        own = [*shared, f"--CourseDirectory.student_id={student}", f"--Exchange.cache={home / '.cache'}"]
        rooms.nbgrader(home, "fetch_assignment", LESSON, *own)
        path = home / LESSON / f"{LESSON}.ipynb"
        notebook = rooms.read(path)
        if student == "ada":
            for name, answer in rooms.all_right(tiny, LESSON).items():
                rooms.by_id(notebook)[name]["source"] = answer
        rooms.write(path, notebook)
        rooms.nbgrader(home, "submit", LESSON, *own)
    rooms.nbgrader(room, "collect", LESSON, *shared, "--ExchangeCollect.check_owner=False")

    rooms.hand_in(room, "by-mail", LESSON, {}, timestamp=None)

    found = find_in_classroom(tiny, room)
    assert [(one.student, one.problems, one.timestamp is not None) for one in found] == [
        ("ada", (), True),
        ("bob", (), True),
        ("by-mail", (), False),
    ]
    with Checker(tiny.briefing) as checker:
        pairs = [(one, grade_submission(tiny, one, checker)) for one in found]
    assert [report.points for _, report in pairs] == [8, 0, 0]
    gradebook.write(tiny, room, pairs)

    rooms.nbgrader(room, "generate_feedback", LESSON)
    rooms.nbgrader(room, "release_feedback", LESSON, *shared)
    secrets = _hidden_lines(tiny)
    for student, home in homes.items():
        own = [*shared, f"--CourseDirectory.student_id={student}", f"--Exchange.cache={home / '.cache'}"]
        rooms.nbgrader(home, "fetch_feedback", LESSON, *own)
        (page,) = (home / LESSON / "feedback").rglob("*.html")
        text = page.read_text(encoding="utf-8")
        assert "averages each window" in text
        assert ("5 points of 5" in text) == (student == "ada")
        assert [line for line in secrets if line in text] == []


def _hidden_lines(course: Course) -> list[str]:
    titles = {check.title for checks in course.checks.values() for check in checks}
    lines = {
        line.strip()
        for path in (course.root / "tests" / "hidden").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    return sorted(line for line in lines if len(line) > 25 and line.strip('"') not in titles)
