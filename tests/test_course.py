"""A course without problems is one object in which everything of its files can be found; a second course proves it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from autograder.briefing import briefing_of
from autograder.checks import Check
from autograder.content import CodeExercise, Extension, Grading, Late, Limits, TextExercise
from autograder.course import Course, inspect, read_course
from autograder.course_files import find_file_problems
from autograder.course_parse import Draft
from autograder.errors import CourseError, Problem
from autograder.quiz import Matching, Numeric, Ordering, SeveralChoices, ShortAnswer, SingleChoice, TrueFalse
from tests.accounts import somebody_else
from tests.editing import edit

TINY = Path(__file__).resolve().parent / "courses" / "tiny"
MIB = 1024**2


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the tiny course that a test may change."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def test_the_header_of_the_course(tiny: Course) -> None:
    assert ("small-data", "Small data", "", "") == (tiny.id, tiny.title, tiny.before, tiny.after)
    assert tiny.grading == Grading(
        late=Late(percent_per_day=20.0, at_most=60.0, grace_minutes=0.0),
        attempts="best",
        extensions=(Extension(student="ann", lesson="averages", due="2027-03-08T18:00:00+01:00"),),
    )
    assert tiny.limits == Limits(memory=512 * MIB, seconds_per_check=5.0, seconds=20.0)
    assert tiny.reveal_inputs is False


def test_lessons_stand_in_their_order_with_items_and_points(tiny: Course) -> None:
    """One of them is written in course.yaml, the other in a file of its own; nobody can tell afterwards."""
    averages, words = tiny.lessons

    assert (averages.id, averages.title, averages.number) == ("averages", "Averages that move", 1)
    assert averages.due == datetime.fromisoformat("2027-03-01T18:00:00+01:00")
    assert averages.lms == {"canvas": "7001", "moodle": "averages"}
    assert averages.folder == TINY / "course/lessons/01-averages"
    assert [(item.id, type(item), tiny.max_points(item.id)) for item in averages.items] == [
        ("moving_average", CodeExercise, 5),
        ("why_smooth", TextExercise, 2),
        ("how_many_windows", Numeric, 1),
        ("wider_window", SingleChoice, 1),
        ("average_bounds", TrueFalse, 1),
    ]
    assert averages.max_points == 10

    assert (words.id, words.title, words.number, words.due) == ("words", "Counting words", 2, None)
    assert [(item.id, type(item), tiny.max_points(item.id)) for item in words.items] == [
        ("word_count", CodeExercise, 5),
        ("same_word", SeveralChoices, 2),
        ("lower_method", ShortAnswer, 1),
        ("counting_order", Ordering, 1),
        ("word_tools", Matching, 1),
    ]
    assert words.max_points == 10


def test_checks_stand_in_their_order_with_points_and_needs(tiny: Course) -> None:
    file = "check_moving_average.py"
    assert tiny.checks["moving_average"] == (
        Check(
            "test_length",
            "has one value for every full window",
            1,
            "there are n - window + 1 full windows",
            (),
            "test_length",
            file,
        ),
        Check(
            "test_means",
            "averages each window",
            2,
            "add up the values of a window and divide by `window`",
            ("test_length",),
            "test_means",
            file,
        ),
        Check(
            "test_whole_numbers",
            "gives decimal numbers for whole ones",
            1,
            "`np.array(values, dtype=float)` turns whole numbers into decimal ones",
            (),
            "test_whole_numbers",
            file,
        ),
        Check(
            "test_values_stay",
            "leaves the values of the caller alone",
            1,
            "work on a copy: `np.array(values, dtype=float)`",
            ("test_length",),
            "test_values_stay",
            file,
        ),
    )
    assert list(tiny.checks) == ["moving_average", "word_count"]


def test_everything_is_found_by_its_id(tiny: Course) -> None:
    assert tiny.lesson("words") is tiny.lessons[1]
    assert tiny.lesson_of("word_tools") is tiny.lessons[1]
    assert tiny.item("why_smooth") is tiny.lessons[0].exercises[1]
    assert [exercise.id for exercise in tiny.code_exercises] == ["moving_average", "word_count"]
    assert [exercise.id for exercise in tiny.text_exercises] == ["why_smooth"]
    assert tiny.item_ids - tiny.answerable == {"moving_average", "word_count"}
    for find in (tiny.lesson, tiny.lesson_of, tiny.item, tiny.max_points):
        with pytest.raises(KeyError):
            find("nothing")  # type: ignore[operator]


def test_the_folders_of_an_exercise_have_its_id_as_their_name(tiny: Course) -> None:
    assert tiny.exercise_folder("word_count") == TINY / "course/exercises/word_count"
    assert tiny.checks_folder("word_count") == TINY / "tests/hidden/word_count"
    assert tiny.solutions_folder("word_count") == TINY / "solutions/word_count"
    assert tiny.problems_path is None
    assert tiny.problem_names == ()


def test_limits_of_an_exercise_take_the_place_of_the_courses(tiny: Course) -> None:
    """Only those that it names: the memory of the course stays."""
    moving_average, word_count = tiny.code_exercises

    assert tiny.limits_of(moving_average) == tiny.limits
    assert tiny.limits_of(word_count) == Limits(memory=512 * MIB, seconds_per_check=5.0, seconds=10.0)


@pytest.mark.parametrize(
    "source", ["", "   \n", "<!-- write here -->", "*Your answer here.*", "YOUR ANSWER HERE"]
)
def test_what_the_notebook_was_released_with_is_no_answer(source: str, tiny: Course) -> None:
    assert not tiny.is_answered("why_smooth", source)


@pytest.mark.parametrize("source", ["0", "It smooths.", "YOUR ANSWER HERE: it smooths"])
def test_a_word_is_an_answer(source: str, tiny: Course) -> None:
    assert tiny.is_answered("why_smooth", source)


@pytest.mark.parametrize(
    "file",
    [
        "course.yaml",
        "course/lessons/02-words/lesson.yaml",
        "tests/hidden/word_count/check_word_count.py",
    ],
)
def test_the_digest_changes_with_each_file_that_decides_a_grade(file: str, copy: Path) -> None:
    """What was graded under other rules is graded again."""
    before = read_course(copy).digest
    with (copy / file).open("a", encoding="utf-8") as stream:
        stream.write("# a comment\n")

    assert read_course(copy).digest != before


def test_the_digest_stays_when_texts_and_solutions_change(copy: Path) -> None:
    """A typo in a lesson must not grade the whole class anew; nor must the folder that the course lies in."""
    before = read_course(copy).digest
    with (copy / "course/lessons/01-averages/lesson.md").open("a", encoding="utf-8") as stream:
        stream.write("One more sentence.\n")
    shutil.rmtree(copy / "solutions")
    (copy / "tests/hidden/word_count/__pycache__").mkdir()
    (copy / "tests/hidden/word_count/__pycache__/x.pyc").write_bytes(b"x")

    assert read_course(copy).digest == before == read_course(TINY).digest


def test_faults_in_solutions_are_found_but_keep_nobody_from_grading(copy: Path) -> None:
    """Marks are the same when `solutions/` is deleted; so they are when it is broken."""
    (copy / "solutions/word_count/solution.py").write_text("def (", encoding="utf-8")
    (copy / "solutions/stray").mkdir()

    assert {problem.rule for problem in inspect(copy)[1]} == {"python-syntax", "stray-folder"}
    assert read_course(copy).id == "small-data"


def test_any_other_fault_keeps_the_course_from_being_read(copy: Path) -> None:
    """All faults are in the exception, those of solutions aside."""
    edit(copy / "course.yaml", "attempts: best", "attempts: worst")
    (copy / "course/lessons/02-words/lesson.md").unlink()
    (copy / "solutions/stray").mkdir()

    with pytest.raises(CourseError, match="2 problems") as caught:
        read_course(copy)

    assert [problem.rule for problem in caught.value.problems] == ["unknown-value", "missing-file"]


def test_a_course_without_solutions_is_complete(copy: Path) -> None:
    """An instructor who only wants checks need not write them."""
    shutil.rmtree(copy / "solutions")

    assert inspect(copy)[1] == []


def test_a_hidden_check_is_never_run_by_reading(copy: Path) -> None:
    """`validate` and `build` run on machines without a sandbox, and checks may be a stranger's pull request."""
    file = copy / "tests/hidden/word_count/check_word_count.py"
    file.write_text(file.read_text(encoding="utf-8") + "\nraise SystemExit('run')\n", encoding="utf-8")
    for name in ("starter.py", "visible_checks.py"):
        with (copy / "course/exercises/word_count" / name).open("a", encoding="utf-8") as stream:
            stream.write("\nraise SystemExit('run')\n")

    assert len(read_course(copy).checks["word_count"]) == 4


