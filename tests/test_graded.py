"""The graded copy of a notebook: every cell of ours once, with our text and points, and what the student wrote around it."""

from __future__ import annotations

from typing import Any

from autograder import graded
from autograder.course import Course
from autograder.notebooks import SourceCell, cells_of
from autograder.report import CheckResult, ItemReport, Report

LOCKED = SourceCell("a-task", "markdown", "# Task")
ANSWER = SourceCell("a", "code", "pass", solution=True)
CHECKS = SourceCell("a-checks", "code", "# 5 points", points=5)
TEXT = SourceCell("b", "markdown", "write here", solution=True, points=2)
CELLS = (LOCKED, ANSWER, CHECKS, TEXT)


def cell(name: str, source: str, kind: str = "code", **more: Any) -> dict[str, Any]:
    return {
        "cell_type": kind,
        "metadata": {"nbgrader": {"grade_id": name}} if name else {},
        "source": source,
        **more,
    }


def shown(cells: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [
        (c["metadata"].get("nbgrader", {}).get("grade_id", ""), c["cell_type"], c["source"]) for c in cells
    ]


def test_locked_cells_get_our_text_back_and_answers_stay() -> None:
    """Whatever a student put into a task or a grade cell is not shown as ours."""
    found = graded.restored(
        CELLS,
        [
            cell("a-task", "# Nicer task", "markdown"),
            cell("a", "x = 1"),
            cell("a-checks", "5"),
            cell("b", "mine", "raw"),
        ],
        {},
    )
    assert shown(found) == [
        ("a-task", "markdown", "# Task"),
        ("a", "code", "x = 1"),
        ("a-checks", "code", "# 5 points"),
        ("b", "markdown", "mine"),
    ]


def test_points_and_rights_come_from_us() -> None:
    """nbgrader and formgrader read points, grade and solution from the metadata of this copy."""
    submitted = cell(
        "a-checks", "5", outputs=[{"output_type": "execute_result", "data": {"text/plain": "5"}}]
    )
    submitted["metadata"]["nbgrader"].update(points=500, solution=True, grade=True, locked=False)
    (found,) = graded.restored([CHECKS], [submitted], {})
    assert found["metadata"] == {
        "nbgrader": {
            "grade": True,
            "grade_id": "a-checks",
            "locked": True,
            "points": 5,
            "schema_version": 3,
            "solution": False,
            "task": False,
        }
    }
    assert found["outputs"] == []


def test_deleted_cells_are_put_back_in_their_places() -> None:
    """Behind the cell that stands before them in the lesson, or at the top."""
    found = graded.restored(CELLS, [cell("", "mine"), cell("a", "x = 1"), cell("", "mine too")], {})
    assert [name or c["source"] for c, (name, _, _) in zip(found, shown(found), strict=True)] == [
        "a-task",
        "mine",
        "a",
        "a-checks",
        "b",
        "mine too",
    ]


def test_of_copied_cells_the_last_is_ours_and_the_others_are_ordinary() -> None:
    """A copy with our metadata would count twice, or stop nbgrader's batch."""
    found = graded.restored(
        [ANSWER], [cell("a", "first"), cell("a", "second"), cell("stranger", "third")], {}
    )
    assert shown(found) == [("", "code", "first"), ("a", "code", "second"), ("", "code", "third")]
    assert found[2]["metadata"] == {}


def test_a_cell_without_metadata_is_known_by_its_own_id() -> None:
    """Some programs drop metadata; the ids of our cells are the same as nbgrader's."""
    lost = {"cell_type": "code", "id": "a", "metadata": {}, "source": "x = 1"}
    assert shown(graded.restored([ANSWER], [lost], {})) == [("a", "code", "x = 1")]


def test_an_answer_that_was_found_elsewhere_is_shown_in_its_cell() -> None:
    """The grader must see the text that was graded."""
    found = graded.restored([TEXT], [cell("", "<!-- answer to: b -->\nmine", "markdown")], {"b": "mine"})
    assert ("b", "markdown", "mine") in shown(found)


def test_raw_cells_are_quoted() -> None:
    """nbconvert passes raw cells into the page as they are."""
    (found,) = graded.restored([], [cell("", "<script>alert(1)</script>", "raw")], {})
    assert (found["cell_type"], found["source"]) == ("markdown", "    <\u200bscript>alert(1)<\u200b/script>")


def test_checks_are_shown_as_a_table_and_one_plain_number() -> None:
    """nbgrader takes any other result, or none, for full points."""
    checks = (
        CheckResult("one", "returns an array", "pass", 2, 2),
        CheckResult(
            "two", "steps downhill", "fail", 0, 2, "row 1 is (1, 2), yours is (3, 4)", "mind the sign"
        ),
        CheckResult("three", "converges", "skipped", 0, 1),
    )
    report = Report("ann", "x", (ItemReport("a", "code", "A", checks, ("The sign is wrong.",), ("output",)),))
    (found,) = graded.graded(graded.restored([CHECKS], [], {}), report)

    table, number = found["outputs"]
    assert table == {
        "output_type": "stream",
        "name": "stdout",
        "text": (
            "2 points of 5\n"
            "\n"
            "      2/2  pass     returns an array\n"
            "      0/2  fail     steps downhill\n"
            "                    row 1 is (1, 2), yours is (3, 4)\n"
            "                    hint: mind the sign\n"
            "      0/1  skipped  converges\n"
            "\n"
            "What the checks together look like:\n"
            "  The sign is wrong.\n"
            "\n"
            "Limits that were reached: output\n"
        ),
    }
    assert number["data"] == {"text/plain": "2"}


def test_notes_are_harmless_and_stand_where_they_are_looked_for() -> None:
    """File names and messages may hold what a student chose."""
    item = ItemReport("b", "text", "B", (CheckResult("answer", "B", "review", 0, 2, "reads <b>well</b>"),))
    report = Report("ann", "x", (item,), problems=("`<script>.ipynb` was graded",))
    found = graded.graded(graded.restored([TEXT], [], {}), report)
    assert [c["source"] for c in found] == [
        "**Notes on this hand-in**\n\n- `<\u200bscript>.ipynb` was graded",
        "write here",
        "**autograde**\n\n- reads <\u200bb>well<\u200b/b>",
    ]


def test_ids_of_cells_are_unique_in_the_notebook(tiny: Course) -> None:
    """A notebook with equal ids is changed by the first program that opens it."""
    cells = cells_of(tiny, tiny.lessons[0])
    submitted = [cell(c.id, "x", c.kind) for c in cells] * 2
    ids = [c["id"] for c in graded.notebook(graded.restored(cells, submitted, {}))["cells"]]
    assert len(ids) == len(set(ids)) == 2 * len(cells)
