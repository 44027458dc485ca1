"""Suggested scores from hand-in to confirmation: what fills the score box, who teaches whom, and what is accepted in bulk."""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder import cli, confirming, feedback, freetext, gradebook
from autograder.confirming import Decision, Waiting, decide
from autograder.course import Course
from autograder.errors import AutogradeError, ExportError
from autograder.export.decide import split_waiting
from autograder.export.values import Options, Unconfirmed
from autograder.freetext.neighbours import Confirmed, Neighbours
from autograder.grade import report_of, results_json
from autograder.gradebook_rows import Suggestion as Stored
from autograder.report import from_json, to_json
from autograder.submissions import find_in_classroom
from tests import rooms
from tests.rubrics import bread
from tests.test_gradebook import rows

MATCHER = freetext.compile(bread())
FULL = "Yeast makes gas. If the oven is too hot the yeast dies, if it is too cold it is slow."
NOON = datetime(2027, 2, 16, 12, 0, tzinfo=timezone(timedelta(hours=1)))
GRADES = (
    "SELECT s.student_id, g.manual_score, g.needs_manual_grade FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id"
    " JOIN submitted_assignment s ON s.id = n.assignment_id JOIN base_cell b ON b.id = g.cell_id"
    " WHERE b.name = 'why_smooth' ORDER BY s.student_id"
)


@pytest.fixture
def room(tiny: Course, tmp_path: Path) -> Path:
    return rooms.copy_of(tiny, tmp_path / "classroom")


def grade(course: Course, room: Path, answers: Mapping[str, str] | None = None) -> None:
    """Hands in *answers* (by student) to the free-text exercise, and grades everything; nobody's code is run."""
    for student, text in (answers or {}).items():
        rooms.hand_in(room, student, "averages", {"why_smooth": text})
    found = find_in_classroom(course, room)
    gradebook.write(course, room, [(one, report_of(course, one, (), ())) for one in found])


def person(room: Path, student: str, score: float) -> None:
    """What formgrader does when somebody enters a score, or confirms the one that is there."""
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        database.execute(
            "UPDATE grade SET manual_score = ?, needs_manual_grade = 0 WHERE id IN (SELECT g.id FROM grade g"
            " JOIN base_cell b ON b.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id"
            " JOIN submitted_assignment s ON s.id = n.assignment_id"
            " WHERE b.name = 'why_smooth' AND s.student_id = ?)",
            (score, student),
        )
        database.commit()


def autograde(course: Course, *arguments: str | Path) -> int:
    return cli.run(["--course", str(course.root), "text", *map(str, arguments)])


def stored(text: str) -> Stored:
    now = MATCHER.suggest(text)
    return Stored("ann", "baking", "bread", now.points, now.key)


def test_what_the_rubric_suggests_fills_the_score_box_and_waits(tiny: Course, room: Path) -> None:
    """With the evidence below the answer, in the notebook that formgrader shows."""
    grade(tiny, room, {"ann": "It smooths the curve, so that we see the trend.", "bob": "It is noisy."})

    assert rows(room, GRADES) == [("ann", 2.0, 1), ("bob", 1.0, 1)]
    notebook = rooms.read(room / "autograded" / "bob" / "averages" / "averages.ipynb")
    (shown,) = [rooms.source(cell) for cell in notebook["cells"] if cell["id"].startswith("why_smooth-note")]
    assert "| it evens out noise | 1 | found | “**noisy**” |" in html.unescape(shown)
    assert "| the trend becomes visible | 0 of 1 | not found in your answer |  |" in shown


def test_a_persons_score_stays_however_often_is_graded(tiny: Course, room: Path) -> None:
    """On the third run neither; and the suggestion of somebody who still waits is renewed beside it."""
    grade(tiny, room, {"ann": "It smooths the curve.", "bob": "It is noisy."})
    person(room, "ann", 1.5)

    for _ in range(3):
        grade(tiny, room)
        assert rows(room, GRADES) == [("ann", 1.5, 0), ("bob", 1.0, 1)]


