"""The gradebook of record: what reports put into it, what people put into it, and that neither loses the other's."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from autograder import gradebook
from autograder.course import Course
from autograder.errors import ClassroomError
from autograder.gradebook_tables import MOST
from autograder.grades import Grade, Student
from autograder.report import CheckResult, ItemReport, Outcome, Report
from autograder.submissions import Submission, find_in_classroom
from tests import rooms

IN_TIME = datetime(2027, 2, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def room(tiny: Course, tmp_path: Path) -> Path:
    return rooms.copy_of(tiny, tmp_path / "classroom")


def report_on(
    course: Course, submission: Submission, points: Mapping[str, int], *, broken: frozenset[str] = frozenset()
) -> Report:
    """A report as grading would give it: full points where *points* says nothing, free text waits for a person."""
    items = []
    for item in course.lesson(submission.lesson).items:
        most = course.max_points(item.id)
        kind: Any = "code" if item.id in course.checks else "quiz" if hasattr(item, "feedback") else "text"
        earned = 0 if kind == "text" else points.get(item.id, most)
        outcome: Outcome = "pass" if earned == most else "fail"
        if kind == "text":
            outcome = "review" if course.is_answered(item.id, submission.answers.get(item.id, "")) else "fail"
        if item.id in broken:
            outcome = "broken"
        check = CheckResult(
            "only", "does <what> it should", outcome, earned, most, f"{item.id} <b>said</b> so"
        )
        items.append(ItemReport(item.id, kind, item.id, (check,)))
    return Report(submission.student, submission.lesson, tuple(items), submission.problems)


def grade(course: Course, room: Path, points: Mapping[str, int], **options: Any) -> gradebook.Written:
    """Reads what is handed in, reports on it, and writes that to the gradebook."""
    pairs = [
        (found, report_on(course, found, points, **options)) for found in find_in_classroom(course, room)
    ]
    return gradebook.write(course, room, pairs)


def rows(room: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        return database.execute(query).fetchall()


GRADES = """
SELECT s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade
FROM grade g JOIN base_cell b ON b.id = g.cell_id
JOIN submitted_notebook n ON n.id = g.notebook_id JOIN submitted_assignment s ON s.id = n.assignment_id
ORDER BY s.student_id, b.name
"""
COMMENTS = GRADES.replace("g.auto_score, g.manual_score, g.needs_manual_grade", "g.auto_comment").replace(
    "FROM grade g", "FROM comment g"
)


def test_every_cell_gets_its_row(tiny: Course, room: Path) -> None:
    """As `nbgrader autograde` leaves it: scores, what waits for a person, comments on untouched cells."""
    rooms.hand_in(
        room, "ann", "averages", rooms.all_right(tiny, "averages") | {"wider_window": "answer = 'c'"}
    )
    rooms.hand_in(room, "ben", "averages", {})

    grade(tiny, room, {"wider_window": 0, "moving_average": 3})

    ann = [
        ("ann", "average_bounds-points", 1.0, None, 0),
        ("ann", "how_many_windows-points", 1.0, None, 0),
        ("ann", "moving_average-checks", 3.0, None, 0),
        ("ann", "why_smooth", None, None, 1),
        ("ann", "wider_window-points", 0.0, None, 0),
    ]
    ben = [("ben", *row[1:]) for row in ann]
    ben[3] = ("ben", "why_smooth", 0.0, None, 0)
    assert rows(room, GRADES) == ann + ben
    untouched = ["average_bounds", "how_many_windows", "moving_average", "why_smooth", "wider_window"]
    assert rows(room, COMMENTS) == [("ann", name, None) for name in untouched] + [
        ("ben", name, "No response.") for name in untouched
    ]


def test_writing_twice_changes_nothing(tiny: Course, room: Path) -> None:
    """Nobody is graded twice, and there is nothing to tell."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    grade(tiny, room, {})
    before = rows(room, GRADES), rows(room, COMMENTS)
    notebook = (room / "autograded" / "ann" / "averages" / "averages.ipynb").read_bytes()

    again = grade(tiny, room, {})

    assert again == gradebook.Written()
    assert (rows(room, GRADES), rows(room, COMMENTS)) == before
    assert (room / "autograded" / "ann" / "averages" / "averages.ipynb").read_bytes() == notebook


