"""`autograde new`: what it writes already works, and what stood in course.yaml stays as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder import sandbox, scaffold
from autograder.cli import new, run
from autograder.course import inspect, read_course
from autograder.errors import AutogradeError
from autograder.scaffold.insert import append
from autograder.verify import verify
from autograder.yamlsource import parse
from tests.pools import pool_of

TINY = Path(__file__).resolve().parent / "courses" / "tiny"


def autograde(root: Path, *words: str) -> int:
    return run(["--course", str(root), *words])


def problems_of(root: Path) -> list[str]:
    return [str(problem) for problem in inspect(root)[1]]


def test_a_new_course_passes_validate_and_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first thing that an author runs must be green: starter 0, solution and variant all, each mistake named."""
    root = tmp_path / "My course 2"

    assert run(["new", "course", str(root), "--title", 'Tea: "all" of it']) == 0

    listed = capsys.readouterr().out.split()
    assert sorted(listed) == sorted(
        path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()
    )
    assert problems_of(root) == []
    course = read_course(root)
    assert (course.id, course.title) == ("my-course-2", 'Tea: "all" of it')
    (verified,) = verify(course, pool_of(root, unsafe=not sandbox.probe().enough))
    assert (verified.problems, verified.remarks) == ((), ())
    assert len(verified.of_kind("mistakes")) == 4


def test_lessons_exercises_and_questions_of_every_kind_can_be_added(tmp_path: Path) -> None:
    """To the last lesson, or to one that is named; after each step the course is right."""
    root = tmp_path / "tea"
    scaffold.new_course(root)

    steps = [
        ("lesson", "green-tea", "--title", "Green tea"),
        ("exercise", "brew"),
        ("exercise", "why_hot", "--type", "text"),
        *(("quiz", f"q_{number}", "--type", kind) for number, kind in enumerate(scaffold.QUESTION_TYPES)),
        ("exercise", "pour", "--lesson", "first-lesson"),
        ("quiz", "true_or_not", "--type", "true-false", "--lesson", "first-lesson"),
        ("lesson", "black-tea"),
    ]
    for step in steps:
        assert autograde(root, "new", *step) == 0
        assert problems_of(root) == []

    first, green, black = read_course(root).lessons
    assert [item.id for item in first.items] == ["average", "pour", "sum_or_average", "true_or_not"]
    assert [item.id for item in green.items] == ["brew", "why_hot", *(f"q_{n}" for n in range(7))]
    assert (green.title, black.title, black.items) == ("Green tea", "Black tea", ())


def test_nothing_that_stood_there_is_changed(tmp_path: Path) -> None:
    """Comments, order and spacing are the author's: the old lines are all there, in their order."""
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    before = (root / "course.yaml").read_text(encoding="utf-8").splitlines()

    autograde(root, "new", "quiz", "one_more", "--lesson", "averages")
    autograde(root, "new", "exercise", "median", "--lesson", "averages")
    autograde(root, "new", "lesson", "more")

    after = (root / "course.yaml").read_text(encoding="utf-8").splitlines()
    rest = iter(after)
    assert all(line in rest for line in before)
    assert len(after) > len(before)
    assert problems_of(root) == []


def test_a_lesson_in_a_file_of_its_own_gets_it_there(tmp_path: Path) -> None:
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    before = (root / "course.yaml").read_bytes()

    assert autograde(root, "new", "quiz", "one_more", "--lesson", "words") == 0

    assert (root / "course.yaml").read_bytes() == before
    assert "one_more" in (root / "course/lessons/02-words/lesson.yaml").read_text(encoding="utf-8")
    assert problems_of(root) == []


REFUSED = {
    ("lesson", "averages"): "there is a lesson `averages` already",
    ("lesson", "Two words"): "`Two words` cannot be an id",
    ("exercise", "moving_average"): "there is an exercise or question `moving_average` already",
    ("exercise", "same_word"): "there is an exercise or question `same_word` already",
    ("exercise", "two-words"): "`two-words` cannot be an id",
    ("quiz", "new_one", "--lesson", "avrages"): "there is no lesson `avrages`",
    ("exercise", "median"): "`tests/hidden/median/check_median.py` is there already",
}


