"""Canvas: the exported gradebook comes back with our columns filled and every other byte as it was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from autograder import export
from autograder.errors import ExportError
from autograder.export import Options
from autograder.grades import Column, Grade, Grades, Student
from tests.importers import canvas as importer
from tests.importers.difficult import COLUMNS, GRADES, STATES, STUDENTS, graded, with_grades

HEADER = 'Student,ID,SIS User ID,SIS Login ID,Section,Before (100),"Walk, down (101)",Learning rate (102),Current Score,Final Grade'
MAXIMA = "    Points Possible,,,,,5,10.00,20.00,(read only),(read only)"
ROWS = [
    '"Doe, Ann",11,S001,ann,Sec A,4.00,,12.00,88.1,B',
    '"Ångström, Zoë",12,0042,zoe@example.org,"Sec A, B",5,1.00,,70,C',
    '"O\'Neil, Jr, Shaun",13,S003,oneil,Sec A,,8.00,20,60,D',
    '"=""=HYPERLINK(""""x"""")""",14,S004,evil,Sec A,,,,,',
    '"Ted, Dot",15,2024.001.7,dotted.1,Sec A,,3.75,,,',
    '"😀 \\Back, نور",16,S006,noor,Sec A,,N/A,,,',
    '"Stranger, Eve",99,S099,eve,Sec A,1,2,3,4,E',
    '"Student, Test",100,,,Sec A,,,,,',
]


def table(*rows: str, newline: str = "\r\n", header: str = HEADER, maxima: str = MAXIMA) -> bytes:
    return "".join(line + newline for line in (header, maxima, *(rows or ROWS))).encode()


def fill(template: bytes, grades: Grades = GRADES, **options: object) -> export.Export:
    return export.fill("canvas", grades, template, Options(file="canvas.csv", **options))  # type: ignore[arg-type]


def lines(content: bytes) -> list[str]:
    return content.decode().split("\r\n")


def test_only_the_cells_of_our_lessons_change() -> None:
    """A changed byte anywhere else is somebody's grade, name or total."""
    result = fill(table())

    assert [
        HEADER,
        MAXIMA,
        '"Doe, Ann",11,S001,ann,Sec A,4.00,9.5,EX,88.1,B',
        '"Ångström, Zoë",12,0042,zoe@example.org,"Sec A, B",5,0,17.25,70,C',
        '"O\'Neil, Jr, Shaun",13,S003,oneil,Sec A,,8.00,20,60,D',
        '"=""=HYPERLINK(""""x"""")""",14,S004,evil,Sec A,,10,0.5,,',
        '"Ted, Dot",15,2024.001.7,dotted.1,Sec A,,3.75,,,',
        '"😀 \\Back, نور",16,S006,noor,Sec A,,N/A,2,,',
        '"Stranger, Eve",99,S099,eve,Sec A,1,2,3,4,E',
        '"Student, Test",100,,,Sec A,,,,,',
        "",
    ] == lines(result.files[0].content)


def test_every_change_is_listed_with_the_old_value() -> None:
    changes = fill(table()).changes

    assert [
        ("ann", "walk", "Walk, down (101)", "", "9.5"),
        ("0042", "walk", "Walk, down (101)", "1.00", "0"),
        ("evil", "walk", "Walk, down (101)", "", "10"),
        ("ann", "rate", "Learning rate (102)", "12.00", "EX"),
        ("0042", "rate", "Learning rate (102)", "", "17.25"),
        ("evil", "rate", "Learning rate (102)", "", "0.5"),
        ("noor", "rate", "Learning rate (102)", "", "2"),
    ] == [tuple(change) for change in changes]


def test_who_and_what_was_left_alone_is_said() -> None:
    """`oneil` handed nothing in for `walk` and keeps the 8.00 of Canvas; the test student is nobody's business."""
    result = fill(table())

    assert [
        "canvas.csv:8:36: `noor` in `Walk, down (101)` was left as it was: the assignment is not assigned to this student (`N/A`)",
        "canvas.csv:9:1: Stranger, Eve (`99`) is not in the class; left as it was",
    ] == sorted(str(notice) for notice in result.notices)
    assert result.found


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", [b"", b"x"])
def test_a_file_of_strangers_comes_back_byte_for_byte(
    newline: str, mark: bytes, delimiter: str, end: bytes
) -> None:
    template = (
        mark + table(newline=newline).replace(b",", delimiter.encode())
        if delimiter == ","
        else mark + semicolons(newline)
    )
    template = template[: -len(newline)] if end else template

    result = fill(template, Grades((), COLUMNS, {}))

    assert (template, ()) == (result.files[0].content, result.changes)


def semicolons(newline: str) -> bytes:
    rows = [
        "Student;ID;SIS Login ID;Section;Walk, down (101)",
        "    Points Possible;;;;10,00",
        "Doe, Ann;11;ann;A;9,50",
    ]
    return newline.join([*rows, ""]).encode()


def test_a_decimal_comma_is_understood_and_an_equal_grade_is_not_touched() -> None:
    result = fill(semicolons("\n"))

    assert (semicolons("\n"), ()) == (result.files[0].content, result.changes)