@pytest.mark.parametrize("change", ["points", "an answer", "an output", "a cut file", "no file"])
def test_a_graded_notebook_is_made_again_when_anything_has_changed_and_only_then(
    tiny: Course, room: Path, change: str
) -> None:
    answers = rooms.all_right(tiny, "averages")
    handed_in = rooms.hand_in(room, "ann", "averages", answers)
    rooms.hand_in(room, "ben", "averages", answers)
    grade(tiny, room, {})
    ann, ben = (room / "autograded" / name / "averages" / "averages.ipynb" for name in ("ann", "ben"))
    whole, untouched = ann.read_bytes(), ben.stat().st_ino

    match change:
        case "an answer":
            rooms.hand_in(room, "ann", "averages", answers | {"why_smooth": "Because of the noise."})
        case "an output":
            content = json.loads(handed_in.read_text("utf-8"))
            code = next(cell for cell in content["cells"] if cell["cell_type"] == "code")
            code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["printed at home"]}]
            handed_in.write_text(json.dumps(content), "utf-8")
        case "a cut file":
            ann.write_bytes(whole[:-300])
        case "no file":
            ann.unlink()
    grade(tiny, room, {"moving_average": 3} if change == "points" else {})

    as_before = change in ("a cut file", "no file")
    assert (ann.read_bytes() == whole) == as_before
    if change != "points":  # that takes them from everybody
        assert ben.stat().st_ino == untouched


def test_changes_after_a_regrade_are_told(tiny: Course, room: Path) -> None:
    """Who, where, from what to what."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    grade(tiny, room, {"moving_average": 3})

    written = grade(tiny, room, {"moving_average": 5})

    assert written.changes == (gradebook.Change("ann", "averages", "moving_average-checks", 3.0, 5.0),)


def person(room: Path, score: float, cell: str = "why_smooth") -> None:
    """Does what formgrader does when a person enters a score and a comment."""
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        database.execute(
            "UPDATE grade SET manual_score = ?, needs_manual_grade = 0 WHERE cell_id IN"
            " (SELECT b.id FROM base_cell b JOIN grade_cells c ON c.id = b.id WHERE b.name = ?)",
            (score, cell),
        )
        database.execute("UPDATE comment SET manual_comment = 'well said'")
        database.commit()


def test_a_class_larger_than_what_is_written_together_comes_out_whole(tiny: Course, room: Path) -> None:
    """Hand-ins are written a few at a time: nobody falls between two batches, and what was written is found again."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    (ann,) = find_in_classroom(tiny, room)
    names = [f"s{number:03}" for number in range(2 * MOST + 1)]
    class_ = [replace(ann, student=name) for name in names]

    def write(points: int) -> gradebook.Written:
        pairs = [(one, report_on(tiny, one, {"moving_average": points})) for one in class_]
        return gradebook.write(tiny, room, pairs, notebooks=False)

    assert write(5) == gradebook.Written()
    found: dict[str, list[float]] = {}
    for student, _, score, *_ in rows(room, GRADES):
        found.setdefault(student, []).append(score or 0)
    items = len(tiny.lesson("averages").items)
    assert {name: (len(scores), sum(scores)) for name, scores in found.items()} == {
        name: (items, 8) for name in names
    }
    assert write(5) == gradebook.Written()
    assert [(change.student, change.before, change.after) for change in write(4).changes] == [
        (name, 5, 4) for name in names
    ]


def test_what_a_person_gave_survives_every_regrade(tiny: Course, room: Path) -> None:
    """However often; and as long as nothing changed under it, nobody is asked again."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    grade(tiny, room, {})
    person(room, 1.5)

    for _ in range(3):
        assert grade(tiny, room, {}).flagged == ()

    assert ("ann", "why_smooth", None, 1.5, 0) in rows(room, GRADES)
    assert rows(room, "SELECT DISTINCT manual_comment FROM comment") == [("well said",)]


def test_an_answer_that_changed_under_a_persons_score_is_flagged_until_looked_at(
    tiny: Course, room: Path
) -> None:
    """The score stays; the flag goes when the person says so, and only then."""
    answers = rooms.all_right(tiny, "averages")
    rooms.hand_in(room, "ann", "averages", answers)
    grade(tiny, room, {})
    person(room, 1.5)
    rooms.hand_in(room, "ann", "averages", answers | {"why_smooth": "Something else entirely."})

    (flagged,) = grade(tiny, room, {}).flagged
    assert (flagged.cell, flagged.after) == ("why_smooth", 1.5)
    grade(tiny, room, {})
    assert ("ann", "why_smooth", None, 1.5, 1) in rows(room, GRADES)

    person(room, 2)
    grade(tiny, room, {})
    assert ("ann", "why_smooth", None, 2.0, 0) in rows(room, GRADES)


def test_a_persons_score_on_code_is_flagged_when_the_outcome_changes(tiny: Course, room: Path) -> None:
    """The check was mended, say: what the person corrected may not need correcting now."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    grade(tiny, room, {"moving_average": 3})
    person(room, 4, "moving_average-checks")

    grade(tiny, room, {"moving_average": 5})

    assert ("ann", "moving_average-checks", 5.0, 4.0, 1) in rows(room, GRADES)


