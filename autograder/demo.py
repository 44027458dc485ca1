"""A sample class that goes the whole road: build, release, fetch, submit, collect, grade, export.

The class is made from the course's own `solutions/`: right answers in several styles, known mistakes, an untouched
starter, a syntax error, an endless loop, an early exit. The course is copied first, with its due dates moved into
the future, so that the folder can be played with and nothing of the original is touched.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from autograder import quiz
from autograder.build import environment
from autograder.content import CodeExercise, TextExercise
from autograder.course import Course, Lesson, read_course
from autograder.errors import AutogradeError, ClassroomError
from autograder.files import write_bytes, write_text

SIZE = 24
MARKER = ".autograde-demo"
_DUE = re.compile(r"(\bdue:\s*)\d{4}-\d\d-\d\d[T ][\d:]+(?:Z|[+-]\d\d:\d\d)")

# Names that gradebooks stumble over are in the class on purpose.
_PEOPLE = """
ada Ada Lovelace|alan Alan Turing|barbara Barbara Liskov|carl Carl Gauß|dorothy Dorothy Vaughan|edsger Edsger Dijkstra
emmy Emmy Noether|frances Frances Allen|grace Grace Hopper|hedy Hedy Lamarr|ivan Ivan Petrovič|joan Joan Clarke
katherine Katherine Johnson|leslie Leslie O'Neil, Jr|margaret Margaret Hamilton|nina Nina Ångström|omar Omar al-Khayyām
pavel Pavel Novák|radia Radia Perlman|shafi Shafi Goldwasser|tim Tim Berners-Lee|ursula Ursula Franklin|yukio Yukio 田中|zoe Zoë Hitzig
"""


@dataclass(frozen=True)
class Pupil:
    """One sample student; `style` is "right", "mistake", "untouched", "syntax", "loop" or "exit"."""

    id: str
    first_name: str
    last_name: str
    style: str
    number: int


@dataclass(frozen=True)
class Scene:
    """Where the demo took place."""

    course: Course
    root: Path
    classroom: Path
    pupils: tuple[Pupil, ...]


def prepare(source: Course, target: Path, *, force: bool = False) -> Course:
    """A copy of the course in *target*, due in the coming weeks; only a folder of an earlier demo is ever replaced."""
    if target.exists() and any(target.iterdir()):
        if not (target / MARKER).exists():
            raise AutogradeError(
                f"{target} exists and is no demo", "name another folder: `autograde demo DIR`"
            )
        if not force:
            raise AutogradeError(f"{target} exists already", "`--force` makes the demo anew")
        shutil.rmtree(target)
    target.mkdir(parents=True, exist_ok=True)
    (target / MARKER).touch()
    for folder in ("course", "tests/hidden", "solutions"):
        if (source.root / folder).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source.root / folder, target / folder, ignore=ignore)
    text = (source.root / "course.yaml").read_text(encoding="utf-8")
    write_text(target / "course.yaml", _due_soon(text))
    return read_course(target)


def _due_soon(text: str) -> str:
    """The same course with the lessons due one week after the other, from a week from now."""
    today = datetime.now(UTC).replace(hour=23, minute=59, second=0, microsecond=0)
    weeks = iter(range(1, 1 + len(_DUE.findall(text))))
    return _DUE.sub(lambda found: f"{found[1]}{(today + timedelta(weeks=next(weeks))).isoformat()}", text)


def pupils() -> tuple[Pupil, ...]:
    """The class: the styles that go wrong come first, so that a table of any length shows them."""
    special = ["right", "mistake", "untouched", "syntax", "loop", "exit", "mistake", "mistake"]
    styles = special + ["right" if number % 3 else "mistake" for number in range(SIZE - len(special))]
    people = [person.split(maxsplit=2) for line in _PEOPLE.strip().splitlines() for person in line.split("|")]
    return tuple(
        Pupil(name, first, last, style, number)
        for number, ((name, first, last), style) in enumerate(zip(people, styles, strict=True))
    )


def hand_in(scene: Scene, say: Callable[[str], None]) -> None:
    """Everybody hands in every lesson: the first two through nbgrader's exchange, the others as `collect` leaves it."""
    exchanged = next((lesson for lesson in scene.course.lessons if lesson.exercises), scene.course.lessons[0])
    through_exchange = scene.pupils[:2]
    for lesson in scene.course.lessons:
        for pupil in scene.pupils:
            if lesson is not exchanged or pupil not in through_exchange:
                _leave_as_collected(scene, lesson, pupil)
    _go_through_exchange(scene, exchanged, through_exchange, say)


def _leave_as_collected(scene: Scene, lesson: Lesson, pupil: Pupil) -> None:
    folder = scene.classroom / "submitted" / pupil.id / lesson.id
    released = scene.classroom / "release" / lesson.id
    shutil.copytree(released, folder)
    fill_in(scene.course, lesson, pupil, folder / f"{lesson.id}.ipynb")
    late = timedelta(days=1, hours=2) if pupil.number % 10 == 9 else -timedelta(days=1)
    due = lesson.due or datetime.now(UTC)
    stamp = (due + late).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    write_text(folder / "timestamp.txt", stamp)


