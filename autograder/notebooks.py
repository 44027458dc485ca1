"""Turns a lesson into the cells of its nbgrader notebook, and those into bytes that are the same every time.

Everything comes from `course/` and course.yaml; solutions and hidden checks are never opened, only the titles and points of
the checks are named. Every cell that carries points ends, in the source version, in a block that raises: nbgrader gives full
points to a cell without output, and must give none when it grades without us.
"""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from autograder import markdown, questions
from autograder.content import CodeExercise, TextExercise
from autograder.course import Course, Lesson
from autograder.errors import counted
from autograder.quiz import Question

SCHEMA = 3
"""The version of nbgrader's cell metadata."""

CLOSED = """\
### BEGIN HIDDEN TESTS
raise RuntimeError("graded by `autograde`: run it, or run nbgrader with the nbgrader_config.py that it wrote")
### END HIDDEN TESTS"""

ABOUT = "about-lesson"
"""The id of the cell that says what is graded; ids of exercises hold no dash."""

WIDTH = 60
"""The longest line that a code cell shows in a narrow window without scrolling sideways."""

TEXT_STUB = "*Write your answer here.*"
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class SourceCell:
    """One cell as students get it; `id` is nbgrader's grade_id. What is no solution is locked."""

    id: str
    kind: Literal["markdown", "code"]
    source: str
    solution: bool = False
    points: int | None = None

    @property
    def grade(self) -> bool:
        return self.points is not None

    @property
    def locked(self) -> bool:
        return not self.solution

    @property
    def original(self) -> str:
        """The source in the instructor's version, which fails closed."""
        return f"{self.source}\n{CLOSED}" if self.grade and self.locked else self.source


def cells_of(course: Course, lesson: Lesson) -> tuple[SourceCell, ...]:
    """All cells of the lesson's notebook, in their order: text, code exercises and free text, quiz."""
    cells = [_about(course, lesson), *_text_cells(lesson)]
    for exercise in lesson.exercises:
        if isinstance(exercise, CodeExercise):
            cells += _code_cells(course, exercise)
        else:
            cells += _free_text_cells(exercise)
    for number, question in enumerate(lesson.questions, 1):
        cells += _quiz_cells(question, number, len(lesson.questions))
    # the title comes before the table of what is graded
    return (cells[1], cells[0], *cells[2:]) if len(cells) > 1 and cells[1].id == "text-1" else tuple(cells)


def source_notebook(cells: Sequence[SourceCell]) -> str:
    """The instructor's version of a notebook, as JSON."""
    return _as_json([_as_dict(cell, cell.original) for cell in cells])


def graded_cell(course: Course, item_id: str) -> str:
    """The grade_id of the cell that carries the points of an exercise or question."""
    item = course.item(item_id)
    if isinstance(item, CodeExercise):
        return f"{item_id}-checks"
    return item_id if isinstance(item, TextExercise) else f"{item_id}-points"


def files_of(course: Course, cells: Sequence[SourceCell]) -> dict[str, Path]:
    """The files that the cells of a lesson need beside its notebook: name -> file, only from `course/`.

    `problems.py` where a cell imports it, and each file of `course/data/` whose name is mentioned.
    """
    text = "\n".join(cell.source for cell in cells)
    files: dict[str, Path] = {}
    problems = course.problems_path
    if problems and re.search(rf"\b(?:from|import)\s+{re.escape(problems.stem)}\b", text):
        files[problems.name] = problems
        text += problems.read_text(encoding="utf-8")
    for path in _data_files(course.root / "course" / "data"):
        if path.suffix != ".py" and re.search(rf"(?<![\w.-]){re.escape(path.name)}(?![\w-])", text):
            files[path.name] = path
    return files


def metadata_of(cell: SourceCell) -> dict[str, Any]:
    """What nbgrader keeps in the metadata of a cell."""
    nbgrader: dict[str, Any] = {
        "grade": cell.grade,
        "grade_id": cell.id,
        "locked": cell.locked,
        "schema_version": SCHEMA,
        "solution": cell.solution,
        "task": False,
    }
    if cell.points is not None:
        nbgrader["points"] = cell.points
    return {"nbgrader": nbgrader}