def test_what_we_could_not_check_waits_for_a_person(tiny: Course, room: Path) -> None:
    """A fault of ours is no zero."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    grade(tiny, room, {"moving_average": 0}, broken=frozenset({"moving_average"}))

    assert ("ann", "moving_average-checks", 0.0, None, 1) in rows(room, GRADES)
    found = gradebook.read(tiny, room).grade("ann", "averages")
    assert (found.state, found.reason) == ("pending", "waits for a person: moving_average-checks, why_smooth")


def test_the_class_is_read_back_with_states_and_exact_points(tiny: Course, room: Path) -> None:
    """Missing is not zero, waiting is not graded, and points are decimals."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    rooms.hand_in(room, "ben", "averages", {})
    rooms.hand_in(room, "ben", "words", {}, timestamp=None)
    gradebook.register(room, [Student("cleo", "Cleo", "Ångström", "c@example.org"), Student("ann", "Ann")])
    grade(tiny, room, {})
    person(room, 1.25)

    grades = gradebook.read(tiny, room)

    assert [(student.id, student.first_name, student.last_name) for student in grades.students] == [
        ("ann", "Ann", ""),
        ("ben", "", ""),
        ("cleo", "Cleo", "Ångström"),
    ]
    assert [(c.id, c.title, c.max_points, dict(c.lms)) for c in grades.columns] == [
        ("averages", "Averages that move", Decimal(10), {"canvas": "7001", "moodle": "averages"}),
        ("words", "Counting words", Decimal(10), {}),
    ]
    assert grades.grade("ann", "averages") == Grade("graded", Decimal("9.25"))
    assert grades.grade("ann", "words") == Grade("missing")
    assert grades.grade("ben", "words") == Grade("graded", Decimal("10.00"))
    assert grades.grade("cleo", "averages") == Grade("missing")


def test_lateness_is_taken_off_once_and_extensions_count(tiny: Course, room: Path) -> None:
    """Two days begun cost 40 percent; Ann has an extension of a week in course.yaml."""
    late = "2027-03-02 18:00:00.000000 UTC"
    for student in ("ann", "ben"):
        rooms.hand_in(room, student, "averages", {}, timestamp=late)
    grade(tiny, room, {})
    grade(tiny, room, {})

    grades = gradebook.read(tiny, room)
    assert grades.grade("ann", "averages") == Grade("graded", Decimal("8.00"))
    assert grades.grade("ben", "averages") == Grade(
        "graded", Decimal("4.80"), late=True, reason="3.2 points taken off for lateness"
    )
    assert rows(
        room,
        "SELECT a.student_id, n.late_submission_penalty FROM submitted_notebook n"
        " JOIN submitted_assignment a ON a.id = n.assignment_id ORDER BY 1",
    ) == [("ann", None), ("ben", 3.2)]


def test_a_later_manual_score_is_part_of_what_lateness_takes_a_share_of(tiny: Course, room: Path) -> None:
    """The penalty in nbgrader's table is of the time of grading; exports must not use a stale one."""
    rooms.hand_in(
        room, "ben", "averages", rooms.all_right(tiny, "averages"), timestamp="2027-03-01 18:00:00 UTC"
    )
    grade(tiny, room, {})
    person(room, 2)

    assert gradebook.read(tiny, room).grade("ben", "averages").points == Decimal("8.00")


def test_nbgrader_exports_the_same_scores(tiny: Course, room: Path) -> None:
    """The real command, on rows that it did not write."""
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    rooms.hand_in(room, "ben", "averages", {}, timestamp="2027-03-01 18:00:00.000000 UTC")
    grade(tiny, room, {"moving_average": 2})

    rooms.nbgrader(room, "export", "--to", "grades.csv")

    with (room / "grades.csv").open(encoding="utf-8", newline="") as file:
        found = {
            row["student_id"]: (
                row["raw_score"],
                row["late_submission_penalty"],
                row["score"],
                row["max_score"],
            )
            for row in csv.DictReader(file)
            if row["assignment"] == "averages"
        }
    assert found == {"ann": ("5.0", "0.0", "5.0", "10.0"), "ben": ("5.0", "1.0", "4.0", "10.0")}