def _go_through_exchange(
    scene: Scene, lesson: Lesson, through: tuple[Pupil, ...], say: Callable[[str], None]
) -> None:
    """release_assignment, then fetch_assignment and submit for each, then collect: nbgrader's own commands."""
    exchange = scene.root / "exchange"
    exchange.mkdir(exist_ok=True)
    exchange.chmod(0o777)  # nbgrader refuses an exchange that students could not write to
    shared = [f"--Exchange.root={exchange.resolve()}", f"--course={scene.course.id}"]
    nbgrader(scene.classroom, "release_assignment", lesson.id, *shared)
    say(f"released {lesson.id} into the exchange")
    for pupil in through:
        home = scene.root / "students" / pupil.id
        home.mkdir(parents=True)
        own = [
            *shared,
            f"--CourseDirectory.student_id={pupil.id}",
            f"--Exchange.cache={home.resolve() / '.cache'}",
        ]
        nbgrader(home, "fetch_assignment", lesson.id, *own)
        fill_in(scene.course, lesson, pupil, home / lesson.id / f"{lesson.id}.ipynb")
        nbgrader(home, "submit", lesson.id, *own)
        say(f"{pupil.id} fetched and submitted {lesson.id}")
    nbgrader(scene.classroom, "collect", lesson.id, *shared, "--CollectApp.check_owner=False")
    say(f"collected {lesson.id}")


def nbgrader(folder: Path, command: str, *arguments: str) -> str:
    """What `nbgrader COMMAND` printed in *folder*; raises ClassroomError with its last lines if it failed."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "nbgrader"), command, *arguments],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-5:])
        raise ClassroomError(f"`nbgrader {command}` failed in {folder}:\n{last}")
    return done.stdout


def fill_in(course: Course, lesson: Lesson, pupil: Pupil, notebook: Path) -> None:
    """Writes the pupil's answers into a released notebook, as they would by hand."""
    if pupil.style == "untouched":
        return
    answers = dict(_answers(course, lesson, pupil))
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in answers:
            cell["source"] = answers[grade_id].splitlines(keepends=True)
    write_bytes(notebook, json.dumps(content, indent=1, ensure_ascii=False).encode("utf-8"), force=True)


def _answers(course: Course, lesson: Lesson, pupil: Pupil) -> Iterator[tuple[str, str]]:
    for exercise in lesson.exercises:
        if isinstance(exercise, CodeExercise):
            yield exercise.id, _code(course, exercise, pupil)
        else:
            yield exercise.id, _text(exercise, pupil)
    for index, question in enumerate(lesson.questions):
        right = pupil.style == "right" or (index + pupil.number) % 4
        yield question.id, right_answer(question) if right else "answer = ..."


def right_answer(question: quiz.Question) -> str:
    """The source of an answer cell that earns all points."""
    match question:
        case quiz.TrueFalse() | quiz.Numeric():
            value: object = question.answer
        case quiz.SingleChoice():
            value = question.right_letters[0]
        case quiz.SeveralChoices():
            value = list(question.right_letters)
        case quiz.ShortAnswer():
            value = question.answers[0]
        case quiz.Ordering() | quiz.Matching():
            value = list(question.solution)
    return f"answer = {value!r}"


def _text(exercise: TextExercise, pupil: Pupil) -> str:
    """One of the answers that the rubric's author wrote as examples."""
    examples = [example.answer for example in exercise.examples] or [
        "I would try it out and look at the loss curve."
    ]
    return examples[pupil.number % len(examples)]


def _code(course: Course, exercise: CodeExercise, pupil: Pupil) -> str:
    folder = course.root / "solutions" / exercise.id
    right = _choose([folder / "solution.py", *sorted((folder / "variants").glob("*.py"))], pupil.number)
    if pupil.style == "mistake":
        return _choose(
            sorted((folder / "mistakes").glob("*.py")) or [folder / "solution.py"], pupil.number * 7
        )
    if pupil.style == "syntax":
        return f"{right}\n\ndef helper(:\n    pass\n"
    if pupil.style in _ENDINGS:
        return "\n\n".join(_ENDINGS[pupil.style].format(name=name) for name in exercise.functions)
    return right


def _choose(paths: list[Path], number: int) -> str:
    return _without_docstring(paths[number % len(paths)].read_text(encoding="utf-8"))


def _without_docstring(source: str) -> str:
    """A sample student does not write down which mistake is being made."""
    return re.sub(r'\A\s*"""(?:[^"\\]|\\.|"(?!""))*"""\s*', "", source)


_ENDINGS: Mapping[str, str] = {
    "loop": "def {name}(*args, **kwargs):\n    while True:\n        pass\n",
    "exit": "import os\n\n\ndef {name}(*args, **kwargs):\n    os._exit(0)\n",
}


def canvas_export(scene: Scene) -> bytes:
    """A gradebook file such as Canvas exports for this class: one column a lesson, all still empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    columns = [
        f"{lesson.title} ({lesson.lms.get('canvas', 100 + lesson.number)})" for lesson in scene.course.lessons
    ]
    writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *columns])
    maxima: list[Any] = [lesson.max_points for lesson in scene.course.lessons]
    writer.writerow(["    Points Possible", "", "", "", "", *maxima])
    for pupil in scene.pupils:
        name = f"{pupil.last_name}, {pupil.first_name}"
        writer.writerow(
            [name, 1000 + pupil.number, f"S{pupil.number:04}", pupil.id, "Section A", *[""] * len(columns)]
        )
    writer.writerow(["Student, Test", 1999, "", "c0ffee", "Section A", *[""] * len(columns)])
    return text.getvalue().encode("utf-8")
