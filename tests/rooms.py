"""nbgrader classrooms for tests: each course is built once a run, and every test gets a copy of its own."""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.build import build, environment
from autograder.course import Course, read_course


@functools.cache
def built(root: Path) -> Path:
    """A classroom built from the course at *root*; not to be changed."""
    folder = Path(tempfile.mkdtemp(prefix="autograde-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build(read_course(root), folder / "classroom")
    return folder / "classroom"


def copy_of(course: Course, target: Path) -> Path:
    """A fresh classroom of *course* at *target*, as `autograde build` leaves it."""
    shutil.copytree(built(course.root), target)
    # the copy stands elsewhere, and the way from it to the course is written in its settings
    config = target / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    lines = [
        f"c.InCourse.course = {str(course.root)!r}" if line.startswith("c.InCourse.course") else line
        for line in text.splitlines()
    ]
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target


def nbgrader(room: Path, command: str, *arguments: str, status: int = 0) -> str:
    """What the real `nbgrader COMMAND` printed in *room*; it must exit with *status*."""
    server = _warm_nbgrader()
    assert server.stdin
    assert server.stdout
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as output:
        order = {
            "arguments": [command, *arguments],
            "environment": environment(),
            "folder": str(room),
            "output": output.name,
        }
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        ended_with = int(server.stdout.readline())
        printed = output.read()
    assert ended_with == status, printed[-4000:]
    return printed


@functools.cache
def _warm_nbgrader() -> subprocess.Popen[str]:
    """One process for the whole run of tests, which has nbgrader imported and forks for each command."""
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("warm_nbgrader.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(_end, server)
    return server


def _end(server: subprocess.Popen[str]) -> None:
    server.communicate()


def read(path: Path) -> dict[str, Any]:
    """A notebook as JSON."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def write(path: Path, notebook: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def by_id(notebook: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The cells of a notebook by their grade_id."""
    found = {}
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id:
            found[grade_id] = cell
    return found


def source(cell: Mapping[str, Any]) -> str:
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def hand_in(
    room: Path,
    student: str,
    lesson: str,
    answers: Mapping[str, str],
    *,
    timestamp: str | None = "2027-02-01 10:00:00.000000 UTC",
) -> Path:
    """Puts the released notebook with *answers* (source by grade_id) where `nbgrader collect` would; gives its path."""
    notebook = read(room / "release" / lesson / f"{lesson}.ipynb")
    cells = by_id(notebook)
    for grade_id, text in answers.items():
        cells[grade_id]["source"] = text
    path = room / "submitted" / student / lesson / f"{lesson}.ipynb"
    write(path, notebook)
    if timestamp:
        (path.parent / "timestamp.txt").write_text(timestamp, encoding="utf-8")
    return path


def solution(course: Course, exercise: str) -> str:
    """The source of the model solution."""
    return (course.solutions_folder(exercise) / "solution.py").read_text(encoding="utf-8")


def all_right(course: Course, lesson_id: str) -> dict[str, str]:
    """Answers that earn everything that a machine can give in a lesson, and a sentence for each free-text exercise."""
    from autograder.content import CodeExercise
    from autograder.demo import right_answer

    lesson = course.lesson(lesson_id)
    answers = {question.id: right_answer(question) for question in lesson.questions}
    for exercise in lesson.exercises:
        is_code = isinstance(exercise, CodeExercise)
        answers[exercise.id] = solution(course, exercise.id) if is_code else "Because it evens out the noise."
    return answers