def test_the_same_words_get_what_a_person_gave(tiny: Course, room: Path) -> None:
    """Graded once: the others need only be accepted, whatever the share."""
    grade(tiny, room, {"ann": "For the eyes!", "bob": "for the  eyes", "cid": "For the ears."})
    person(room, "ann", 0.5)
    grade(tiny, room)

    assert rows(room, GRADES) == [("ann", 0.5, 0), ("bob", 0.5, 1), ("cid", 0.0, 1)]
    assert autograde(tiny, "accept", "--classroom", room) == 1
    assert rows(room, GRADES) == [("ann", 0.5, 0), ("bob", 0.5, 0), ("cid", 0.0, 1)]


def test_a_similar_answer_that_got_much_more_sends_a_suggestion_to_a_person(tiny: Course, room: Path) -> None:
    """The words of the neighbour are another student's and are not shown in the notebook."""
    lines = "The line through the dots of every day gets calmer and one looks through"
    grade(
        tiny,
        room,
        {"ann": f"{lines} the hops.", "bob": "For money.", "cid": "It is law.", "dan": f"{lines} it."},
    )
    person(room, "ann", 2.0)
    person(room, "bob", 0.0)
    person(room, "cid", 0.0)
    grade(tiny, room)

    dan = next(one for one in confirming.find_waiting(tiny, room) if one.stored.student == "dan")
    assert "neighbour_disagrees" in {flag.name for flag in dan.now.flags}
    assert not decide(dan, min_share=0.0).accept
    text = (room / "autograded" / "dan" / "averages" / "averages.ipynb").read_text(encoding="utf-8")
    assert "a similar answer got 2 points from a person" in text
    assert "hops" not in text


def test_nobodys_own_score_is_held_against_the_next_answer(tiny: Course, room: Path) -> None:
    """A student who hands in the same words again would be told that somebody else wrote them."""
    grade(tiny, room, {"ann": "For the eyes."})
    person(room, "ann", 1.0)

    assert gradebook.confirmed(tiny, room) == {"why_smooth": [("ann", Confirmed("For the eyes.", 1.0))]}
    grade(tiny, room)
    text = (room / "autograded" / "ann" / "averages" / "averages.ipynb").read_text(encoding="utf-8")
    assert "the same answer" not in text


def test_a_changed_answer_teaches_nothing_until_somebody_looked_again(tiny: Course, room: Path) -> None:
    """The score was for other words."""
    grade(tiny, room, {"ann": "For the eyes."})
    person(room, "ann", 2.0)
    grade(tiny, room, {"ann": "For nothing."})

    assert gradebook.confirmed(tiny, room) == {}