def test_canvas_then_holds_exactly_our_grades() -> None:
    """Through the model of Canvas's importer, which erases what is blank in a column with changes."""
    accounts = [
        importer.Account(int(s.ids["canvas.id"]), f"{s.first_name} {s.last_name}", "", "", s.id)
        for s in STUDENTS
    ]
    stored = {
        (11, 102): "12",
        (12, 101): "1",
        (13, 101): "8",
        (13, 102): "20",
        (15, 101): "3.75",
        (11, 100): "4",
        (12, 100): "5",
    }

    after = importer.upload(
        fill(table()).files[0].content,
        accounts,
        {100: "Before", 101: "Walk, down", 102: "Learning rate"},
        stored,
    )

    assert {
        **stored,
        (11, 101): "9.5",
        (12, 101): "0",
        (14, 101): "10",
        (11, 102): "EX",
        (12, 102): "17.25",
        (14, 102): "0.5",
        (16, 102): "2",
        (13, 101): "8.00",
        (15, 101): "3.75",
    } == dict(after.grades)
    assert () == after.new_assignments


def test_a_lesson_in_which_a_person_still_has_to_grade_is_left_untouched_and_named() -> None:
    """Not even the students who are done: half a column looks like a whole one."""
    grades = with_grades({("evil", "walk"): Grade("pending", Decimal(4))})

    result = fill(table(), grades)

    assert {"rate"} == {change.lesson for change in result.changes}
    assert "the lesson `Walk, down` was left as it was: a person still has to grade `evil`" in [
        notice.message for notice in result.notices
    ]
    assert [("rate", "Learning rate", "Learning rate (102)")] == [tuple(target) for target in result.targets]


def test_a_pending_student_who_is_not_in_the_file_does_not_hold_up_the_others() -> None:
    gone = Student("gone", "Gone", "Away")
    grades = Grades((*STUDENTS, gone), COLUMNS, {**STATES, ("gone", "walk"): Grade("pending")})

    result = fill(table(), grades)

    assert {"walk", "rate"} == {change.lesson for change in result.changes}
    assert "`gone` (Gone Away) is not in the file" in [notice.message for notice in result.notices]


def test_nothing_is_written_when_every_lesson_waits_for_a_person() -> None:
    waiting = with_grades({("ann", "walk"): Grade("pending"), ("ann", "rate"): Grade("pending")})

    with pytest.raises(ExportError, match="a person still has to grade `ann`"):
        fill(table(), waiting)


def test_refusing_while_anything_is_unconfirmed_names_everybody() -> None:
    grades = with_grades({("evil", "walk"): Grade("pending"), ("ann", "walk"): Grade("pending")})

    with pytest.raises(ExportError) as caught:
        fill(table(), grades, unconfirmed="refuse")

    assert (
        "the lesson `Walk, down` was left as it was: a person still has to grade `ann`, `evil`"
        == caught.value.message
    )
    assert "--allow-unconfirmed" in caught.value.hint


def test_unconfirmed_points_are_written_when_allowed() -> None:
    grades = with_grades({("evil", "walk"): Grade("pending", Decimal(4))})

    result = fill(table(), grades, unconfirmed="allow")

    assert ("evil", "walk", "Walk, down (101)", "", "4") in result.changes


def test_missing_hand_ins_become_zero_only_on_request() -> None:
    result = fill(table(), missing="zero")

    assert ("oneil", "walk", "Walk, down (101)", "8.00", "0") in result.changes
    assert ("dotted.1", "rate", "Learning rate (102)", "", "0") in result.changes


def test_a_lesson_without_lms_id_is_found_by_its_title() -> None:
    columns = (Column("walk", "walk,  DOWN", Decimal(10)), Column("other", "Nowhere", Decimal(5)))

    result = fill(table(), Grades(STUDENTS, columns, STATES))

    assert {("walk", "Walk, down (101)")} == {(change.lesson, change.column) for change in result.changes}
    assert [
        "the lesson `Nowhere` was not exported: the file has no column with this title\n"
        "  hint: columns of the file: `Before (100)`, `Walk, down (101)`, `Learning rate (102)`; "
        "say which column it is in course.yaml, `lms: {canvas: ...}`"
    ] == [str(notice) for notice in result.notices if notice.kind == "lesson"]


def test_an_id_in_course_yaml_wins_over_the_title() -> None:
    columns = (Column("walk", "Learning rate", Decimal(10), {"canvas": "101"}),)

    result = fill(table(), Grades(STUDENTS, columns, STATES))

    assert [("walk", "Learning rate", "Walk, down (101)")] == [tuple(target) for target in result.targets]


def test_an_id_that_the_file_lacks_is_not_replaced_by_a_title() -> None:
    columns = (Column("walk", "Walk, down", Decimal(10), {"canvas": "555"}), COLUMNS[1])

    result = fill(table(), Grades(STUDENTS, columns, STATES))

    assert {"rate"} == {change.lesson for change in result.changes}
    assert "the file has no column with `lms:` 555" in str(result.notices[0])