@pytest.mark.parametrize("words", list(REFUSED), ids=" ".join)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half an exercise would be worse than none."""
    root = Path(shutil.copytree(TINY, tmp_path / "tiny"))
    (root / "tests/hidden/median").mkdir()
    (root / "tests/hidden/median/check_median.py").write_text("# mine\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    status = autograde(root, "new", *words)

    told = capsys.readouterr()
    assert (2, "") == (status, told.out)
    assert f"error: {REFUSED[words]}" in told.err
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_new_course_does_not_overwrite_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "course.yaml").write_text("mine\n", encoding="utf-8")

    assert run(["new", "course", str(tmp_path)]) == 2
    assert "`course.yaml` is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["course.yaml"]


def test_the_choices_on_the_command_line_are_the_types_that_can_be_written() -> None:
    """They stand there a second time so that `--help` need not import the types."""
    assert new._TYPES == scaffold.QUESTION_TYPES


ENTRY = "id: x\ntext: |\n  two\n\n  lines\n"
WRITTEN = {
    "a list": "lessons:\n  - id: a\n    quiz:\n      - id: q\n",
    "a list below its key": "lessons:\n- id: a\n  quiz:\n  - id: q\n  # about what follows\nlast: 1\n",
    "no list yet": "lessons:\n  - id: a\n    title: A\n  # the next one\n\nlast: 1\n",
    "no line end": "lessons:\n  - id: a\n    quiz:\n      - id: q",
    "Windows": "lessons:\r\n  - id: a\r\n    quiz:\r\n      - id: q\r\nlast: 1\r\n",
    "a text with lines": "lessons:\n  - id: a\n    quiz:\n      - id: q\n        question: |\n          - no item\n\n          # no comment\nlast: 1\n",
    "a folded text": "lessons:\n  - id: a\n    quiz:\n      - id: q\n        question: over\n          two lines\n    title: A\n",
}  # fmt: skip


@pytest.mark.parametrize("case", list(WRITTEN))
def test_an_entry_is_put_in_however_the_file_is_written(case: str) -> None:
    text = WRITTEN[case]

    changed = append(text, "f", ("lessons", 0), "quiz", ENTRY)

    data = parse(changed.encode("utf-8"), "f").data
    before = parse(text.encode("utf-8"), "f").data
    added = data["lessons"][0].pop("quiz")
    assert added == (*before["lessons"][0].pop("quiz", ()), {"id": "x", "text": "two\n\nlines\n"})
    assert data == before
    assert ("\r\n" in text) == ("\r\n" in changed)
    assert changed.count("\r\n") in (0, changed.count("\n"))
    for line in text.split():
        assert line in changed


IN_BRACKETS = {
    "a mapping": "lessons:\n  - {id: a, quiz: [{id: q}]}\n",
    "a list": "lessons:\n  - id: a\n    quiz: [{id: q}]\n",
    "an empty list": "lessons:\n  - id: a\n    quiz: []\n",
    "nothing": "lessons:\n  - id: a\n    quiz:\n",
    "an alias": "lessons:\n  - id: a\n    quiz: &x\n      - id: q\n  - id: b\n    quiz: *x\n",
}


@pytest.mark.parametrize("case", list(IN_BRACKETS))
def test_where_it_cannot_be_put_in_the_author_gets_the_lines(case: str) -> None:
    """Better than a file that means something else afterwards."""
    with pytest.raises(AutogradeError, match="cannot be put in") as caught:
        append(IN_BRACKETS[case], "f", ("lessons", 0), "quiz", ENTRY)

    assert caught.value.message.startswith("f:2:5")
    assert "  - id: x\n    text: |\n" in caught.value.hint
