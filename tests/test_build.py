"""`build` makes an nbgrader course that stock nbgrader accepts, and never takes anything away from one that exists."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from autograder.build import build
from autograder.classroom import BEGIN, END, Classroom, merge_config, overruled, require_nbgrader
from autograder.course import Course, read_course
from autograder.errors import ClassroomError
from tests import rooms


def _rows(room: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        return database.execute(query).fetchall()


@pytest.fixture
def room(tiny: Course, tmp_path: Path) -> Path:
    return rooms.copy_of(tiny, tmp_path / "classroom")


@pytest.fixture
def own(tiny: Course, tmp_path: Path) -> Path:
    """A copy of the course that a test may change."""
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root)
    return root


def test_the_gradebook_knows_lessons_due_dates_and_points(tiny: Course) -> None:
    """nbgrader keeps due dates in UTC without a zone."""
    room = rooms.built(tiny.root)

    assert _rows(room, "SELECT name, duedate FROM assignment ORDER BY name") == [
        ("averages", "2027-03-01 17:00:00.000000"),
        ("words", None),
    ]
    assert _rows(
        room,
        "SELECT a.name, SUM(g.max_score) FROM grade_cells g JOIN base_cell b ON b.id = g.id"
        " JOIN notebook n ON n.id = b.notebook_id JOIN assignment a ON a.id = n.assignment_id"
        " GROUP BY a.name ORDER BY a.name",
    ) == [("averages", 10.0), ("words", 10.0)]


def test_a_second_build_changes_nothing(tiny: Course, room: Path) -> None:
    """Times and bytes stay: a release may be in the hands of students already."""
    before = {path: path.stat().st_mtime_ns for path in room.rglob("*.ipynb")}
    assert len(before) == 4

    result = build(tiny, room)

    assert (result.written, result.unchanged, result.edited) == ((), ("averages", "words"), ())
    assert {path: path.stat().st_mtime_ns for path in room.rglob("*.ipynb")} == before


def test_a_changed_lesson_is_written_and_released_again(own: Path, room: Path) -> None:
    """Only the lesson that changed."""
    lesson = own / "course" / "lessons" / "02-words" / "lesson.md"
    lesson.write_text("# Counting words\n\nQuite another text.\n", encoding="utf-8")

    result = build(read_course(own), room)

    assert (result.written, result.unchanged) == (("words",), ("averages",))
    assert "Quite another text." in (room / "release" / "words" / "words.ipynb").read_text(encoding="utf-8")


def test_a_notebook_changed_by_hand_is_left_alone_unless_forced(own: Path, room: Path) -> None:
    """An instructor's work in the source notebook is never thrown away in silence."""
    path = room / "source" / "words" / "words.ipynb"
    changed = path.read_text(encoding="utf-8").replace("Counting words", "Counting my words")
    path.write_text(changed, encoding="utf-8")

    kept = build(read_course(own), room)
    assert kept.edited == ("source/words/words.ipynb",)
    assert (
        kept.lines()[-1]
        == "source/words/words.ipynb was changed by hand and left alone; `--force` replaces it"
    )
    assert path.read_text(encoding="utf-8") == changed

    forced = build(read_course(own), room, force=True)
    assert (forced.written, forced.edited) == (("words",), ())
    assert "my words" not in path.read_text(encoding="utf-8")


FOREIGN = """\
c = get_config()
c.CourseDirectory.course_id = "my-course"
c.Execute.timeout = 7
"""