def test_accepting_confirms_what_is_ready_and_logs_who_and_what(
    tiny: Course, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grade(tiny, room, {"ann": "It smooths the curve, so that we see the trend.", "bob": "It is noisy."})
    (key,) = [one.key for one in gradebook.suggestions(tiny, room) if one.student == "ann"]

    assert autograde(tiny, "accept", "--classroom", room, "--by", "Ines\tMartin") == 1

    assert rows(room, GRADES) == [("ann", 2.0, 0), ("bob", 1.0, 1)]
    (line,) = (room / "accepted.log").read_text(encoding="utf-8").splitlines()
    assert line.split("\t")[1:] == ["Ines Martin", "averages", "why_smooth", "ann", "2", key]
    assert datetime.fromisoformat(line.split("\t")[0]).tzinfo is not None
    assert capsys.readouterr().out == (
        "why_smooth  ann  2  accepted: 2 of 2, ready\n"
        "why_smooth  bob  1  waits: 1 of 2 is below the share asked for\n"
    )
    assert autograde(tiny, "accept", "--classroom", room, "--min-share", "0.5") == 0
    assert autograde(tiny, "accept", "--classroom", room) == 0
    assert len((room / "accepted.log").read_text(encoding="utf-8").splitlines()) == 2


def test_a_dry_run_confirms_nothing(tiny: Course, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grade(tiny, room, {"ann": "It smooths the curve, so that we see the trend."})

    assert autograde(tiny, "accept", "--classroom", room, "--dry-run") == 0

    assert "ann  2  would be accepted: 2 of 2, ready" in capsys.readouterr().out
    assert rows(room, GRADES) == [("ann", 2.0, 1)]
    assert not (room / "accepted.log").exists()


def test_nothing_is_accepted_that_cannot_be_logged(
    tiny: Course, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grade(tiny, room, {"ann": "It smooths the curve, so that we see the trend."})
    (room / "accepted.log").mkdir()

    assert autograde(tiny, "accept", "--classroom", room) == 2

    assert "every bulk acceptance is logged there" in capsys.readouterr().err
    assert rows(room, GRADES) == [("ann", 2.0, 1)]


def test_what_was_handed_in_again_since_is_not_accepted(tiny: Course, room: Path) -> None:
    """The suggestion was for other words than those that are there now."""
    grade(tiny, room, {"ann": "It smooths the curve, so that we see the trend."})
    rooms.hand_in(room, "ann", "averages", {"why_smooth": "No idea."})

    (waiting,) = confirming.find_waiting(tiny, room)
    assert decide(waiting).reason == "the answer or the rubric has changed since; run `autograde grade` again"


def test_the_list_shows_the_same_words_once_with_what_speaks_for_and_against(
    tiny: Course, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grade(tiny, room, {"ann": "For the eyes!", "bob": "for the eyes", "cid": "It is noisy."})

    assert autograde(tiny, "list", "--classroom", room) == 1

    assert capsys.readouterr() == (
        "why_smooth: 3 wait\n"
        "  ann, bob: 0 of 2 suggested, review\n"
        "    For the eyes!\n"
        "    - nothing of the rubric was found\n"
        "  cid: 1 of 2 suggested, ready\n"
        "    It is noisy.\n"
        "\n",
        "3 suggested scores wait for a person\n",
    )
    for student in ("ann", "bob", "cid"):
        person(room, student, 1.0)
    assert autograde(tiny, "list", "--classroom", room) == 0


def test_agreement_is_told_from_thirty_confirmed_answers_on(tiny: Course, room: Path) -> None:
    """For one exercise, by what its rubric says now."""
    grade(tiny, room, {f"s{number:02}": f"It is noisy on {number} days." for number in range(30)})
    for number in range(30):
        person(room, f"s{number:02}", 1.0 if number < 27 else 2.0)

    (question,) = confirming.questions(tiny, room, ())
    assert question.agreement == "27 of 30 people's scores are what the rubric suggests"


def test_an_exercise_that_is_not_there_is_named(tiny: Course, capsys: pytest.CaptureFixture[str]) -> None:
    assert autograde(tiny, "check", "--exercise", "why_smoth") == 2
    assert capsys.readouterr().err == (
        "error: there is no free-text exercise `why_smoth`\n\nhint: did you mean `why_smooth`?\n"
    )


def test_check_fails_below_what_the_course_asks_for(
    tiny: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And passes on the examples in its own rubrics."""
    assert autograde(tiny, "check") == 0
    capsys.readouterr()
    answers = tmp_path / "answers.json"
    answers.write_text(
        '{"exercise": "why_smooth", "answers": [{"id": "a", "answer": "It is noisy.", "items": ["trend"], "points": 2}]}',
        encoding="utf-8",
    )

    assert autograde(tiny, "check", "--answers", answers, "--patterns") == 1

    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "why_smooth: 1 answers, 0% within 0.5 points (at least 80% asked for), r -, 1 ready, 1 wrongly",
        "  noise: right 0, wrongly credited 1, wrongly refused 0",
        "    pattern 1: fired rightly 0, wrongly 1",
        "    pattern 2: fired rightly 0, wrongly 0",
        "  trend: right 0, wrongly credited 0, wrongly refused 1",
        "    pattern 1: fired rightly 0, wrongly 0",
        "  a: suggested 1, expected 2 (no flags): WRONG AND READY; wrongly credited noise; wrongly refused trend",
    ]
    assert err == "below what the course asks for: why_smooth\n"


def test_a_ready_full_score_is_accepted() -> None:
    assert decide(Waiting(stored(FULL), FULL, MATCHER.suggest(FULL))) == Decision(
        stored(FULL), "3 of 3, ready", accept=True
    )


@pytest.mark.parametrize(
    ("text", "changes", "reason"),
    [
        (
            FULL,
            {"key": "000000000000-1-000000000000"},
            "the answer or the rubric has changed since; run `autograde grade` again",
        ),
        (FULL, {"points": 2.5}, "3 would be suggested by now; run `autograde grade` again"),
        ("Yeast makes gas.", {}, "1 of 3 is below the share asked for"),
        ("Yeast makes gas. Imagine that.", {}, "speaks in a picture or a comparison"),
        (
            "Tiny animals breathe in it.",
            {},
            "nothing of the rubric was found, but the answer says something",
        ),
    ],
)
def test_everything_else_is_left_to_a_person_and_says_why(
    text: str, changes: dict[str, object], reason: str
) -> None:
    one = replace(stored(text), **changes)  # type: ignore[arg-type]

    assert decide(Waiting(one, text, MATCHER.suggest(text))) == Decision(one, reason)


def test_a_lower_share_must_be_asked_for() -> None:
    one = Waiting(stored("Yeast makes gas."), "Yeast makes gas.", MATCHER.suggest("Yeast makes gas."))
    assert decide(one, min_share=0.3).accept


def test_a_zero_is_accepted_only_if_there_is_no_answer() -> None:
    for text, accepted in [("", True), ("Why does dough rise in the oven?", True), ("It is good.", False)]:
        one = Waiting(stored(text), text, MATCHER.suggest(text))
        assert decide(one, min_share=0.0).accept == accepted


def test_a_zero_that_a_person_gave_to_the_same_words_is_accepted() -> None:
    now = Neighbours([Confirmed("It is good.", 0.0)]).second_opinion(MATCHER.suggest("It is good."))
    assert decide(Waiting(stored("It is good."), "It is good.", now)).accept


def test_a_classroom_without_gradebook_is_named(tiny: Course, tmp_path: Path) -> None:
    with pytest.raises(AutogradeError, match="has no gradebook"):
        confirming.find_waiting(tiny, tmp_path)


def test_feedback_is_refused_while_a_suggestion_is_unconfirmed(
    tiny: Course, room: Path, tmp_path: Path
) -> None:
    """Whoever waits is named; nothing is written."""
    grade(tiny, room, {"ann": "It is noisy.", "bob": "It is noisy."})
    person(room, "ann", 1.0)
    reports = [report_of(tiny, one, (), ()) for one in find_in_classroom(tiny, room)]
    out = tmp_path / "feedback"

    with pytest.raises(AutogradeError, match=r"bob: `why_smooth`$"):
        feedback.write(tiny, reports, out, context=feedback.context_of(tiny, room))
    assert not out.exists()
    feedback.write(
        tiny, reports, out, context=feedback.context_of(tiny, room), allow_unconfirmed=True, force=True
    )
    assert {path.name for path in out.iterdir()} == {"ann.html", "bob.html"}
    person(room, "bob", 2.0)
    feedback.write(tiny, reports, out, context=feedback.context_of(tiny, room), force=True)


def test_students_read_what_was_found_in_their_own_words(tiny: Course, room: Path) -> None:
    """And of what was not found only that; the suggested points are gone once a person gave others."""
    grade(tiny, room, {"ann": "It is <b>noisy</b>."})
    (report,) = [report_of(tiny, one, (), ()) for one in find_in_classroom(tiny, room)]
    row = '<tr><th scope="row">it evens out noise</th><td>found</td><td><mark>noisy</mark></td></tr>'
    absent = (
        '<tr><th scope="row">the trend becomes visible</th><td>not found in your answer</td><td></td></tr>'
    )

    page = feedback.page(tiny, "ann", [report], context=feedback.context_of(tiny, room))
    assert row in page
    assert absent in page
    assert "<p>1 of 2 points.</p>" in page
    assert "Suggested score - not final until a person confirms it" in page

    person(room, "ann", 2.0)
    page = feedback.page(tiny, "ann", [report], context=feedback.context_of(tiny, room))
    assert row in page
    assert "1 of 2 points" not in page
    assert "Suggested score" not in page


def test_export_leaves_out_a_lesson_in_which_a_suggestion_is_unconfirmed(tiny: Course, room: Path) -> None:
    """It would otherwise be a grade that nobody gave."""
    grade(tiny, room, {"ann": "It is noisy."})

    found = gradebook.read(tiny, room)

    def lessons(unconfirmed: Unconfirmed) -> tuple[set[str], list[str]]:
        options = Options(unconfirmed=unconfirmed)
        ready, notices = split_waiting(found.columns, found.students, found, options)
        return {column.id for column in ready}, [notice.message for notice in notices]

    ready, (message,) = lessons("leave")
    assert "averages" not in ready
    assert message.endswith("a person still has to grade `ann`")
    with pytest.raises(ExportError, match="a person still has to grade `ann`"):
        lessons("refuse")
    assert "averages" in lessons("allow")[0]


def test_results_json_shows_the_suggestion_beside_the_points(tiny: Course, room: Path) -> None:
    """It is no grade: the points are 0 until a person gives some."""
    rooms.hand_in(room, "ann", "averages", {"why_smooth": "It is noisy."})
    reports = [report_of(tiny, one, (), ()) for one in find_in_classroom(tiny, room)]

    item = json.loads("".join(results_json(reports)))["ann"]["why_smooth"]
    assert (item["points"], item["outcome"], item["suggested"]["points"]) == (0, "review", 1.0)
    assert from_json(to_json(reports[0])) == reports[0]


def test_an_answer_that_cannot_be_read_gets_no_suggested_score(tiny: Course, room: Path) -> None:
    """nbgrader's score box stays empty, and a person reads it."""
    grade(
        tiny, room, {"ann": "Weil es das Rauschen glättet und man den Trend sieht, smooth noise und trend."}
    )

    assert rows(room, GRADES) == [("ann", None, 1)]
    assert confirming.find_waiting(tiny, room) == []


def test_nbgraders_own_command_suggests_the_same(tiny: Course, room: Path) -> None:
    """With what confirmed answers taught, in the score box and below the answer; a person's score stays there as well."""
    grade(tiny, room, {"ann": "For the eyes!", "bob": "for the  eyes", "cid": "It is noisy."})
    person(room, "ann", 0.5)
    grade(tiny, room)
    expected = rows(room, GRADES)
    notebook = room / "autograded" / "bob" / "averages" / "averages.ipynb"
    below = [cell for cell in rooms.read(notebook)["cells"] if cell["id"].startswith("why_smooth-note")]

    rooms.nbgrader(room, "autograde", "averages", "--force")

    assert rows(room, GRADES) == expected == [("ann", 0.5, 0), ("bob", 0.5, 1), ("cid", 1.0, 1)]
    shown = [cell for cell in rooms.read(notebook)["cells"] if cell["id"].startswith("why_smooth-note")]
    assert [rooms.source(cell) for cell in shown] == [rooms.source(cell) for cell in below]
    assert "the same answer got 0.5 points from a person" in html.unescape(rooms.source(shown[0]))
