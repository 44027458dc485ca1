"""Notebooks are what students see of a course: complete, self-contained, and without anything that gives marks away."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder import markdown, questions
from autograder.build import environment
from autograder.content import CodeExercise
from autograder.course import Course, read_course
from autograder.notebooks import CLOSED, cells_of, files_of, source_notebook
from tests import rooms

ROOT = Path(__file__).resolve().parents[1]
COURSES = {"tiny": ROOT / "tests" / "courses" / "tiny", "optimizers": ROOT}


@pytest.fixture(params=sorted(COURSES))
def course(request: pytest.FixtureRequest) -> Course:
    """Whatever holds for notebooks holds for every course."""
    found: Course = request.getfixturevalue(request.param)
    return found


def test_every_item_of_a_lesson_has_its_cells_in_order(tiny: Course) -> None:
    """nbgrader knows cells by their ids only; a cell that is missing can neither be answered nor graded."""
    cells = cells_of(tiny, tiny.lesson("averages"))

    assert [(cell.id, cell.kind, cell.solution, cell.points) for cell in cells] == [
        ("text-1", "markdown", False, None),
        ("about-lesson", "markdown", False, None),
        ("moving_average-task", "markdown", False, None),
        ("moving_average", "code", True, None),
        ("moving_average-hints", "markdown", False, None),
        ("moving_average-visible", "code", False, None),
        ("moving_average-checks", "code", False, 5),
        ("why_smooth-question", "markdown", False, None),
        ("why_smooth", "markdown", True, 2),
        ("how_many_windows-question", "markdown", False, None),
        ("how_many_windows", "code", True, None),
        ("how_many_windows-points", "code", False, 1),
        ("wider_window-question", "markdown", False, None),
        ("wider_window", "code", True, None),
        ("wider_window-points", "code", False, 1),
        ("average_bounds-question", "markdown", False, None),
        ("average_bounds", "code", True, None),
        ("average_bounds-points", "code", False, 1),
    ]


def test_points_of_the_cells_add_up_to_those_of_the_lesson(course: Course) -> None:
    """nbgrader's maximum of an assignment is the sum over its cells; ours is in course.yaml and the checks."""
    for lesson in course.lessons:
        assert sum(cell.points or 0 for cell in cells_of(course, lesson)) == lesson.max_points


def test_the_same_course_gives_the_same_bytes(course: Course) -> None:
    """A build that changes files for no reason hides the changes that matter."""
    again = read_course(course.root)
    for lesson, other in zip(course.lessons, again.lessons, strict=True):
        assert source_notebook(cells_of(course, lesson)) == source_notebook(cells_of(again, other))


def test_notebooks_are_valid_and_ids_are_unique(course: Course) -> None:
    """A notebook that the format's own validator refuses opens nowhere."""
    for lesson in course.lessons:
        notebook = nbformat.reads(source_notebook(cells_of(course, lesson)), as_version=4)
        nbformat.validate(notebook)
        ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in notebook.cells]
        assert len(ids) == len(set(ids))


def test_every_cell_with_points_fails_closed(course: Course) -> None:
    """nbgrader gives full points to a grade cell that raises nothing."""
    for lesson in course.lessons:
        for cell in cells_of(course, lesson):
            if cell.points is not None and not cell.solution:
                assert cell.original == f"{cell.source}\n{CLOSED}"
                with pytest.raises(RuntimeError, match="graded by `autograde`"):
                    exec(compile(cell.original, cell.id, "exec"), {})  # noqa: S102  our own cell


def test_a_question_says_nothing_about_its_answer(tiny: Course) -> None:
    """The example answers must not be the right ones, and feedback stays behind."""
    lesson = tiny.lesson("words")
    asked = {q.id: questions.asked(q, 1, 4) for q in lesson.questions}

    assert asked["counting_order"] == (
        "### Question 1 of 4 (1 point)\n\n"
        "Put the steps of counting words in order.\n\n"
        "**a)** strip punctuation from each word\\\n"
        "**b)** split the text into words\\\n"
        "**c)** add one to the count of the word\n\n"
        '*Write the letters in the right order, as in `answer = ["?", "?", "?"]`.*'
    )
    assert "casefold" not in asked["lower_method"]
    assert {questions.answer_cell(q) for q in lesson.questions} == {
        f"# answer to: {q.id}\nanswer = ..." for q in lesson.questions
    }


