"""The page that a student reads: complete, understandable without colour, and unable to do anything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from autograder import feedback, gradebook
from autograder.course import Course
from autograder.errors import AutogradeError
from autograder.gradebook import PersonGrade
from autograder.grades import Grade, Grades, Student
from autograder.report import CheckResult, ItemReport, Report
from autograder.submissions import find_in_classroom
from tests import rooms
from tests.test_gradebook import person, report_on

VOID = {"meta", "br"}


class _Page(HTMLParser):
    """Checks that tags are closed in order, and collects them with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and data.strip():
            self.text.append(" ".join(data.split()))


def parsed(page: str) -> _Page:
    found = _Page()
    found.feed(page)
    found.close()
    assert found.open == []
    return found


def _report(student: str = "ann", lesson: str = "averages", hostile: str = "") -> Report:
    checks = (
        CheckResult("one", "averages each window", "pass", 2, 2),
        CheckResult(
            "two", "gives decimals", "fail", 0, 1, f"you returned int64{hostile}\nnot float64", "try float"
        ),
        CheckResult("three", "leaves values alone", "skipped", 0, 1, hint="copy"),
    )
    items = (
        ItemReport(
            "moving_average", "code", "A moving average", checks, (f"Looks like whole numbers{hostile}",)
        ),
        ItemReport(
            "why_smooth",
            "text",
            "Why?",
            (CheckResult("answer", "Why?", "review", 0, 2, "a person reads this answer"),),
        ),
        ItemReport(
            "wider_window", "quiz", "What?", (CheckResult("answer", "What?", "pass", 1, 1, "Right."),)
        ),
    )
    return Report(student, lesson, items, problems=(f"`x.ipynb`{hostile} was graded",))


def test_a_page_says_what_passed_what_did_not_and_why(tiny: Course) -> None:
    """In the order of the lesson, in words that need no colour."""
    page = parsed(feedback.page(tiny, "ann", [_report()]))
    assert page.text == [
        "Small data: feedback for ann",
        "Small data",
        "Feedback for ann",
        "1. Averages that move",
        "3 of 7 points",
        ", not final yet.",
        "x.ipynb",
        "was graded",
        "A moving average",
        "2 of 4",
        "Looks like whole numbers",
        "Checks of A moving average",
        "Outcome",
        "Check",
        "Points",
        "✓ passed",
        "averages each window",
        "2 of 2",
        "✗ not right yet",
        "gives decimals",
        "you returned int64",
        "not float64",
        "Hint: try float",
        "0 of 1",
        "– not run",
        "leaves values alone",
        "0 of 1",
        "Why?",
        "0 of 2",
        "The points are given by a person and are not final.",
        "? a person reads this: a person reads this answer",
        "What?",
        "1 of 1",
        "✓ passed: Right.",
    ]


def test_a_reason_that_several_checks_share_is_said_once(tiny: Course) -> None:
    """Below the last of them, without hints that would lead astray."""
    checks = tuple(
        CheckResult(f"test_{number}", f"check {number}", "error", 0, 1, "there is no `<brew>`", "try float")
        for number in (1, 2, 3)
    )
    item = ItemReport("moving_average", "code", "A moving average", checks)
    text = parsed(feedback.page(tiny, "ann", [Report("ann", "averages", (item,))])).text
    assert text[text.index("check 3") :] == ["check 3", "0 of 1", "all 3 of these: there is no", "<brew>"]
    assert " ".join(text).count("there is no") == 1
    assert "Hint" not in " ".join(text)


def test_which_attempt_counts_is_a_line_of_its_own(tiny: Course) -> None:
    """Not one among what was wrong with the files."""
    report = replace(_report(), notes=("2 attempts were handed in; the one of today counts",))
    assert (
        "2 attempts were handed in; the one of today counts."
        in parsed(feedback.page(tiny, "ann", [report])).text
    )


def test_what_the_gradebook_knows_is_shown(tiny: Course) -> None:
    """A person's points and comment, lateness as a line of its own, and the sum that counts."""
    grades = Grades(
        (Student("ann", "Ann", "Ångström"),),
        (),
        {
            ("ann", "averages"): Grade(
                "graded", Decimal("3.60"), late=True, reason="0.9 points taken off for lateness"
            )
        },
    )
    people = {("ann", "averages"): {"why_smooth": PersonGrade(Decimal("1.5"), "Well <said>")}}
    page = parsed(feedback.page(tiny, "ann", [_report()], context=feedback.Context(grades, people)))
    text = "\n".join(page.text)

    assert "Feedback for Ann Ångström (ann)" in text
    assert "3.6 of 7 points\n, final." in text
    assert "Handed in late: 0.9 points taken off for lateness." in text
    assert "1.5 of 2\nA person gave these points.\nWell <said>" in text


