"""formgrader, as its server answers: the autograde button runs our checks, its page shows our table, and what a person enters stays."""

from __future__ import annotations

from pathlib import Path

from autograder import gradebook
from autograder.checking import Checker
from autograder.course import Course
from autograder.grade import grade_submission
from autograder.submissions import find_in_classroom
from tests import rooms
from tests.servers import served


def test_formgrader_runs_our_checks_shows_our_table_and_takes_a_score(tiny: Course, tmp_path: Path) -> None:
    """The whole of an instructor's afternoon: autograde, read, score, and grade again without losing anything."""
    room = rooms.copy_of(tiny, tmp_path / "classroom")
    answers = rooms.all_right(tiny, "averages") | {"wider_window": "answer = 'c'"}
    rooms.hand_in(
        room, "ann", "averages", answers | {"why_smooth": "It evens out the noise. <script>alert(1)</script>"}
    )

    with served(room, tmp_path / "home") as server:
        done = server.json("formgrader/api/submission/averages/ann/autograde", "POST")
        assert done["success"], done.get("error") or done.get("log")

        (submitted,) = server.json("formgrader/api/submitted_notebooks/averages/averages")
        assert (submitted["score"], submitted["max_score"]) == (8.0, 10.0)
        assert submitted["needs_manual_grade"] is True

        page = server.ask(f"formgrader/submissions/{submitted['id']}")
        assert "averages each window" in page
        assert "A wider window" not in page  # the feedback of another option
        assert "The mean of a window lies between its smallest and its largest value." in page
        assert "<script>alert(1)" not in page
        assert "graded by `autograde`" not in page

        grades = server.json(f"formgrader/api/grades?submission_id={submitted['id']}")
        (text,) = [grade for grade in grades if grade["name"] == "why_smooth"]
        assert (text["auto_score"], text["manual_score"], text["needs_manual_grade"]) == (None, 1.0, True)
        scored = server.json(f"formgrader/api/grade/{text['id']}", "PUT", {"manual_score": 1.5})
        assert scored["needs_manual_grade"] is False

        again = server.json("formgrader/api/submission/averages/ann/autograde", "POST")
        assert again["success"]

    assert _state(tiny, room) == ("graded", "8.50")
    with Checker(tiny.briefing) as checker:
        pairs = [(found, grade_submission(tiny, found, checker)) for found in find_in_classroom(tiny, room)]
    assert gradebook.write(tiny, room, pairs) == gradebook.Written()
    assert _state(tiny, room) == ("graded", "8.50")


def _state(course: Course, room: Path) -> tuple[str, str]:
    found = gradebook.read(course, room).grade("ann", "averages")
    return found.state, str(found.points)
