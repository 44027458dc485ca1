"""`autograde grade` and `nbgrader autograde` with our settings end in the same gradebook, whatever was handed in."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder import nbgrader_plugins
from autograder.cli import run
from autograder.course import Course
from tests import rooms
from tests.editing import edit

LESSONS = ("averages", "words")
IN_TIME = "2027-02-20 10:00:00.000000 UTC"
Notebook = dict[str, Any]
Damage = Callable[[Notebook], None]


def _cell(notebook: Notebook, name: str) -> Any:
    return rooms.by_id(notebook)[name]


def _index(notebook: Notebook, name: str) -> int:
    found: int = notebook["cells"].index(_cell(notebook, name))
    return found


def _no_damage(notebook: Notebook) -> None:
    """As nbgrader's extension in JupyterLab leaves it."""


def _copied_answer(notebook: Notebook) -> None:
    """A cell copied together with its metadata, and the copy changed: stops nbgrader's whole batch."""
    cell = json.loads(json.dumps(_cell(notebook, "wider_window")))
    cell["id"], cell["source"] = "copy", "answer = 'b'"
    notebook["cells"].insert(_index(notebook, "wider_window") + 1, cell)


def _copied_checks(notebook: Notebook) -> None:
    cell = json.loads(json.dumps(_cell(notebook, "moving_average-checks")))
    notebook["cells"].append({**cell, "id": "copy", "source": "100"})


def _deleted_checks(notebook: Notebook) -> None:
    del notebook["cells"][_index(notebook, "moving_average-checks")]
    del notebook["cells"][_index(notebook, "wider_window-points")]


def _deleted_answer(notebook: Notebook) -> None:
    del notebook["cells"][_index(notebook, "how_many_windows")]


def _edited_checks(notebook: Notebook) -> None:
    """More points, another source, a result that promises everything."""
    cell = _cell(notebook, "moving_average-checks")
    cell["source"] = "5.0"
    cell["metadata"]["nbgrader"]["points"] = 500
    cell["outputs"] = [
        {"output_type": "execute_result", "execution_count": 1, "data": {"text/plain": "5.0"}, "metadata": {}}
    ]


def _checks_as_markdown(notebook: Notebook) -> None:
    for name in ("moving_average-checks", "average_bounds-points"):
        cell = _cell(notebook, name)
        cell["cell_type"] = "markdown"
        del cell["outputs"], cell["execution_count"]


def _checks_as_answer(notebook: Notebook) -> None:
    """A grade cell turned into a manually graded one."""
    _cell(notebook, "moving_average-checks")["metadata"]["nbgrader"].update(
        {"solution": True, "locked": False}
    )