def test_several_lessons_get_an_overview_with_links(tiny: Course) -> None:
    """Each link leads to a section of the page."""
    reports = [_report(lesson="words"), _report(lesson="averages")]
    page = parsed(feedback.page(tiny, "ann", reports))
    ids = [attrs.get("id") for _, attrs in page.tags]
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links == ["#lesson-averages", "#lesson-words"]
    assert all(str(link)[1:] in ids for link in links)
    assert page.text.index("1. Averages that move") < page.text.index("2. Counting words")


def test_a_page_is_accessible(tiny: Course) -> None:
    """Language, landmarks, one first heading, captions and scopes in tables; headings skip no level."""
    page = parsed(feedback.page(tiny, "ann", [_report(), _report(lesson="words")]))
    tags = [tag for tag, _ in page.tags]
    attributes = dict(page.tags)
    assert attributes["html"]["lang"] == "en"
    assert "viewport" in [attrs.get("name") for _, attrs in page.tags]
    assert (tags.count("h1"), tags.count("main"), tags.count("header")) == (1, 1, 1)
    assert tags.count("caption") == tags.count("table")
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")
    levels = [int(tag[1]) for tag in tags if tag in ("h1", "h2", "h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_in_a_page_acts_or_is_fetched(tiny: Course) -> None:
    """Messages hold what students printed and how they named their files."""
    hostile = "<script>alert(1)</script><img src=http://e/x onerror=alert(1)>"
    page = parsed(feedback.page(tiny, f"ann{hostile}", [_report(student=f"ann{hostile}", hostile=hostile)]))
    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "h1", "h2", "h3",
        "p", "strong", "span", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "br", "a", "code",
    }  # fmt: skip
    for _, attrs in page.tags:
        assert not {"src", "onerror", "onclick", "style"} & set(attrs)
        assert (attrs.get("href") or "#").startswith("#")
    assert "default-src 'none'" in str([attrs for tag, attrs in page.tags if tag == "meta"])


def test_each_student_gets_a_file_of_their_own(tiny: Course, tmp_path: Path) -> None:
    """Whatever the ids look like; a page is brought up to date, and no other file is replaced unasked."""
    students = ["ann", "a b", "a%20b", "Ann", "..", "名前"]
    reports = [_report(student) for student in students]
    written = feedback.write(tiny, reports, tmp_path)

    assert len(set(written)) == len(students)
    assert all(path.parent == tmp_path and path.is_file() for path in written)
    assert feedback.write(tiny, reports, tmp_path) == written
    written[0].write_text("<p>somebody's own page</p>", encoding="utf-8")
    with pytest.raises(AutogradeError, match="exists already"):
        feedback.write(tiny, reports, tmp_path)
    assert written[0].read_text(encoding="utf-8") == "<p>somebody's own page</p>"
    feedback.write(tiny, reports, tmp_path, force=True)


def test_pages_of_a_classroom_agree_with_its_gradebook(tiny: Course, tmp_path: Path) -> None:
    """The points in the page are those that are exported."""
    room = rooms.copy_of(tiny, tmp_path / "classroom")
    rooms.hand_in(
        room, "ben", "averages", rooms.all_right(tiny, "averages"), timestamp="2027-03-01 18:00:00 UTC"
    )
    pairs = [(found, report_on(tiny, found, {})) for found in find_in_classroom(tiny, room)]
    gradebook.write(tiny, room, pairs)

    before = "\n".join(
        parsed(feedback.page(tiny, "ben", [pairs[0][1]], context=feedback.context_of(tiny, room))).text
    )
    person(room, 2)
    after = "\n".join(
        parsed(feedback.page(tiny, "ben", [pairs[0][1]], context=feedback.context_of(tiny, room))).text
    )

    assert "6.4 of 10 points\n, not final yet.\nHanded in late." in before
    assert "8 of 10 points\n, final.\nHanded in late: 2 points taken off for lateness." in after
    assert "2 of 2\nA person gave these points.\nwell said" in after
    assert "a person reads this" in before
    assert "a person reads this" not in after
