"""`csv` for people and `json` for programs: every state is told apart, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import export
from autograder.errors import AutogradeError, ExportError
from autograder.export import Export, File, Options, people
from autograder.grades import Grade
from tests.importers.difficult import COLUMNS, GRADES, STATES, with_grades


def test_the_table_for_people_tells_zero_from_missing_and_excused() -> None:
    text = export.fill("csv", GRADES).files[0].content.decode("utf-8-sig")

    assert [
        [
            "student",
            "last_name",
            "first_name",
            "email",
            "Walk, down (of 10)",
            "Learning rate (of 20)",
            "late",
        ],
        ["ann", "Doe", "Ann", "ann@example.org", "9.5", "excused", ""],
        ["0042", "Ångström", "Zoë", "zoe@example.org", "0", "17.25", "Learning rate"],
        ["oneil", "O'Neil, Jr", "Shaun", "oneil@example.org", "missing", "20", ""],
        ["evil", "Formula", '\'=HYPERLINK("x")', "evil@example.org", "10", "0.5", ""],
        ["dotted.1", "Ted", "Dot", "dot@example.org", "3.75", "missing", ""],
        ["noor", "😀 \\Back", "نور", "noor@example.org", "1", "2", ""],
    ] == list(csv.reader(io.StringIO(text)))


def test_a_grade_that_waits_for_a_person_is_never_a_number() -> None:
    grades = with_grades({("ann", "walk"): Grade("pending", Decimal(3))})

    result = export.fill("csv", grades)

    assert b"ann@example.org,pending,excused" in result.files[0].content
    assert ["in the lesson `Walk, down` a person still has to grade `ann`"] == [
        str(n) for n in result.notices
    ]
    allowed = export.fill("csv", grades, options=Options(unconfirmed="allow"))
    assert b"ann@example.org,3,excused" in allowed.files[0].content


@given(st.text(st.sampled_from("=+-@＝;,|\t\r\n \"'a1")))
def test_no_cell_can_begin_a_formula_whatever_delimiter_the_program_expects(text: str) -> None:
    """A German Excel cuts at `;`, so a formula may hide in the middle of a cell."""
    line = people.safe(text)

    for delimiter in ",;|\t":
        for part in line.split(delimiter):
            assert not part.lstrip(" \"'").startswith(tuple("=+-@＝")) or part.lstrip(' "').startswith("'")
    assert line.isprintable()


def test_json_holds_every_state() -> None:
    data = json.loads(export.fill("json", GRADES).files[0].content)

    assert {
        "id": "walk",
        "title": "Walk, down",
        "max_points": 10,
        "lms": dict(COLUMNS[0].lms),
    } == data["lessons"][0]
    got = {
        (s["id"], lesson): (g["state"], g["points"], g["late"])
        for s in data["students"]
        for lesson, g in s["grades"].items()
    }
    want = {
        key: (g.state, None if g.points is None else float(g.points), g.late) for key, g in STATES.items()
    }
    assert {**want, ("oneil", "walk"): ("missing", None, False)} == got


@pytest.mark.parametrize("name", ["csv", "json"])
def test_the_same_grades_give_the_same_bytes(name: str) -> None:
    assert export.fill(name, GRADES).files == export.fill(name, GRADES).files


def test_only_the_lessons_that_were_asked_for_are_exported() -> None:
    text = export.fill("csv", GRADES, options=Options(lessons=("rate",))).files[0].content.decode()

    assert "Learning rate (of 20)" in text
    assert "Walk" not in text
    with pytest.raises(ExportError, match="there is no lesson `rat`"):
        export.fill("csv", GRADES, options=Options(lessons=("rat",)))


def test_an_existing_file_is_replaced_only_by_force(tmp_path) -> None:
    """Whatever lies there may be the only copy of somebody's grades."""
    path = tmp_path / "grades.csv"
    path.write_bytes(b"mine")
    made = Export((File("grades.csv", b"new"),))

    with pytest.raises(AutogradeError, match="exists already"):
        export.write(made, path)
    assert (b"mine", [path]) == (path.read_bytes(), list(tmp_path.iterdir()))

    assert (path,) == export.write(made, path, force=True)
    assert (b"new", [path]) == (path.read_bytes(), list(tmp_path.iterdir()))


def test_several_files_are_written_into_a_folder_or_not_at_all(tmp_path) -> None:
    made = Export((File("a.csv", b"a"), File("b.csv", b"b")))
    folder = tmp_path / "out"

    assert (folder / "a.csv", folder / "b.csv") == export.write(made, folder)
    (folder / "a.csv").unlink()
    with pytest.raises(ExportError, match=r"b\.csv exists already"):
        export.write(made, folder)
    assert not (folder / "a.csv").exists()
