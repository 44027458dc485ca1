"""Hand-ins are a stranger's: whatever they hold, reading them gives a submission or a reason, and never does a thing."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Course
from autograder.errors import ClassroomError
from autograder.submissions import (
    MAX_SOURCE,
    Submission,
    find_in_classroom,
    find_in_inbox,
    read_handin,
    strays_in,
)
from autograder.timestamps import parse_timestamp

SOLUTION = "def gradient_descent(gradient, start, learning_rate, n_steps):\n    return start\n"


def cell(source: str | list[str], grade_id: str = "", kind: str = "code", **nbgrader: Any) -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": grade_id, **nbgrader}} if grade_id else {}
    return {"cell_type": kind, "metadata": metadata, "source": source, "outputs": []}


def notebook(*cells: dict[str, Any]) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def hand_in(course: Course, tmp_path: Path, data: bytes, name: str = "gradient-descent.ipynb") -> Submission:
    folder = tmp_path / "submitted" / "ann" / "gradient-descent"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    (submission,) = find_in_classroom(course, tmp_path)
    return submission


def test_a_notebook_becomes_code_and_answers(optimizers: Course, tmp_path: Path) -> None:
    """Student code in order; tasks, checks and the lesson's own text are left out; quiz answers are kept as source."""
    question = next(q.id for lesson in optimizers.lessons for q in lesson.questions)
    data = notebook(
        cell("# Task", "gradient_descent-task", "markdown"),
        cell("import numpy as np"),
        cell(SOLUTION.splitlines(keepends=True), "gradient_descent", solution=True),
        cell("assert False", "gradient_descent-visible"),
        cell("raise SystemExit", "gradient_descent-checks", grade=True),
        cell("answer = 'b'", question, solution=True),
        cell("demo()", "text-3"),
    )

    submission = hand_in(optimizers, tmp_path, data)

    assert [(c.label, c.source) for c in submission.cells] == [
        ("cell 1", "import numpy as np"),
        ("cell 2", SOLUTION),
        ("cell 6", "demo()"),
    ]
    assert submission.answers == {question: "answer = 'b'"}
    assert submission.lesson_cells == {"cell 6"}
    assert submission.problems == ()


def test_code_that_is_too_long_is_cut_and_the_student_is_told(optimizers: Course, tmp_path: Path) -> None:
    """Nobody should wonder why a function at the end of a very long cell was not found; pictures in a text are no code."""
    picture = cell("x" * (MAX_SOURCE + 1), kind="markdown")
    long = cell("#" * MAX_SOURCE + "\n" + SOLUTION)

    submission = hand_in(optimizers, tmp_path, notebook(picture, long))

    assert [len(c.source) for c in submission.cells] == [MAX_SOURCE]
    assert submission.problems == ("`cell 1`: only the first 1,000,000 characters were read",)


UNREADABLE = {
    "empty": (b"", "is empty"),
    "not JSON": (b"{oops", "is not JSON"),
    "a list": (b"[1]", "is not an object"),
    "no cells": (b'{"a": 1}', "no list of cells"),
    "binary": (bytes(range(256)) * 40, "is not JSON"),
    "nested": (b"[" * 100_000, "nested too deeply"),
    "a huge number": (b'{"cells": ' + b"9" * 5000 + b"}", "is not JSON"),
}


@pytest.mark.parametrize("case", sorted(UNREADABLE))
def test_what_cannot_be_read_is_named_with_its_reason(case: str, optimizers: Course, tmp_path: Path) -> None:
    """Never an exception: one damaged file must not stop the batch."""
    data, reason = UNREADABLE[case]

    submission = hand_in(optimizers, tmp_path, data)

    assert submission.unreadable
    assert not submission.ours
    assert reason in submission.problems[-1]


RECOVERED = {
    "a byte order mark": b"\xef\xbb\xbf" + notebook(cell(SOLUTION, "gradient_descent")),
    "Windows line ends": notebook(cell(SOLUTION.replace("\n", "\r\n"), "gradient_descent")),
    "UTF-16": notebook(cell(SOLUTION, "gradient_descent")).decode().encode("utf-16"),
    "format 3": json.dumps(
        {"worksheets": [{"cells": [{"cell_type": "code", "input": SOLUTION}]}], "nbformat": 3}
    ).encode(),
    "no metadata": notebook(cell(SOLUTION)),
    "a markdown cell": notebook(cell(SOLUTION, "gradient_descent", "markdown")),
    "cells that are no cells": b'{"cells": [null, 3, "x", '
    + json.dumps(cell(SOLUTION)).encode()
    + b', {"cell_type": "code", "source": {"a": 1}, "metadata": []}]}',
}