def test_a_file_of_another_course_is_refused() -> None:
    """None of the lessons, or none of the students: a copy without changes would look like success."""
    with pytest.raises(ExportError) as lessons:
        fill(table(), Grades(STUDENTS, (Column("x", "Other", Decimal(1)),), {}))
    with pytest.raises(ExportError) as students:
        fill(table(), Grades((Student("nobody", "No", "Body"),), COLUMNS, {}))

    assert "canvas.csv: no lesson of the course has a column in this file" == lessons.value.message
    assert "canvas.csv: no student of the class is in this file" == students.value.message
    assert "the class has for example `nobody` (No Body), the file Doe, Ann (`11`)" in students.value.hint


REFUSED = {
    "no Canvas file": (b"a,b,c,d\r\n1,2,3,4\r\n", "canvas.csv:1:1: this is no gradebook from Canvas"),
    "no Section": (b"Student,ID,HW (1),HW (2)\r\n", "canvas.csv:1:1: this is no gradebook from Canvas"),
    "empty": (b"", "canvas.csv: the file is empty"),
    "latin-1": (
        table().replace("Å".encode(), b"\xc5"),
        "canvas.csv:4:2: not UTF-8: the byte 0xC5 cannot be read",
    ),
    "utf-16": (
        table().decode().encode("utf-16"),
        "canvas.csv: Canvas reads UTF-8 and this file is UTF-16-LE",
    ),
    "a mark and a quote": (
        b"\xef\xbb\xbf" + table(header=HEADER.replace("Student", '"Student"')),
        "canvas.csv:1:1: Canvas cannot read a file that begins with a byte order mark and a quoted cell",
    ),
    "sep=": (b"sep=,\r\n" + table(), "canvas.csv:1:1: the first line is `sep=`"),
    "a workbook": (b"PK\x03\x04....", "canvas.csv: this is a spreadsheet or zip file, not text"),
    "cut off in a row": (table()[:-7], "canvas.csv:10:23: this line has 5 cells and the first one has 10"),
    "cut off in a quote": (
        table()[: table().index("Zoë".encode())],
        "canvas.csv:4:1: a quoted cell begins here and never ends",
    ),
    "an edited name": (
        table().replace(b'"Doe, Ann"', b"Doe, Ann"),
        "canvas.csv:3:45: this line has 11 cells and the first one has 10",
    ),
    "text after a quote": (
        table().replace(b'"Doe, Ann"', b'"Doe, Ann"x'),
        "canvas.csv:3:1: text follows the closing quote",
    ),
    "the same student twice": (
        table(*ROWS, ROWS[0]),
        "canvas.csv:11:1: `11` is here twice as `ID`; first in line 3",
    ),
    "over the maximum": (
        table(maxima=MAXIMA.replace("10.00", "9")),
        "canvas.csv:3:35: `ann` has 9.5 points in `Walk, down`, but `Walk, down (101)` takes at most 9\n"
        "canvas.csv:6:50: `evil` has 10 points in `Walk, down`, but `Walk, down (101)` takes at most 9",
    ),
    "a read-only column": (
        table(maxima=MAXIMA.replace("10.00", "(read only)")),
        "canvas.csv:1:58: `Walk, down (101)`, the column of the lesson `Walk, down`, is read-only in Canvas",
    ),
    "a total": (
        table(
            header=HEADER.replace("Before (100)", "Final Score (7)").replace(
                "Walk, down (101)", "Final Score (101)"
            )
        ),
        "is a total that Canvas calculates",
    ),
    "two columns of that id": (
        table(header=HEADER.replace("Before (100)", "Before (101)")),
        "canvas.csv:1:45: the lesson `Walk, down` fits `Before (101)` and `Walk, down (101)`",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_canvas_would_not_import_is_refused(case: str) -> None:
    """Bad input stops before anything is written, with the place and what to do."""
    template, message = REFUSED[case]

    with pytest.raises(ExportError) as caught:
        fill(template)

    assert message in caught.value.message
    assert caught.value.hint


def test_the_whole_file_is_refused_only_for_students_of_ours() -> None:
    """A stranger's cell over the maximum is not our business."""
    result = fill(table(maxima=MAXIMA.replace("20.00", "2")), Grades((), COLUMNS, {}))

    assert () == result.changes


def test_a_class_of_a_thousand_is_filled() -> None:
    """How long that takes is measured by benchmarks/export_thousand.py."""
    students = tuple(Student(f"s{i:04}", f"First{i}", f"Last{i}") for i in range(1000))
    columns = tuple(Column(f"l{j}", f"Lesson {j}", Decimal(10), {"canvas": str(j)}) for j in range(6))
    grades = Grades(students, columns, {(s.id, c.id): graded("7.5") for s in students for c in columns})
    head = "Student,ID,SIS Login ID,Section," + ",".join(f"Lesson {j} ({j})" for j in range(30))
    rows = [f'"Last{i}, First{i}",{i},s{i:04},A' + "," * 30 for i in range(1000)]
    template = "\n".join([head, "    Points Possible,,," + ",10" * 30, *rows, ""]).encode()

    result = fill(template, grades)

    assert 6000 == len(result.changes)
    assert () == result.notices