def test_a_lesson_file_outside_of_the_course_is_not_read(copy: Path) -> None:
    """A course is copied and zipped as one folder; half of it elsewhere would be lost."""
    edit(copy / "course.yaml", "- course/lessons/02-words/lesson.yaml", "- ../lesson.yaml")
    shutil.copy(copy / "course/lessons/02-words/lesson.yaml", copy.parent / "lesson.yaml")

    assert "lesson-file" in {problem.rule for problem in inspect(copy)[1]}


def test_a_file_that_nobody_may_read_is_named() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copied = shutil.copytree(TINY, Path(folder, "course"))
        secret = copied / "tests" / "hidden" / "secret.txt"
        secret.write_text("42")
        secret.chmod(0)
        with somebody_else(), pytest.raises(CourseError) as caught:
            read_course(copied)
    (problem,) = caught.value.problems
    assert str(problem) == "tests/hidden/secret.txt: cannot be read: Permission denied [unreadable-file]"


def test_a_file_whose_name_is_no_text_is_refused(copy: Path) -> None:
    """It could be graded with here, and not on other machines."""
    (copy / "tests" / "hidden" / os.fsdecode(b"caf\xe9.csv")).write_text("1")
    with pytest.raises(CourseError) as caught:
        read_course(copy)
    (problem,) = caught.value.problems
    assert str(problem).startswith(r"tests/hidden/caf\xe9.csv: the name is not UTF-8 text [unreadable-file]")


