"""In the browser: a student fetches, solves and submits in JupyterLab; an instructor grades the free text in formgrader."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from autograder import gradebook
from autograder.cli import run
from autograder.course import Course
from tests import browser, rooms
from tests.browser import Browser
from tests.servers import TOKEN, served

LESSON = "averages"
REASON = browser.reason_against()

pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON)

STUDENT = """\
c = get_config()
c.Exchange.root = {exchange!r}
c.Exchange.cache = {cache!r}
c.CourseDirectory.course_id = "small-data"
c.CourseDirectory.student_id = "ada"
"""


def test_a_lesson_is_solved_in_jupyterlab_and_graded_in_formgrader(tiny: Course, tmp_path: Path) -> None:
    """What is clicked and typed is all that happens: released, fetched, solved, submitted, collected, graded, scored."""
    room = rooms.copy_of(tiny, tmp_path / "classroom")
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    shared = [f"--Exchange.root={exchange}"]
    rooms.nbgrader(room, "release_assignment", LESSON, *shared)
    home = tmp_path / "ada"
    home.mkdir()
    settings = STUDENT.format(exchange=str(exchange), cache=str(tmp_path / "cache"))
    (home / "nbgrader_config.py").write_text(settings, encoding="utf-8")

    with browser.opened() as page:
        with served(home, tmp_path / "of-ada") as server:
            page.open(f"{server.address}/lab?token={TOKEN}")
            _fetch(page)
            _solve(page, tiny)
            _submit(page)

        rooms.nbgrader(room, "collect", LESSON, *shared, "--ExchangeCollect.check_owner=False")
        rooms.hand_in(room, "ben", LESSON, {})
        assert run(["--course", str(tiny.root), "-q", "grade", "--classroom", str(room), "--jobs", "1"]) == 0
        before = gradebook.read(tiny, room).grade("ada", LESSON)
        assert (before.state, before.points) == ("pending", 7)

        with served(room, tmp_path / "of-instructor") as server:
            page.open(f"{server.address}/lab?token={TOKEN}")
            _list_the_class(page)
            _score(page)
            page.wait(
                "final grade", lambda: gradebook.read(tiny, room).grade("ada", LESSON).state == "graded"
            )

    after = gradebook.read(tiny, room).grade("ada", LESSON)
    assert (after.state, str(after.points)) == ("graded", "7.50")
    rooms.nbgrader(room, "export", "--to", "grades.csv")
    with (room / "grades.csv").open(encoding="utf-8", newline="") as file:
        scores = {
            row["student_id"]: row["score"] for row in csv.DictReader(file) if row["assignment"] == LESSON
        }
    assert scores == {"ada": "7.5", "ben": "0.0"}


def _fetch(page: Browser) -> None:
    """Presses Fetch in nbgrader's list of assignments."""
    page.choose("Nbgrader", "nbgrader:open-assignment-list")
    page.click("#released_assignments_list button", "Fetch")
    page.find("#fetched_assignments_list button", "Submit")
    page.picture("1-fetched")


def _solve(page: Browser, course: Course) -> None:
    """Opens the notebook, types a solution and a sentence, runs everything, and sees the visible checks pass."""
    page.click("#fetched_assignments_list .assignment-notebooks-link", LESSON)
    page.click("#fetched_assignments_list .nested_list_item a", LESSON)
    page.find(".jp-NotebookPanel .jp-Cell")
    page.replace(_editor(page, "def moving_average"), rooms.solution(course, "moving_average"))
    page.replace(_editor(page, "answer to: how_many_windows"), "answer = 8")
    page.edit(page.find(".jp-MarkdownCell", "Write your answer here."))
    page.replace(_editor(page, "Write your answer here."), "It evens out the noise.")
    page.choose("Run", "runmenu:run-all")
    page.show(page.find(".jp-OutputArea-output", "moving_average: all visible checks pass"))
    page.picture("2-visible-checks")
    page.choose("File", "docmanager:save")


def _editor(page: Browser, text: str) -> Any:
    return page.find(".jp-Cell .cm-content", text)


def _submit(page: Browser) -> None:
    """Presses Submit in nbgrader's list of assignments, and sees the hand-in listed."""
    page.click(".lm-TabBar-tabLabel", "Assignments")
    page.click("#fetched_assignments_list button", "Submit")
    page.find("#submitted_assignments_list .list_item", LESSON)
    page.picture("3-submitted")


def _list_the_class(page: Browser) -> None:
    """Opens formgrader from JupyterLab's menu and looks at who is there."""
    page.choose("Nbgrader", "nbgrader:open-formgrader")
    page.enter("iframe")
    page.click("a", "Manage Students")
    page.find("table", "ada")
    page.find("table", "ben")
    page.picture("4-class")


def _score(page: Browser) -> None:
    """Opens the submission that waits, sees our tables, and gives a score and a comment for the free text."""
    page.click("a", "Manual Grading")
    page.click("table a", LESSON)
    page.click("table a", LESSON)
    for _ in ("ada", "ben"):  # whose hand-in stands first is chance
        page.click("table .glyphicon-eye-open")
    page.picture("5-submissions")
    page.click("table a.name-shown", "ada")
    page.show(page.find(".output_area pre, .output pre, pre", "averages each window"))
    page.picture("6-table-of-checks")
    page.type(page.find("input.score[id='why_smooth']"), "1.5")
    page.type(page.find("textarea.comment[id='why_smooth-comment']"), "Say what happens to the trend.")
    page.show(page.find("input.score[id='why_smooth']"))
    page.picture("7-scored")