SECRET = "hidden-canary"


def test_nbgrader_makes_feedback_from_what_we_wrote(tiny: Course, room: Path) -> None:
    """With the table of checks in it, the late penalty as its own line, nothing of a check's source, and no live script."""
    path = rooms.hand_in(
        room, "ben", "averages", rooms.all_right(tiny, "averages"), timestamp="2027-03-01 18:00:00.000000 UTC"
    )
    notebook = rooms.read(path)
    rooms.by_id(notebook)["moving_average"]["outputs"] = [
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {
                "text/html": "<b onclick='alert(1)'>bold</b><script>alert(1)</script>",
                "application/javascript": "alert(1)",
            },
        }
    ]
    rooms.by_id(notebook)["why_smooth"]["source"] = (
        "Noise <script>alert('here')</script> [x](javascript:alert(1))"
    )
    rooms.write(path, notebook)
    grade(tiny, room, {"moving_average": 2})

    rooms.nbgrader(room, "generate_feedback", "averages")

    page = (room / "feedback" / "ben" / "averages" / "averages.html").read_text(encoding="utf-8")
    assert "Late submission penalty" in page
    assert "does &lt;what&gt; it should" in page
    assert "moving_average &lt;b&gt;said&lt;/b&gt; so" in page
    assert "<b>bold</b>" in page
    body = page[page.index("<body") :]
    assert "alert(1)" not in body.replace("[x] (javascript:alert(1))", "")
    assert "<script>alert" not in body
    assert "onclick" not in body
    assert "graded by `autograde`" not in page
    for check in (tiny.root / "tests" / "hidden").rglob("*.py"):
        for line in check.read_text(encoding="utf-8").splitlines():
            assert len(line.strip()) < 30 or line.strip().strip('"') not in body or '"""' in line


def test_nbgraders_own_rules_read_the_same_points_from_the_outputs(tiny: Course, room: Path) -> None:
    """Whoever grades our graded copies by nbgrader's `determine_grade` gets what the gradebook says."""
    import nbformat
    from nbgrader.utils import determine_grade

    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    grade(tiny, room, {"moving_average": 3, "wider_window": 0})

    path = room / "autograded" / "ann" / "averages" / "averages.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    scores = {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    assert scores == {
        "moving_average-checks": (3.0, 5.0),
        "why_smooth": (None, 2.0),
        "how_many_windows-points": (1.0, 1.0),
        "wider_window-points": (0.0, 1.0),
        "average_bounds-points": (1.0, 1.0),
    }


