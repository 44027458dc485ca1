"""The models of the importers, held against the results that the real importers gave."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.importers import canvas, moodle, openedx, sakai

ANN, BOB = moodle.User("S001", "ann@example.org"), moodle.User("0042", "bob@example.org")
TEN = {"HW": ("hw", Decimal(10))}


def moodle_upload(text: str | bytes, **more: object) -> moodle.Stored:
    content = text.encode() if isinstance(text, str) else text
    return moodle.gradebook_csv(content, [ANN, BOB], "ID number", TEN, {("S001", "hw"): "3"}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("ID number,HW\nS001,9.5\n", "9.5"),
        ("\ufeffID number,HW\r\nS001,9.5\r\n", "9.5"),
        ("ID number,HW\n\nS001,9.5\n\n", "9.5"),
        ("ID number,HW\nS001,\n", None),
        ("ID number,HW\nS001,-\n", None),
        ("ID number,HW\nS001,1\nS001,2\n", "2"),
        ("ID number,HW\nS001,1.123456789012\n", "1.12346"),
        ("ID number,HW\nS001,1e0\n", "1"),
        ('ID number,HW,F\nS001,9.5,"two\nlines"\n', "9.5"),
    ],
)
def test_the_model_of_moodles_csv_takes(text: str, grade: str | None) -> None:
    assert grade == moodle_upload(text).get(("S001", "hw"))


@pytest.mark.parametrize(
    "text",
    [
        "ID number,HW\nS001,9.5,x\n",
        "ID number,HW\nS001,10.01\n",
        "ID number,HW\nS001,-1\n",
        "ID number,HW\nS001,95%\n",
        "ID number,HW\nS001,EX\n",
        'ID number,HW\nS001,"9,5"\n',
        "ID number,HW\nS009,1\n",
        "ID number,HW\n42,1\n",
        'ID number,HW,F\nS001,1,"a, C:\\"\n0042,2,x\n',
    ],
)
def test_the_model_of_moodles_csv_rejects(text: str) -> None:
    with pytest.raises(moodle.RejectedError):
        moodle_upload(text)


def test_the_model_of_moodles_csv_reads_other_encodings_and_languages() -> None:
    assert "9.5" == moodle_upload('ID number,HW\nS001,"9,5"\n', decimal_comma=True)["S001", "hw"]
    sheet = "ID number\tHW\nS001\t9.5\n".encode("utf-16-le")
    assert "9.5" == moodle_upload(sheet, delimiter="\t", encoding="utf-16-le")["S001", "hw"]


@pytest.mark.parametrize(
    ("inner", "result"),
    [
        ("<assignment>hw1</assignment><student>S001</student><score>9.5</score>", "9.5"),
        ("<assignment>hw1</assignment><student>S001</student><score>12</score>", "10"),
        ("<assignment>hw1</assignment><student>S001</student><score>-</score>", None),
        ("<assignment>hw1</assignment><student>S001</student>", None),
        ("<assignment>hw1</assignment><student>S001</student><score></score>", moodle.RejectedError),
        ("<assignment>hw1</assignment><student>S001</student><score>EX</score>", moodle.RejectedError),
        ("<assignment> hw1 </assignment><student>S001</student><score>1</score>", moodle.RejectedError),
        ("<assignment>hw1</assignment><student>42</student><score>1</score>", moodle.RejectedError),
    ],
)
def test_the_model_of_moodles_xml(inner: str, result: object) -> None:
    content = f"<results><result>{inner}</result></results>".encode()
    if isinstance(result, type):
        with pytest.raises(moodle.RejectedError):
            moodle.grade_xml(content, ["S001"], {"hw1": Decimal(10)}, {})
        return
    after = moodle.grade_xml(content, ["S001"], {"hw1": Decimal(10)}, {("S001", "hw1"): "3"})
    assert result == after.get(("S001", "hw1"))


SHEET = "Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (101),HW 2 (102)\n"
ACCOUNTS = [
    canvas.Account(11, "Ann Doe", "Doe, Ann", "S001", "ann"),
    canvas.Account(12, "Bob Roe", "Roe, Bob", "1.2.3", "bob"),
]
TITLES = {101: "HW 1", 102: "HW 2", 2: "Old"}


def canvas_upload(content: bytes | str, stored: dict[tuple[int, int], str] | None = None) -> canvas.Upload:
    data = content.encode() if isinstance(content, str) else content
    return canvas.upload(data, ACCOUNTS, TITLES, stored or {})


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        (SHEET + "Ann,11,,,A,9.5,\n", {(11, 101): "9.5"}),
        ("\ufeff" + SHEET + "Ann,11,,,A,9.5,\n", {(11, 101): "9.5"}),
        (SHEET.replace(",", ";") + "Ann;11;;;A;9,5;\n", {(11, 101): "9.5"}),
        (SHEET + 'Ann,11,,,A,"1,234","1,234.5"\n', {(11, 101): "1.234", (11, 102): "1234.5"}),
        (SHEET + "Ann,,S001,,A,1,\n", {(11, 101): "1"}),
        (SHEET + "Bob,,1.2.3,,A,1,\n", {}),
        (SHEET + "Nobody,,,bob,A,1,\n", {(12, 101): "1"}),
        (SHEET + "Ann Doe,,,,A,1,\n", {(11, 101): "1"}),
        (SHEET + "Ann,11,,,A,ex,\n", {(11, 101): "EX"}),
        ("Student,ID,Section,Homework (2)\nAnn,11,A,4\n", {(11, 2): "4"}),
        (SHEET + "    Points Possible,,,,,10,(read only)\nAnn,11,,,A,1,2\n", {(11, 101): "1"}),
        (SHEET + ",,,,,Muted,Manual Posting\nAnn,11,,,A,1,2\n", {(11, 101): "1", (11, 102): "2"}),
    ],
)
def test_the_model_of_canvas_takes(text: str, grades: dict[tuple[int, int], str]) -> None:
    assert grades == dict(canvas_upload(text).grades)


@pytest.mark.parametrize(
    "content",
    [
        ("\ufeff" + SHEET.replace("Student", '"Student"') + "Ann,11,,,A,1,\n").encode(),
        b"sep=,\n" + SHEET.encode(),
        (SHEET + "Zoë,11,,,A,1,\n").encode("latin-1"),
        (SHEET + "Ann,11,,,A,1,\n").encode("utf-16"),
    ],
)
def test_the_model_of_canvas_rejects(content: bytes) -> None:
    with pytest.raises(canvas.RejectedError):
        canvas_upload(content)


def test_in_the_model_of_canvas_a_blank_erases_only_beside_a_change() -> None:
    stored = {(11, 101): "9", (12, 101): "8", (11, 102): "7", (12, 102): "6"}

    after = canvas_upload(SHEET + "Ann,11,,,A,5,\nBob,12,,,A,,6\n", stored)

    assert {(11, 101): "5", (12, 102): "6"} == dict(after.grades)
    assert stored == dict(canvas_upload(SHEET + "Ann,11,,,A,9.00,7\nBob,12,,,A,8,6.000\n", stored).grades)


def test_the_model_of_canvas_makes_a_new_assignment_of_an_unknown_title() -> None:
    assert ("Homework",) == canvas_upload("Student,ID,Section,Homework (3)\nAnn,11,A,4\n").new_assignments


def test_the_model_of_sakai() -> None:
    text = (
        'Student ID,Name,HW 1 [10],* HW 1,# total,HW 2\nann,"Doe, Ann",9.5,nice,1,\n,x,1,,,\neve,Eve,1,,,\n'
    )

    after, unknown, points = sakai.upload(text.encode(), ["ann"], {("ann", "HW 2"): "3"})

    assert {("ann", "HW 1"): "9.5", ("ann", "HW 1/comment"): "nice", ("ann", "HW 2"): "3"} == after
    assert (["eve"], {"HW 1": "10", "HW 2": ""}) == (unknown, points)
    for bad in ("id,n,A,A\n", "id,n,\n", "id,n,A\nann,x,1\nann,x,2\n", "id,n,A [x]\n", "id,n,* A\n"):
        with pytest.raises(sakai.RejectedError):
            sakai.upload(bad.encode(), ["ann"], {})


def test_the_model_of_open_edx() -> None:
    good = "user_id,course_id,new_override-ab\n7,c,9.5\n8,c,\n"
    assert {("7", "ab"): "9.5", ("8", "ab"): "1"} == openedx.bulk_grades(
        good.encode(), "c", {("8", "ab"): "1"}
    )
    for bad in ("\ufeff" + good, good + "7,c,1\n", good.replace("9.5", "-1"), good.replace("7,c", "7,d")):
        with pytest.raises(openedx.RejectedError):
            openedx.bulk_grades(bad.encode(), "c", {})
    staff = "user_id,block_id,Previous Points,New Points\n7,b,,3\n7,b,,4\n8,b,2,\n"
    assert {"7": "3", "8": "2"} == openedx.staff_points(staff.encode(), Decimal(5), {"8": "2"})
    with pytest.raises(openedx.RejectedError):
        openedx.staff_points(staff.encode(), Decimal(2), {})