def test_an_untouched_answer_cell_counts_as_no_answer(course: Course) -> None:
    """The marker line and the blank in the cell must not be taken for an answer."""
    from autograder import quiz

    for lesson in course.lessons:
        for question in lesson.questions:
            assert quiz.read_answer(questions.answer_cell(question)) is None
        for cell in cells_of(course, lesson):
            if cell.kind == "markdown" and cell.solution:
                assert not course.is_answered(cell.id, cell.source)


TEXT = """\
# Title

Intro
## One
```python
## no heading
![no picture](dot.svg)
```
![a "dot"](dot.svg) and ![far](https://example.org/x.png) and ![gone](gone.svg) and ![out](../secret.svg)
```python run
print("## no heading either")
```
## Two
~~~
```python run
~~~
after
"""


def test_text_is_split_at_headings_and_runnable_code() -> None:
    """Only `## ` outside of code begins a cell, and only `python run` is run."""
    blocks = markdown.split(TEXT)

    assert [(block.kind, block.source.splitlines()[0]) for block in blocks] == [
        ("markdown", "# Title"),
        ("markdown", "## One"),
        ("code", 'print("## no heading either")'),
        ("markdown", "## Two"),
    ]
    assert blocks[3].source == "## Two\n~~~\n```python run\n~~~\nafter"


def test_pictures_become_part_of_the_notebook(tmp_path: Path) -> None:
    """A student has one file; a picture outside of the lesson's folder or on the network is not taken in."""
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "dot.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")

    text = markdown.with_pictures(TEXT, folder)

    data = base64.b64encode(b"<svg/>").decode()
    assert f'<img src="data:image/svg+xml;base64,{data}" alt="a &quot;dot&quot;">' in text
    for kept in ("![no picture](dot.svg)", "(https://example.org/x.png)", "(gone.svg)", "(../secret.svg)"):
        assert kept in text


def test_files_that_cells_mention_are_shipped_and_no_others(optimizers: Course) -> None:
    """Only from course/, and never the scripts behind the data."""
    shipped = {
        lesson.id: sorted(files_of(optimizers, cells_of(optimizers, lesson))) for lesson in optimizers.lessons
    }

    assert shipped["what-is-an-optimizer"] == ["problems.py"]
    assert shipped["stochastic-gradient-descent"] == ["housing_customers.csv", "problems.py"]
    assert shipped["gradient-descent"] == []