def test_what_was_read_is_what_was_hashed(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may be edited just when it has been read."""
    check = copy / "tests" / "hidden" / "word_count" / "check_word_count.py"
    points = read_course(copy).max_points("word_count")
    edited: list[str] = []

    def find_and_edit(root: Path, draft: Draft) -> Iterator[Problem]:
        if not edited:
            edited.append(check.read_text("utf-8"))
            check.write_text(edited[0].replace("points=1", "points=4"), encoding="utf-8")
        return find_file_problems(root, draft)

    monkeypatch.setattr("autograder.course.find_file_problems", find_and_edit)
    course = read_course(copy)

    assert course.max_points("word_count") > points
    assert course.digest == read_course(copy).digest


def test_a_briefing_travels_as_json(tiny: Course) -> None:
    assert briefing_of(json.loads(json.dumps(tiny.briefing.plain()))) == tiny.briefing


def test_links_that_lead_back_have_an_end(copy: Path) -> None:
    before = read_course(copy).digest
    (copy / "tests" / "hidden" / "word_count" / "again").symlink_to("..")
    (copy / "tests" / "hidden" / "word_count" / "above").symlink_to("../..")

    assert read_course(copy).digest == before


def test_nobody_grades_where_checks_import_from_another_exercise(copy: Path) -> None:
    """A changed check would grade only its own lesson again."""
    check = copy / "tests" / "hidden" / "word_count" / "check_word_count.py"
    check.write_text(f"{check.read_text('utf-8')}\n\nfrom moving_average.check_moving_average import check\n")
    with pytest.raises(CourseError) as caught:
        read_course(copy)
    assert [problem.rule for problem in caught.value.problems] == ["check-import"]


def test_a_lesson_file_beside_what_checks_read_is_not_taken_for_it(copy: Path) -> None:
    """A checker compares what checks read with what is there, and would refuse for ever."""
    (copy / "course/lessons/02-words/lesson.yaml").rename(copy / "tests/hidden.yaml")
    edit(copy / "course.yaml", "course/lessons/02-words/lesson.yaml", "tests/hidden.yaml")
    course = read_course(copy)

    assert "tests/hidden.yaml" in course.files
    course.briefing.refuse_edited()