def test_an_existing_course_is_merged_into(tiny: Course, tmp_path: Path) -> None:
    """Foreign lines, assignments, students and scores are all there afterwards, and nbgrader goes on treating them as its own."""
    room = tmp_path / "classroom"
    shutil.copytree(rooms.built(tiny.root), room)
    shutil.rmtree(room / ".autograde")
    for lesson in ("averages", "words"):
        shutil.rmtree(room / "source" / lesson)
        shutil.rmtree(room / "release" / lesson)
    (room / "gradebook.db").unlink()
    (room / "nbgrader_config.py").write_text(FOREIGN, encoding="utf-8")
    cell = {
        "cell_type": "code",
        "id": "a",
        "execution_count": None,
        "outputs": [],
        "source": "### BEGIN SOLUTION\nx = 1\n### END SOLUTION",
        "metadata": {
            "nbgrader": {
                "grade": False,
                "grade_id": "a",
                "locked": False,
                "schema_version": 3,
                "solution": True,
                "task": False,
            }
        },
    }
    test = {
        **cell,
        "id": "b",
        "source": "assert x == 1",
        "metadata": {
            "nbgrader": {
                "grade": True,
                "grade_id": "b",
                "locked": True,
                "points": 3,
                "schema_version": 3,
                "solution": False,
                "task": False,
            }
        },
    }
    foreign = {
        "cells": [cell, test],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    rooms.write(room / "source" / "theirs" / "theirs.ipynb", foreign)
    rooms.nbgrader(room, "generate_assignment", "theirs")

    build(tiny, room)

    config = (room / "nbgrader_config.py").read_text(encoding="utf-8")
    assert config.startswith(FOREIGN)
    assert "course_id = 'small-data'" not in config
    rooms.nbgrader(room, "generate_assignment", "theirs", "--force")
    released = rooms.by_id(rooms.read(room / "release" / "theirs" / "theirs.ipynb"))
    assert rooms.source(released["a"]) == "# YOUR CODE HERE\nraise NotImplementedError()"
    assert [row[0] for row in _rows(room, "SELECT name FROM assignment ORDER BY name")] == [
        "averages",
        "theirs",
        "words",
    ]
    assert ("small-data",) not in _rows(room, "SELECT id FROM course")
    rooms.hand_in(room, "ann", "theirs", {"a": "x = 1"})
    rooms.hand_in(room, "ben", "theirs", {"a": "x = 2"})
    rooms.nbgrader(room, "autograde", "theirs")
    assert _rows(
        room,
        "SELECT s.student_id, g.auto_score FROM grade g JOIN submitted_notebook n ON n.id = g.notebook_id"
        " JOIN submitted_assignment s ON s.id = n.assignment_id ORDER BY 1",
    ) == [("ann", 3.0), ("ben", 0.0)]


def test_our_block_in_the_settings_is_renewed_in_place(tmp_path: Path) -> None:
    """However often one builds, there is one block, and all other lines stay as they were."""
    once = merge_config(FOREIGN, "x", tmp_path, tmp_path / "classroom")
    assert merge_config(once, "x", tmp_path, tmp_path / "classroom") == once
    assert once.startswith(FOREIGN)
    assert (once.count(BEGIN), once.count(END)) == (1, 1)
    with pytest.raises(ClassroomError, match="without the other"):
        merge_config(once.replace(END, ""), "x", tmp_path, tmp_path)


@pytest.mark.parametrize("version", ["0.8.5", "0.9.4", "0.10.0", "1.0"])
def test_an_nbgrader_that_we_do_not_know_is_named_at_once(version: str) -> None:
    """Its tables and classes are not the ones we write and subclass."""
    with pytest.raises(ClassroomError, match=f"nbgrader {version} is installed"):
        require_nbgrader(version)
    require_nbgrader("0.9.5")
    require_nbgrader("0.9.6")


def test_settings_that_are_put_aside_are_named() -> None:
    """A list of preprocessors of the instructor's own has no effect any more; that must not be a surprise."""
    text = "c.Autograde.autograde_preprocessors = []\n# c.Autograde.sanitize_preprocessors = []\n"
    assert overruled(text) == ("autograde_preprocessors",)


def test_the_database_is_the_one_that_the_settings_name(tmp_path: Path) -> None:
    """A department's PostgreSQL is written in nbgrader_config.py, and nowhere else."""
    room = Classroom(tmp_path)
    assert room.database() == f"sqlite:///{tmp_path.resolve() / 'gradebook.db'}"
    room.config.write_text(
        'c = get_config()\nc.CourseDirectory.db_url = "postgresql://grades"\n', encoding="utf-8"
    )
    assert room.database() == "postgresql://grades"
    room.config.write_text("oops(", encoding="utf-8")
    with pytest.raises(ClassroomError, match="SyntaxError"):
        room.database()


def test_nbgrader_that_refuses_is_quoted_and_the_next_build_tries_again(own: Path, room: Path) -> None:
    """Cells cannot be added once somebody handed in; a release that was not made must not pass for made."""
    with closing(sqlite3.connect(room / "gradebook.db")) as database:
        (assignment,) = database.execute("SELECT id FROM assignment WHERE name = 'words'").fetchone()
        (notebook,) = database.execute("SELECT id FROM notebook WHERE name = 'words'").fetchone()
        database.execute("INSERT INTO student (id) VALUES ('ann')")
        database.execute("INSERT INTO submitted_assignment VALUES ('s', ?, 'ann', NULL, NULL)", (assignment,))
        database.execute("INSERT INTO submitted_notebook VALUES ('n', 's', ?, 0, NULL)", (notebook,))
        database.commit()
    lesson = own / "course" / "lessons" / "02-words" / "lesson.md"
    lesson.write_text("# Counting words\n\nText.\n\n## More\n\nText.\n", encoding="utf-8")

    for _ in range(2):
        with pytest.raises(ClassroomError, match="Cannot add or remove cells") as caught:
            build(read_course(own), room)
    assert "take the change back" in caught.value.hint


def test_stock_nbgrader_without_our_settings_gives_nothing(tiny: Course, room: Path) -> None:
    """Right solutions, graded by `nbgrader autograde` alone, earn 0 and never full points: the cells fail closed."""
    (room / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))

    rooms.nbgrader(room, "autograde", "averages")
    rooms.nbgrader(room, "export", "--to", "grades.csv")

    with (room / "grades.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [row for row in csv.DictReader(file) if row["assignment"] == "averages"]
    assert (row["student_id"], row["raw_score"], row["max_score"]) == ("ann", "0.0", "10.0")
    automatic = _rows(
        room,
        "SELECT auto_score FROM grade g JOIN grade_cells c ON c.id = g.cell_id WHERE c.cell_type = 'code'",
    )
    assert automatic == [(0.0,)] * 4