def _secrets(course: Course) -> list[str]:
    """Lines that only authors and graders may see: of the solutions, the hidden checks, and the quiz's feedback."""
    public = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (course.root / "course").rglob("*")
        if path.suffix in (".md", ".py")
    )
    lines = []
    for tree in ("solutions", "tests/hidden"):
        for path in sorted((course.root / tree).rglob("*.py")):
            lines += [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    titles = {check.title for checks in course.checks.values() for check in checks}
    for lesson in course.lessons:
        for question in lesson.questions:
            lines += [question.feedback.right, question.feedback.wrong]
            lines += [option.feedback for option in getattr(question, "options", ())]
        for exercise in lesson.exercises:
            for concept in getattr(exercise, "concepts", ()):
                lines.append(concept.label)
            for example in getattr(exercise, "examples", ()):
                lines.append(example.answer)
    return sorted(
        {line for line in lines if len(line) > 25 and line not in public and line.strip('"') not in titles}
    )


def test_a_release_holds_no_solution_no_hidden_check_and_no_quiz_answer(course: Course) -> None:
    """Everything in the release folder is public for ever."""
    secrets = _secrets(course)
    assert len(secrets) > 30
    assert any("assert" in secret for secret in secrets)
    for path in sorted(p for p in (rooms.built(course.root) / "release").rglob("*") if p.is_file()):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            text = "\n".join(rooms.source(cell) for cell in rooms.read(path)["cells"])
            assert "HIDDEN" not in text
        assert [secret for secret in secrets if secret in text] == []


def test_released_answer_cells_are_blank_and_starters_whole(course: Course) -> None:
    """nbgrader would put `# YOUR CODE HERE` in the place of a starter, and lose its docstring and parts."""
    room = rooms.built(course.root)
    for lesson in course.lessons:
        cells = rooms.by_id(rooms.read(room / "release" / lesson.id / f"{lesson.id}.ipynb"))
        for question in lesson.questions:
            assert rooms.source(cells[question.id]) == f"# answer to: {question.id}\nanswer = ..."
        for exercise in lesson.exercises:
            if isinstance(exercise, CodeExercise):
                starter = course.exercise_folder(exercise.id) / "starter.py"
                assert rooms.source(cells[exercise.id]) == starter.read_text(encoding="utf-8").strip("\n")


RUN = """
import json, sys
from nbclient import NotebookClient
import nbformat
for path in sys.argv[1:]:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": "."}}).execute()
    nbformat.write(notebook, path)
"""


def _run(folder: Path, notebooks: list[Path]) -> None:
    """Runs notebooks from top to bottom where neither our package nor nbgrader can be imported."""
    blocked = folder / "blocked"
    blocked.mkdir()
    for name in ("autograder", "nbgrader", "yaml", "pydantic", "pytest"):
        (blocked / f"{name}.py").write_text(
            "raise ImportError('students do not have this')", encoding="utf-8"
        )
    done = subprocess.run(
        [sys.executable, "-c", RUN, *map(str, notebooks)],
        cwd=folder,
        env={**environment(), "PYTHONPATH": str(blocked), "MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


def _stdout(cell: dict[str, Any]) -> str:
    return "".join("".join(out["text"]) for out in cell["outputs"] if out.get("name") == "stdout")


def test_released_notebooks_run_from_top_to_bottom(course: Course, tmp_path: Path) -> None:
    """With the model solutions every visible check is green, and what is graded does nothing. Untouched as well: those of our own course
    are run by `test_lessons_notebooks`."""
    room = rooms.built(course.root)
    untouched, solved = [], []
    for lesson in course.lessons:
        for path in (room / "release" / lesson.id).iterdir():
            shutil.copy(path, tmp_path / path.name)
        notebook = rooms.read(tmp_path / f"{lesson.id}.ipynb")
        if course.root != ROOT:
            untouched.append(tmp_path / f"{lesson.id}.ipynb")
        for grade_id, text in rooms.all_right(course, lesson.id).items():
            rooms.by_id(notebook)[grade_id]["source"] = text
        solved.append(tmp_path / f"solved-{lesson.id}.ipynb")
        rooms.write(solved[-1], notebook)

    _run(tmp_path, [*untouched, *solved])

    for lesson, path in zip(course.lessons, solved, strict=True):
        cells = rooms.by_id(rooms.read(path))
        for exercise in lesson.exercises:
            if isinstance(exercise, CodeExercise):
                assert "all visible checks pass" in _stdout(cells[f"{exercise.id}-visible"])
                assert cells[f"{exercise.id}-checks"]["outputs"] == []


def test_titles_of_checks_and_their_points_stand_in_the_last_cell(tiny: Course) -> None:
    """Students know what is graded before they hand in."""
    cells = {cell.id: cell for cell in cells_of(tiny, tiny.lesson("averages"))}

    assert cells["moving_average-checks"].source == (
        "# What is graded after you hand in (5 points).\n"
        "# There is nothing to do in this cell.\n"
        "#\n"
        "#    1  has one value for every full window\n"
        "#    2  averages each window\n"
        "#    1  gives decimal numbers for whole ones\n"
        "#    1  leaves the values of the caller alone"
    )
    about = cells["about-lesson"].source
    assert "hand in by 1 March 2027, 18:00 (UTC+01:00)" in about
    assert "| code | A moving average | 5 |\n" in about
    assert about.count("| quiz |") == 1
    assert "| quiz | 3 questions | 3 |" in about
    assert json.loads(source_notebook([cells["about-lesson"]]))["cells"][0]["metadata"]["nbgrader"]["locked"]
    assert re.search(r"\*\*10 points in all\.\*\*", about)


def test_nothing_that_we_write_into_a_code_cell_is_wider_than_a_narrow_window(course: Course) -> None:
    """Long titles of checks go on in the next line; in a code cell they would scroll sideways."""
    ours = [
        line
        for lesson in course.lessons
        for cell in cells_of(course, lesson)
        if cell.kind == "code" and cell.grade
        for line in cell.source.splitlines()
    ]

    assert ours
    assert [line for line in ours if len(line) > 60] == []
    assert [line for line in ours if not line.startswith("#")] == []