def notebook_of(cells: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A notebook that holds *cells*, for the kernel that every Jupyter has."""
    return {
        "cells": list(cells),
        "metadata": {"kernelspec": dict(_KERNEL), "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def cell_id(name: str) -> str:
    """The id of a cell in the notebook format: *name* where that is allowed, else a hash of it."""
    if re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name):
        return name
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _as_dict(cell: SourceCell, source: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "cell_type": cell.kind,
        "id": cell_id(cell.id),
        "metadata": metadata_of(cell),
        "source": source.splitlines(keepends=True),
    }
    if cell.kind == "code":
        found |= {"execution_count": None, "outputs": []}
    return found


def _as_json(cells: Sequence[dict[str, Any]]) -> str:
    return json.dumps(notebook_of(cells), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _text_cells(lesson: Lesson) -> Iterator[SourceCell]:
    text = (lesson.folder / "lesson.md").read_text(encoding="utf-8")
    for number, block in enumerate(markdown.split(text), 1):
        source = block.source
        if block.kind == "markdown":
            source = markdown.with_pictures(source, lesson.folder)
        yield SourceCell(f"text-{number}", block.kind, source)


def _about(course: Course, lesson: Lesson) -> SourceCell:
    """What this notebook is, when it is due, and what earns points in it."""
    place = f"Lesson {lesson.number} of {len(course.lessons)} in **{course.title}**"
    lines = [f"{place}{_due(lesson.due)}", _neighbours(course, lesson)]
    if lesson.items:
        rows = [f"| {kind} | {title} | {points} |" for kind, title, points in _items(course, lesson)]
        lines += ["\n".join(["| what is graded | | points |", "|---|---|--:|", *rows])]
        lines += [f"**{questions.points(lesson.max_points)} in all.** {_HOW}"]
    return SourceCell(ABOUT, "markdown", "\n\n".join(line for line in lines if line))


_HOW = (
    "Write your answers only in the cells that are meant for them, and do not delete cells. "
    "*Visible checks* tell you at once whether you are on the right way; the checks that earn the points run after you hand in. "
    "You may add cells of your own."
)


def _due(due: datetime | None) -> str:
    if due is None:
        return ""
    zone = due.strftime("%z")
    return f" · hand in by {due.day} {due.strftime('%B %Y, %H:%M')} (UTC{zone[:3]}:{zone[3:5]})"


def _neighbours(course: Course, lesson: Lesson) -> str:
    """What the course builds on, in its first notebook, and where it leads, in its last."""
    if lesson.number == 1 and course.before:
        return f"Before this course: {course.before}."
    if lesson.number == len(course.lessons) and course.after:
        return f"After this course: {course.after}."
    return ""


def _items(course: Course, lesson: Lesson) -> Iterator[tuple[str, str, int]]:
    for exercise in lesson.exercises:
        kind = "code" if isinstance(exercise, CodeExercise) else "free text, read by a person"
        title = exercise.title or _one_line(exercise.question if isinstance(exercise, TextExercise) else "")
        yield kind, _in_table(title), course.max_points(exercise.id)
    count = len(lesson.questions)
    if count:
        yield "quiz", counted(count, "question"), sum(one.points for one in lesson.questions)


def _code_cells(course: Course, exercise: CodeExercise) -> list[SourceCell]:
    folder, name = course.exercise_folder(exercise.id), exercise.id
    points = questions.points(course.max_points(name))
    task = markdown.below_heading(_read(folder / "task.md"), f"**{points}**")
    cells = [SourceCell(f"{name}-task", "markdown", markdown.with_pictures(task, folder))]
    cells += [SourceCell(name, "code", _read(folder / "starter.py"), solution=True)]
    if (folder / "hints.md").is_file():
        cells += [SourceCell(f"{name}-hints", "markdown", _hints(_read(folder / "hints.md")))]
    if (folder / "visible_checks.py").is_file():
        cells += [SourceCell(f"{name}-visible", "code", _read(folder / "visible_checks.py"))]
    listed = [f"# What is graded after you hand in ({points}).", _NOTHING, "#"]
    for check in course.checks[name]:
        listed += _comment(f"#  {check.points:3}  ", _one_line(check.title))
    return [*cells, SourceCell(f"{name}-checks", "code", "\n".join(listed), points=course.max_points(name))]


_NOTHING = "# There is nothing to do in this cell."


def _comment(begin: str, text: str) -> list[str]:
    """*text* as a comment whose first line starts with *begin* and whose others stand below its text."""
    rest = f"#{' ' * (len(begin) - 1)}"
    return textwrap.wrap(text, WIDTH, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False)


def _hints(text: str) -> str:
    """Hints that open one by one."""
    folded = [
        f"<details>\n<summary>Hint{f' for {_lower(heading)}' if heading else ''}</summary>\n\n{body}\n\n</details>"
        for heading, body in markdown.sections(text)
    ]
    return "\n\n".join(folded)


def _free_text_cells(exercise: TextExercise) -> list[SourceCell]:
    heading = f"## {exercise.title or 'In your own words'}"
    question = f"{heading}\n\n**{questions.points(exercise.points)}**, read by a person\n\n{exercise.question.strip()}"
    stub = f"<!-- answer to: {exercise.id} -->\n{TEXT_STUB}"
    return [
        SourceCell(f"{exercise.id}-question", "markdown", question),
        SourceCell(exercise.id, "markdown", stub, solution=True, points=exercise.points),
    ]


def _quiz_cells(question: Question, number: int, count: int) -> list[SourceCell]:
    asked = questions.asked(question, number, count)
    if number == 1:
        asked = f"## Quiz\n\n{asked}"
    nothing = f"# {questions.points(question.points)}: your answer is read after you hand in.\n{_NOTHING}"
    return [
        SourceCell(f"{question.id}-question", "markdown", asked),
        SourceCell(question.id, "code", questions.answer_cell(question), solution=True),
        SourceCell(f"{question.id}-points", "code", nothing, points=question.points),
    ]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip("\n")


def _data_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _in_table(text: str) -> str:
    return _one_line(text).replace("|", "\\|")


def _lower(heading: str) -> str:
    return heading[:1].lower() + heading[1:]