@pytest.mark.parametrize("case", sorted(RECOVERED))
def test_code_is_recovered_from_a_damaged_notebook(case: str, optimizers: Course, tmp_path: Path) -> None:
    """What can be found by exercise id or function name is graded."""
    submission = hand_in(optimizers, tmp_path, RECOVERED[case])

    assert SOLUTION in [c.source for c in submission.cells]
    assert not submission.unreadable


def test_a_lone_surrogate_does_not_break_what_comes_after(optimizers: Course, tmp_path: Path) -> None:
    """JSON allows it, no encoder does."""
    submission = hand_in(
        optimizers, tmp_path, b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}'
    )

    assert submission.cells[0].source.encode("utf-8") == b"x = '?'"


def test_a_link_is_never_followed(optimizers: Course, tmp_path: Path) -> None:
    """nbgrader follows it, and so grades the instructor's own notebook as the student's."""
    secret = tmp_path / "solution.ipynb"
    secret.write_bytes(notebook(cell(SOLUTION)))
    folder = tmp_path / "submitted" / "ann" / "gradient-descent"
    folder.mkdir(parents=True)
    (folder / "gradient-descent.ipynb").symlink_to(secret)

    (submission,) = find_in_classroom(optimizers, tmp_path)

    assert submission.unreadable
    assert "is a link" in submission.problems[-1]


def test_a_linked_folder_is_never_followed(optimizers: Course, tmp_path: Path) -> None:
    """The same one level higher."""
    other = tmp_path / "elsewhere"
    other.mkdir()
    (other / "gradient-descent.ipynb").write_bytes(notebook(cell(SOLUTION)))
    (tmp_path / "submitted" / "ann").mkdir(parents=True)
    (tmp_path / "submitted" / "ann" / "gradient-descent").symlink_to(other)

    (submission,) = find_in_classroom(optimizers, tmp_path)

    assert submission.unreadable
    assert submission.cells == ()


def test_a_pipe_does_not_make_the_grader_wait(optimizers: Course, tmp_path: Path) -> None:
    """Opening a pipe that nobody writes to would block for ever."""
    folder = tmp_path / "submitted" / "ann" / "gradient-descent"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "gradient-descent.ipynb")

    (submission,) = find_in_classroom(optimizers, tmp_path)

    assert "is not a regular file" in submission.problems[-1]


def test_another_name_is_graded_and_named(optimizers: Course, tmp_path: Path) -> None:
    """`gradient-descent (1).ipynb` is what a browser makes of a second download."""
    data = notebook(cell(SOLUTION))

    submission = hand_in(optimizers, tmp_path, data, "gradient-descent (1).ipynb")

    assert [c.source for c in submission.cells] == [SOLUTION]
    assert "should be named `gradient-descent.ipynb`" in submission.problems[0]


def test_of_two_notebooks_with_other_names_none_is_guessed(optimizers: Course, tmp_path: Path) -> None:
    """Which one is meant is the student's to say."""
    hand_in(optimizers, tmp_path, notebook(cell(SOLUTION)), "a.ipynb")

    submission = hand_in(optimizers, tmp_path, notebook(cell("x = 1")), "b.ipynb")

    assert submission.unreadable
    assert "`a.ipynb`, `b.ipynb`" in submission.problems[-1]


def test_several_answer_cells_are_named_and_the_last_counts(optimizers: Course, tmp_path: Path) -> None:
    """A copied cell takes its id along; nbgrader stops the whole batch there."""
    question = optimizers.lessons[0].questions[0].id
    data = notebook(cell("answer = 1", question), cell("answer = 2", question))

    submission = hand_in(optimizers, tmp_path, data)

    assert submission.answers == {question: "answer = 2"}
    assert f"several answer cells for `{question}`" in submission.problems[0]


def test_an_answer_whose_metadata_is_lost_is_found_by_its_marker(optimizers: Course, tmp_path: Path) -> None:
    """Some editors drop cell metadata; the first line of an answer cell says what it answers."""
    question = optimizers.lessons[0].questions[0].id

    submission = hand_in(optimizers, tmp_path, notebook(cell(f"# answer to: {question}\nanswer = True")))

    assert list(submission.answers) == [question]


