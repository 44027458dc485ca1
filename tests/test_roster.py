"""Rosters: who is who, read from every file that an LMS lets an instructor download, and kept as a table of strings."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import roster
from autograder.errors import ExportError
from autograder.grades import Column, Grade, Grades, Student
from autograder.identity import ID_NAMES
from autograder.roster import Roster

GOLDEN = Path(__file__).parent / "golden" / "export"
CASES = {
    "canvas": {"ann": {"canvas.id": "11", "canvas.sis_id": "S001", "canvas.login": "ann"}},
    "moodle": {"ann": {"moodle.idnumber": "S001"}},
    "moodle-utf16": {"ann": {"moodle.idnumber": "S001"}},
    "moodle-worksheet": {"ann": {"moodle.idnumber": "S001"}},
    "blackboard": {"ann": {"blackboard.username": "ann", "blackboard.student_id": "S001"}},
    "blackboard-tab": {"ann": {"blackboard.username": "ann", "blackboard.student_id": "S001"}},
    "brightspace": {"ann": {"brightspace.username": "ann", "brightspace.org_defined_id": "S001"}},
    "sakai": {"ann": {"sakai.eid": "ann"}},
    "openedx": {"ann": {"openedx.user_id": "11", "openedx.username": "ann", "openedx.student_key": "S001"}},
    "openedx-staff": {
        "ann": {"openedx.user_id": "11", "openedx.username": "ann", "openedx.student_key": "S001"}
    },
}


def exported(case: str) -> Path:
    [path] = [path for path in (GOLDEN / case).iterdir() if path.stem not in ("filled", "notices")]
    return path


@pytest.mark.parametrize("case", sorted(CASES))
def test_each_file_of_an_lms_gives_a_roster(case: str) -> None:
    found = {student.id: student for student in roster.read(exported(case)).students}

    for id_, ids in CASES[case].items():
        assert ids == dict(found[id_].ids)
    assert "0042" in {*found, *(s.ids.get("moodle.idnumber") for s in found.values())}


def test_names_and_addresses_come_along() -> None:
    ann = roster.read(exported("moodle")).students[0]

    assert ("Ann", "Doe", "ann@example.org") == (ann.first_name, ann.last_name, ann.email)


def test_canvas_rows_that_are_no_students_are_left_out() -> None:
    text = 'Student,ID,SIS Login ID,Section,HW (1)\n    Points Possible,,,,10\n"Doe, Ann",11,ann,A,\n"Student, Test",9,c0ffee,A,\n'

    found = roster.parse(text.encode(), "g.csv")

    assert ["ann"] == [student.id for student in found.students]


def test_our_id_can_be_another_of_the_ids() -> None:
    found = roster.read(exported("canvas"), id_from="canvas.sis_id")

    assert "S001" == found.students[0].id


def test_an_id_that_the_file_lacks_is_refused_with_those_that_it_has() -> None:
    with pytest.raises(ExportError) as caught:
        roster.read(exported("sakai"), id_from="canvas.id")

    assert ("template.csv has no `canvas.id`", "choose one of: sakai.eid") == (
        caught.value.message,
        caught.value.hint,
    )


def test_another_lms_adds_its_ids_to_the_students_who_are_there() -> None:
    both = roster.merge(roster.read(exported("canvas")), roster.read(exported("moodle")))

    ann = next(student for student in both.students if student.id == "ann")
    assert {
        "canvas.id": "11",
        "canvas.sis_id": "S001",
        "canvas.login": "ann",
        "moodle.idnumber": "S001",
    } == dict(ann.ids)
    assert "ann@example.org" == ann.email


def test_students_with_an_id_in_common_but_another_name_are_not_taken_for_one() -> None:
    old = Roster((Student("ann", "Ann", "Doe", ids={"canvas.sis_id": "S1"}),))
    new = Roster((Student("ann", "Ann", "Other", ids={"canvas.sis_id": "S2"}),))

    with pytest.raises(
        ExportError, match="`ann` is two people: Ann Doe in the roster and Ann Other in the new file"
    ):
        roster.merge(old, new)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "r.csv:1:1: this is no list of students that we know"),
        ("id,first_name,shoe\nann,Ann,42\n", "r.csv:1:15: `shoe` is no column of a roster"),
        ("id,first_name,id\nann,Ann,x\n", "r.csv:1:15: the column `id` is here twice"),
        ("id,first_name\nann,Ann\nann,Bob\n", "r.csv:3:1: `ann` is here twice; first in line 2"),
        ("id,first_name\n,Ann\n", "r.csv:2:1: this student has no id"),
        ("id,first_name\n../x,Ann\n", "r.csv:2:1: '../x' cannot be an id"),
        ("id,first_name\nann\n", "r.csv:2:1: this line has 1 cells and the first one has 2"),
        (
            "Username,Last Name,First Name\nann,Doe,Ann\nann,Roe,Bob\n",
            "r.csv:3:1: `ann` is here twice as `Username`",
        ),
        ('Student ID,Name\nann,"Doe', "r.csv:2:5: a quoted cell begins here and never ends"),
        ("ID number,Email address\n,a@x.org\n,a@y.org\n", "r.csv:3:1: `a` is here twice; first in line 2"),
    ],
)
def test_a_file_that_cannot_be_a_roster_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ExportError) as caught:
        roster.parse(text.encode(), "r.csv")

    assert caught.value.message.startswith(message)


def test_bytes_that_are_no_utf8_are_refused_with_their_place() -> None:
    with pytest.raises(ExportError, match=r"r\.csv:2:7: not UTF-8: the byte 0xEB cannot be read"):
        roster.parse("id,first_name\nzoe,Zo\xeb\n".encode("latin-1"), "r.csv")


@pytest.mark.parametrize("damaged", ["42", "1.2E+05"])
def test_an_id_that_a_spreadsheet_has_changed_is_named(damaged: str) -> None:
    rows = "".join(f"000{n},S{n} One,x{n}@example.org\n" for n in range(3))
    text = f"ID number,Full name,Email address\n{rows}{damaged},Bob Roe,bob@example.org\n"

    notes = roster.parse(text.encode(), "r.csv").notes

    assert [
        f"r.csv:5:1: `ID number` is `{damaged}`, which looks as if a spreadsheet program had changed it; "
        "download the file again from the LMS"
    ] == list(notes)


def test_excused_students_stand_in_the_roster() -> None:
    known = roster.parse(b"id,first_name,excused\nann,Ann,walk rate\nbob,Bob,\n", "r.csv")
    columns = tuple(Column(name, name, Decimal(10)) for name in ("walk", "rate"))
    grades = Grades((Student("ann"), Student("bob")), columns, {("ann", "walk"): Grade("graded", Decimal(3))})

    joined = roster.join(grades, known)

    assert ["excused", "excused", "missing"] == [
        joined.grade(*pair).state for pair in (("ann", "walk"), ("ann", "rate"), ("bob", "walk"))
    ]
    assert known == roster.parse(roster.to_bytes(known), "again")


def test_excused_from_no_lesson_is_refused() -> None:
    known = roster.parse(b"id,first_name,excused\nann,Ann,walc\n", "r.csv")

    with pytest.raises(ExportError, match="excuses `ann` from `walc`, which is no lesson") as caught:
        roster.join(Grades((), (Column("walk", "Walk", Decimal(10)),), {}), known)

    assert "did you mean `walk`?" == caught.value.hint


def test_who_is_in_the_roster_only_is_in_the_class_too() -> None:
    joined = roster.join(Grades((Student("ann"),), (), {}), Roster((Student("bob"), Student("ann", "Ann"))))

    assert [("ann", "Ann"), ("bob", "")] == [(s.id, s.first_name) for s in joined.students]


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12).map(str.strip)
names = st.one_of(texts, st.sampled_from(['=HYPERLINK("x")', "O'Neil, Jr", "'=1", "-1", "😀 \\", "نور"]))
ids = st.from_regex(r"[a-z0-9][a-z0-9.@_-]{0,8}", fullmatch=True)


@given(
    st.lists(
        st.builds(
            Student, ids, names, names, ids, st.dictionaries(st.sampled_from(ID_NAMES), ids, max_size=4)
        ),
        max_size=5,
        unique_by=lambda student: student.id,
    )
)
def test_a_roster_reads_back_as_it_was(students: list[Student]) -> None:
    """Whatever the names are; and no cell of the file can act as a formula in a spreadsheet program."""
    content = roster.to_bytes(Roster(tuple(students)))

    assert tuple(students) == roster.parse(content, "r.csv").students
    for line in content.decode().splitlines():
        for cell in line.split(","):
            assert not cell.lstrip('"').startswith(tuple("=+-@"))