def test_a_locked_gradebook_is_waited_for_and_then_named(tiny: Course, room: Path) -> None:
    """Nothing half-written, and the way out."""
    rooms.hand_in(room, "ann", "averages", {})
    pairs = [(found, report_on(tiny, found, {})) for found in find_in_classroom(tiny, room)]
    with closing(sqlite3.connect(room / "gradebook.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ClassroomError, match=r"is locked by another program \(waited 0.2 s\)"):
            gradebook.write(tiny, room, pairs, wait_seconds=0.2)
        other.execute("ROLLBACK")
    assert rows(room, "SELECT COUNT(*) FROM submitted_assignment") == [(0,)]
    assert not (room / "autograded").exists()

    gradebook.write(tiny, room, pairs, wait_seconds=0.2)
    assert rows(room, "SELECT COUNT(*) FROM submitted_assignment") == [(1,)]


def test_a_course_that_changed_after_the_build_is_named(tiny: Course, room: Path) -> None:
    """A score above nbgrader's maximum, or a cell that it does not know, must not get into the gradebook."""
    rooms.hand_in(room, "ann", "averages", {})
    pairs = [(found, report_on(tiny, found, {})) for found in find_in_classroom(tiny, room)]
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        database.execute("UPDATE grade_cells SET max_score = 4 WHERE max_score = 5")
        database.commit()

    with pytest.raises(ClassroomError, match="`moving_average-checks`") as caught:
        gradebook.write(tiny, room, pairs)
    assert caught.value.hint == "the course was changed after `autograde build`; build again"


@pytest.mark.parametrize(
    ("case", "content", "message"),
    [
        ("gone", "", "has no gradebook"),
        ("garbage", "not a database", "file is not a database"),
        ("old", "", "of another version of nbgrader"),
    ],
)
def test_a_gradebook_that_cannot_be_used_is_named(
    tiny: Course, room: Path, case: str, content: str, message: str
) -> None:
    """Each with what to do about it."""
    database = room / "gradebook.db"
    if case == "old":
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '50a4d84c131a'")
            connection.commit()
    else:
        database.unlink()
        if content:
            database.write_text(content, encoding="utf-8")
    with pytest.raises(ClassroomError, match=message) as caught:
        gradebook.read(tiny, room)
    assert caught.value.hint


def test_an_unreadable_hand_in_is_shown_with_its_reason(tiny: Course, room: Path) -> None:
    """The grader finds our cells and the reason where the notebook should be."""
    path = rooms.hand_in(room, "ann", "averages", {})
    path.write_text("{oops", encoding="utf-8")
    (found,) = find_in_classroom(tiny, room)
    report = report_on(
        tiny, found, {"moving_average": 0, "how_many_windows": 0, "wider_window": 0, "average_bounds": 0}
    )

    gradebook.write(tiny, room, [(found, replace(report, problems=found.problems))])

    shown = rooms.read(room / "autograded" / "ann" / "averages" / "averages.ipynb")
    assert rooms.source(shown["cells"][0]) == (
        "**Notes on this hand-in**\n\n- is not a notebook: it is not JSON (line 1)"
    )
    assert len(rooms.by_id(shown)) == 18
    json.dumps(shown)


def test_a_lesson_is_written_whole_or_not_at_all(tiny: Course, room: Path) -> None:
    """Whatever stops the writing of one hand-in: there is nothing of the others of that lesson either."""
    for student in ("ann", "ben"):
        rooms.hand_in(room, student, "averages", {})
    ann, ben = find_in_classroom(tiny, room)
    strange = ItemReport("no_such_item", "code", "?", (CheckResult("only", "?", "pass", 1, 1),))
    pairs = [(ann, report_on(tiny, ann, {})), (ben, Report("ben", "averages", (strange,)))]

    with pytest.raises(KeyError, match="no_such_item"):
        gradebook.write(tiny, room, pairs)

    for table in ("student", "submitted_assignment", "submitted_notebook", "grade", "comment"):
        assert rows(room, f"SELECT COUNT(*) FROM {table}") == [(0,)], table  # noqa: S608


def test_two_writers_at_once_end_in_the_same_rows(tiny: Course, room: Path) -> None:
    """`autograde grade` and formgrader's button, say: they wait for each other, and nobody has two rows."""
    for number in range(20):
        rooms.hand_in(room, f"s{number:02}", "averages", rooms.all_right(tiny, "averages"))
    calm = room.with_name("calm")
    shutil.copytree(room, calm)
    grade(tiny, calm, {})

    writers = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                WRITER.replace("while True", "for _ in range(5)"),
                str(tiny.root),
                str(room),
            ],
            cwd=Path(__file__).resolve().parents[1],
            stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]

    assert [writer.wait(600) for writer in writers] == [0, 0]
    assert rows(room, GRADES) == rows(calm, GRADES)
    assert rows(room, COMMENTS) == rows(calm, COMMENTS)


WRITER = """
import sys
from pathlib import Path
from autograder import gradebook
from autograder.course import read_course
from autograder.submissions import find_in_classroom
from tests.test_gradebook import report_on
course, room = read_course(Path(sys.argv[1])), Path(sys.argv[2])
pairs = [(found, report_on(course, found, {})) for found in find_in_classroom(course, room)]
print("ready", flush=True)
while True:
    gradebook.write(course, room, pairs)
    print("written", flush=True)
"""


@pytest.mark.parametrize("delay", [0.05, 0.15, 0.4])
def test_a_kill_in_the_middle_loses_and_doubles_nothing(tiny: Course, room: Path, delay: float) -> None:
    """Whole lessons or none; and writing again gives what an undisturbed writing gives."""
    for number in range(20):
        for lesson in ("averages", "words"):
            rooms.hand_in(room, f"s{number:02}", lesson, rooms.all_right(tiny, lesson))
    calm = room.with_name("calm")
    shutil.copytree(room, calm)
    grade(tiny, calm, {})
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tiny.root), str(room)],
        cwd=Path(__file__).resolve().parents[1],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(delay)
        process.kill()
        process.wait()

    for lesson, count in rows(room, PER_LESSON):
        assert count in (0, 20), lesson
    grade(tiny, room, {})
    assert rows(room, GRADES) == rows(calm, GRADES)
    assert rows(room, COMMENTS) == rows(calm, COMMENTS)
    assert rows(room, PER_LESSON) == [("averages", 20), ("words", 20)]


PER_LESSON = """
SELECT a.name, COUNT(s.id) FROM assignment a LEFT JOIN submitted_assignment s ON s.assignment_id = a.id
GROUP BY a.name ORDER BY a.name
"""