def test_the_files_of_an_inbox_are_read_in_the_order_of_their_names(
    optimizers: Course, tmp_path: Path
) -> None:
    """All files of a student share one namespace, so the order decides which definition wins."""
    folder = tmp_path / "ann"
    folder.mkdir()
    (folder / "b.py").write_text("B = 1", encoding="utf-8")
    (folder / "a.ipynb").write_bytes(notebook(cell("A = 1")))
    (folder / "notes.txt").write_text("no code", encoding="utf-8")

    (submission,) = find_in_inbox(optimizers, tmp_path)

    assert [(c.label, c.source) for c in submission.cells] == [("a.ipynb cell 1", "A = 1"), ("b.py", "B = 1")]
    assert submission.lesson == ""


def test_one_damaged_file_of_an_inbox_does_not_spoil_the_others(optimizers: Course, tmp_path: Path) -> None:
    """The rest is graded, the damage is named."""
    folder = tmp_path / "ann"
    folder.mkdir()
    (folder / "a.ipynb").write_bytes(b"no")
    (folder / "b.py").write_text(SOLUTION, encoding="utf-8")

    (submission,) = find_in_inbox(optimizers, tmp_path)

    assert [c.source for c in submission.cells] == [SOLUTION]
    assert submission.problems == ("`a.ipynb` is not a notebook: it is not JSON (line 1)",)
    assert not submission.unreadable


def test_an_empty_folder_is_named(optimizers: Course, tmp_path: Path) -> None:
    """A missing hand-in must not vanish from the list."""
    (tmp_path / "ann").mkdir()

    (submission,) = find_in_inbox(optimizers, tmp_path)

    assert submission.unreadable
    assert submission.problems == ("no .py or .ipynb file lies in the folder, which is empty",)


def test_what_lies_in_the_place_of_a_hand_in_is_named(optimizers: Course, tmp_path: Path) -> None:
    """An archive or a folder that has to be unpacked first, not a missing hand-in."""
    (tmp_path / "ann" / "homework").mkdir(parents=True)
    (tmp_path / "ann" / "notes.txt").write_text("see the folder", encoding="utf-8")

    (submission,) = find_in_inbox(optimizers, tmp_path)

    assert submission.unreadable
    assert submission.problems == ("no .py or .ipynb file lies in the folder, only `homework/`, `notes.txt`",)


def test_files_beside_the_folders_of_an_inbox_are_listed(optimizers: Course, tmp_path: Path) -> None:
    """`inbox/ann.py` is a likely slip; silence would lose a grade."""
    (tmp_path / "ann.py").write_text(SOLUTION, encoding="utf-8")
    (tmp_path / "bob").mkdir()

    assert strays_in(tmp_path) == ["ann.py"]
    assert [s.student for s in find_in_inbox(optimizers, tmp_path)] == ["bob"]


def test_a_folder_that_is_no_classroom_says_what_to_do(optimizers: Course, tmp_path: Path) -> None:
    """The likeliest first slip of a new user."""
    with pytest.raises(ClassroomError, match="has no folder `submitted`") as caught:
        find_in_classroom(optimizers, tmp_path)

    assert "autograde grade INBOX" in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-15 22:59:00.000000 UTC",
        "2027-02-15T22:59:00+00:00",
        "2027-02-15 23:59:00+01:00",
        "2027-02-15 22:59:00",
    ],
)
def test_timestamps_are_aware_whatever_their_form(text: str) -> None:
    """An hour lost to a zone is a late penalty that nobody earned."""
    assert parse_timestamp(text) == datetime(2027, 2, 15, 22, 59, tzinfo=UTC)


def test_a_timestamp_that_cannot_be_read_is_named_and_costs_nothing(
    optimizers: Course, tmp_path: Path
) -> None:
    """Lateness is unknown then, which is not the same as late."""
    folder = tmp_path / "submitted" / "ann" / "gradient-descent"
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("yesterday", encoding="utf-8")
    (folder / "gradient-descent.ipynb").write_bytes(notebook(cell(SOLUTION)))

    submission = read_handin(optimizers, optimizers.lesson("gradient-descent"), "ann", folder)

    assert submission.timestamp is None
    assert "lateness is unknown" in submission.problems[0]
    assert submission.cells