def _answer_as_markdown(notebook: Notebook) -> None:
    cell = _cell(notebook, "moving_average")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def _metadata_lost(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def _answer_elsewhere(notebook: Notebook) -> None:
    """The function in a cell of the student's own, the starter untouched below it."""
    cell = _cell(notebook, "moving_average")
    own = {**json.loads(json.dumps(cell)), "id": "own", "metadata": {}}
    cell["source"] = "pass"
    notebook["cells"].append(own)


def _unknown_kernel(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {
        "name": "conda-env-ml-py",
        "display_name": "ML",
        "language": "python",
    }


def _magics(notebook: Notebook) -> None:
    cell = {**json.loads(json.dumps(_cell(notebook, "moving_average"))), "id": "own", "metadata": {}}
    notebook["cells"].insert(
        0, {**cell, "source": "%matplotlib inline\n!pip install numpy\nimport numpy as np"}
    )
    notebook["cells"].insert(1, {**cell, "id": "own-2", "source": "x = = 3"})
    notebook["cells"].insert(2, {**cell, "id": "own-3", "source": "raise ValueError('mine')"})


def _outputs(notebook: Notebook) -> None:
    _cell(notebook, "moving_average")["outputs"] = [
        {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning\n"},
        {"output_type": "stream", "name": "stdout", "text": ["line\n"] * 5000},
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {
                "text/html": "<script>alert(1)</script><table><tr><td onclick='x()'>1</td></tr></table>",
                "application/vnd.jupyter.widget-view+json": {"model_id": "1"},
                "text/plain": "a table",
            },
        },
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31mred\x1b[0m"]},
    ]


def _foreign_cells(notebook: Notebook) -> None:
    """Grade ids that no lesson has, in cells that promise points."""
    cell = json.loads(json.dumps(_cell(notebook, "moving_average-checks")))
    cell["metadata"]["nbgrader"]["grade_id"] = "my-own-points"
    notebook["cells"].append({**cell, "id": "mine", "source": "100"})


DAMAGE: Mapping[str, Damage] = {
    "none": _no_damage,
    "copied answer": _copied_answer,
    "copied checks": _copied_checks,
    "deleted checks": _deleted_checks,
    "deleted answer": _deleted_answer,
    "edited checks": _edited_checks,
    "checks as markdown": _checks_as_markdown,
    "checks as answer": _checks_as_answer,
    "answer as markdown": _answer_as_markdown,
    "metadata lost": _metadata_lost,
    "answer elsewhere": _answer_elsewhere,
    "unknown kernel": _unknown_kernel,
    "magics": _magics,
    "outputs": _outputs,
    "foreign cells": _foreign_cells,
}

TIMES = (
    IN_TIME,
    "2027-03-01 17:00:00.000000 UTC",
    "2027-03-01 17:00:00.000001 UTC",
    "2027-03-01 18:30:00.000000 +0100",
    "2027-03-02T20:00:00+01:00",
    "2027-03-01 10:00:00.000000 PST",
    "2027-03-02 18:30:00 America/Los_Angeles",
    "2027-03-09 10:00:00.000000 UTC",
    None,
)


@dataclass(frozen=True)
class Pupil:
    """One of the class: what is written where, what happened to the notebook, and when it came."""

    name: str
    answers: Mapping[str, str]
    damage: Damage = _no_damage
    time: str | None = IN_TIME


def _code(course: Course, exercise: str) -> list[str]:
    """Solutions, variants, mistakes, the untouched starter, and code that does not even load."""
    folder = course.solutions_folder(exercise)
    files = [
        folder / "solution.py",
        *sorted(folder.glob("variants/*.py")),
        *sorted(folder.glob("mistakes/*.py")),
    ]
    starter = course.exercise_folder(exercise) / "starter.py"
    return [
        *(path.read_text(encoding="utf-8") for path in files),
        starter.read_text(encoding="utf-8").strip("\n"),
        "def moving_average(:\n",
        "",
    ]


TEXTS = (
    "It evens out the noise, so the trend becomes visible.",
    "<!-- answer to: why_smooth -->\n*Write your answer here.*",
    "",
    "Because <script>alert(1)</script> *smooth*",
)
ANSWERS = (
    "answer = 8",
    "answer = 'a'",
    "answer = ...",
    "",
    "answer = True",
    "answer = (",
    "answer = [8",
    "answer = 7",
)


def pupils(course: Course) -> list[Pupil]:
    """The class for `averages`: every kind of code with different answers and times, then every kind of damage."""
    codes = _code(course, "moving_average")
    found = []
    for number, code in enumerate(codes * 2):
        answers = {
            "moving_average": code,
            "why_smooth": TEXTS[number % len(TEXTS)],
            "how_many_windows": ANSWERS[number % len(ANSWERS)],
            "wider_window": ANSWERS[(number + 3) % len(ANSWERS)],
            "average_bounds": "answer = False" if number % 3 else "answer = True",
        }
        name = "ann" if number == 5 else f"code{number:02}"
        found.append(Pupil(name, answers, time=TIMES[number % len(TIMES)]))
    right = rooms.all_right(course, "averages")
    found += [Pupil(f"damage{n:02}", right, damage) for n, damage in enumerate(DAMAGE.values())]
    return found


def fill(course: Course, room: Path) -> int:
    """Lets the class hand in; gives the number of hand-ins."""
    handed_in = 0
    for pupil in pupils(course):
        path = rooms.hand_in(room, pupil.name, "averages", pupil.answers, timestamp=pupil.time)
        notebook = rooms.read(path)
        pupil.damage(notebook)
        rooms.write(path, notebook)
        handed_in += 1
    for number, code in enumerate(_code(course, "word_count")):
        answers = rooms.all_right(course, "words") | {"word_count": code}
        rooms.hand_in(room, f"code{number:02}", "words", answers, timestamp=TIMES[number % len(TIMES)])
        handed_in += 1
    return handed_in


QUERIES = {
    "grades": """
        SELECT s.student_id, a.name, b.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
        FROM grade g JOIN base_cell b ON b.id = g.cell_id""",
    "comments": """
        SELECT s.student_id, a.name, b.name, g.auto_comment, g.manual_comment
        FROM comment g JOIN base_cell b ON b.id = g.cell_id""",
    "hand-ins": """
        SELECT s.student_id, a.name, s.timestamp, s.extension, g.late_submission_penalty, g.flagged
        FROM submitted_notebook g""",
}


def rows(room: Path, name: str) -> list[tuple[Any, ...]]:
    notebook = "g.id" if name == "hand-ins" else "g.notebook_id"
    joined = f"""{QUERIES[name]}
        JOIN submitted_notebook n ON n.id = {notebook}
        JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id
        ORDER BY 1, 2, 3"""
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        return database.execute(joined).fetchall()


def exported(room: Path) -> list[dict[str, str]]:
    rooms.nbgrader(room, "export", "--to", "grades.csv")
    with (room / "grades.csv").open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: (row["assignment"], row["student_id"]))


@dataclass(frozen=True)
class Roads:
    """The same class, graded on both roads."""

    ours: Path
    theirs: Path
    count: int


@pytest.fixture(scope="module")
def roads(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Roads]:
    folder = tmp_path_factory.mktemp("roads")
    ours = rooms.copy_of(tiny, folder / "ours")
    count = fill(tiny, ours)
    theirs = folder / "theirs"
    shutil.copytree(ours, theirs)
    status = run(["--course", str(tiny.root), "--quiet", "grade", "--classroom", str(ours)])
    assert status == 1  # hand-ins with notes on them are among these
    for lesson in LESSONS:
        rooms.nbgrader(theirs, "autograde", lesson)
    yield Roads(ours, theirs, count)


def test_the_class_is_large_and_varied(roads: Roads) -> None:
    """An equality over a class in which everybody has the same is worth nothing."""
    assert roads.count >= 40
    scores = {row[3] for row in rows(roads.ours, "grades") if row[2] == "moving_average-checks"}
    assert len(scores) >= 4
    assert {row[6] for row in rows(roads.ours, "grades")} == {0, 1}
    assert len({row[4] for row in rows(roads.ours, "hand-ins")}) >= 4
    comments = {row[3] for row in rows(roads.ours, "comments")}
    assert {None, "No response."} < comments
    assert "Found: it evens out noise; the trend becomes visible." in comments


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_both_roads_end_in_the_same_rows(roads: Roads, name: str) -> None:
    """Every score, flag, comment, time, extension and penalty."""
    assert rows(roads.theirs, name) == rows(roads.ours, name)


def test_nbgrader_exports_the_same_file_on_both_roads(roads: Roads) -> None:
    """What an instructor compares."""
    ours = exported(roads.ours)
    assert len(ours) >= 40
    assert exported(roads.theirs) == ours


def test_graders_see_the_same_notebook_on_both_roads(roads: Roads) -> None:
    """Cell by cell: sources, ids, tables of checks, harmless outputs."""
    paths = sorted((roads.ours / "autograded").rglob("*.ipynb"))
    assert len(paths) == roads.count
    assert any("What the checks together look like" in path.read_text(encoding="utf-8") for path in paths)
    for path in paths:
        other = roads.theirs / path.relative_to(roads.ours)
        assert _plain(rooms.read(other)) == _plain(rooms.read(path)), path


def _plain(notebook: Notebook) -> list[tuple[Any, ...]]:
    """What matters of each cell, whichever way the texts are cut into lines."""
    return [
        (
            cell["cell_type"],
            rooms.source(cell),
            {
                k: v
                for k, v in cell["metadata"].get("nbgrader", {}).items()
                if k not in ("checksum", "cell_type")
            },
            json.dumps([_joined(output) for output in cell.get("outputs", [])], sort_keys=True),
        )
        for cell in notebook["cells"]
    ]


def _joined(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _joined(inner) for key, inner in value.items()}
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "".join(value)
    return value


def test_nobody_gets_a_point_for_a_changed_cell(roads: Roads) -> None:
    """Not for more points in the metadata, not for outputs in grade cells, not for cells of their own."""
    by_name = {pupil.damage: pupil.name for pupil in pupils_of(roads)}
    scores: dict[str, dict[str, float | None]] = {}
    for student, lesson, cell, score, *_ in rows(roads.ours, "grades"):
        if lesson == "averages":
            scores.setdefault(student, {})[cell] = score
    best = scores[by_name[_no_damage]]
    assert best["moving_average-checks"] == 5.0
    for damage in DAMAGE.values():
        for cell, score in scores[by_name[damage]].items():
            assert (score or 0) <= (best[cell] or 0), (damage.__name__, cell)
    for damage in (_edited_checks, _checks_as_markdown, _checks_as_answer, _deleted_checks, _copied_checks):
        assert scores[by_name[damage]] == best, damage.__name__
    assert scores[by_name[_deleted_answer]]["how_many_windows-points"] == 0
    assert scores[by_name[_copied_answer]]["wider_window-points"] == 0


def pupils_of(roads: Roads) -> list[Pupil]:
    from autograder.course import read_course

    return pupils(read_course(Path(__file__).resolve().parent / "courses" / "tiny"))


def test_a_server_that_lives_for_days_notices_edits_of_every_file_that_decides(tmp_path: Path) -> None:
    """A lesson may stand in a file anywhere below the course."""
    root = tmp_path / "course"
    shutil.copytree(Path(__file__).resolve().parent / "courses" / "tiny", root)
    (root / "course/lessons/02-words/lesson.yaml").rename(root / "words.yaml")
    edit(root / "course.yaml", "course/lessons/02-words/lesson.yaml", "words.yaml")
    course = nbgrader_plugins._course(root)
    assert nbgrader_plugins._course(root) is course
    age = (root / "words.yaml").stat()
    edit(root / "words.yaml", "title: Counting words", "title: Counted words")
    os.utime(root / "words.yaml", ns=(age.st_atime_ns, age.st_mtime_ns))

    assert nbgrader_plugins._course(root).lessons[1].title == "Counted words"


def test_feedback_can_be_made_from_what_nbgraders_road_left(roads: Roads) -> None:
    """nbgrader's own command; `test_gradebook` has it for our road."""
    rooms.nbgrader(roads.theirs, "generate_feedback", "words")
    pages = list((roads.theirs / "feedback").rglob("*.html"))
    assert len(pages) == len(list((roads.theirs / "autograded").glob("*/words"))) > 5
