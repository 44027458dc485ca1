"""Our files through models of the real importers: what stands in the LMS afterwards is what we meant, and nothing is erased.

The models are held first against the results that the real importers gave (lms_formats: the tables marked as run).
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import export
from autograder.errors import ExportError
from autograder.export import Options
from autograder.export.texts import lms_text
from autograder.grades import Column, Grade, Grades, Student
from autograder.sheet import write_rows
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


# --- our writers against the models -----------------------------------------------------------------------------

HARD = st.text(
    st.one_of(
        st.sampled_from(list("=+-@\"'\\,;\t\r\n.:#[]()0<>&\x00\x07é😀مـ‏‮\u2028＝|")),
        st.characters(codec="utf-8"),
    ),
    max_size=12,
)
NAMES = st.one_of(
    HARD,
    st.sampled_from(['=HYPERLINK("x")', "O'Neil, Jr", "Points Possible", "Muted", "نور", "Student, Test"]),
)
POINTS = st.decimals(0, 10, places=2)
GRADE = st.one_of(
    st.builds(lambda points, text: Grade("graded", points, feedback=text), POINTS, HARD),
    st.just(Grade("graded", Decimal(0))),
    st.just(Grade("excused")),
    st.just(Grade("missing")),
)
STORED = st.sampled_from(["", "1", "9.5", "10"])


@st.composite
def classes(draw: st.DrawFn) -> tuple[Grades, dict[str, str]]:
    """A class of one lesson with hard names, and what the LMS has stored for everybody, by our id."""
    students, grades, stored = [], {}, {}
    for number in range(draw(st.integers(1, 5))):
        id_ = draw(st.sampled_from(["s{}", "00{}", "a.b.{}", "{}.5"])).format(number + 1)
        ids = {
            "canvas.id": str(100 + number),
            "moodle.idnumber": id_,
            "sakai.eid": id_,
            "openedx.user_id": str(100 + number),
            "blackboard.username": id_,
            "brightspace.org_defined_id": id_,
        }
        students.append(Student(id_, draw(NAMES), draw(NAMES), f"{number}@example.org", ids))
        grades[id_, "hw"] = draw(GRADE)
        stored[id_] = draw(STORED)
    lms = {"canvas": "101", "moodle": "hw", "openedx": "ab12cd34", "blackboard": "55"}
    return Grades(tuple(students), (Column("hw", "HW 1", Decimal(10), lms),), grades), stored


def meant(grades: Grades, stored: dict[str, str], *, excused: str | None) -> dict[str, str]:
    """What should stand in the LMS: our number, its word for excused, or what was there."""
    after = {}
    for student in grades.students:
        grade = grades.grade(student.id, "hw")
        if grade.state == "graded":
            after[student.id] = f"{(grade.points or Decimal(0)).normalize():f}"
        elif grade.state == "excused" and excused:
            after[student.id] = excused
        else:
            after[student.id] = stored[student.id]
    return {key: value for key, value in after.items() if value}


def tidy(grades: dict[str, str]) -> dict[str, str]:
    return {
        key: f"{Decimal(value).normalize():f}" if value != "EX" else value
        for key, value in grades.items()
        if value
    }


@given(classes())
def test_canvas_has_what_we_meant_after_a_filled_template(drawn: tuple[Grades, dict[str, str]]) -> None:
    grades, stored = drawn
    rows = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "HW 1 (101)"],
        ["    Points Possible", "", "", "", "", "10"],
    ]
    rows += [
        [
            lms_text(f"{s.last_name}, {s.first_name}").strip(),
            s.ids["canvas.id"],
            s.id,
            s.email,
            "A",
            stored[s.id],
        ]
        for s in grades.students
    ]
    accounts = [canvas.Account(int(s.ids["canvas.id"]), "x", "y") for s in grades.students]
    if any("Points Possible" in row[0] for row in rows[2:]):
        return  # Canvas itself would take this student for the row of maxima

    made = export.fill("canvas", grades, write_rows(rows), Options())

    before = {(int(s.ids["canvas.id"]), 101): stored[s.id] for s in grades.students}
    after = canvas.upload(made.files[0].content, accounts, {101: "HW 1"}, before)
    found = {s.id: after.grades.get((int(s.ids["canvas.id"]), 101), "") for s in grades.students}
    assert tidy(meant(grades, stored, excused="EX")) == tidy(found)
    assert ((), ()) == (after.new_assignments, after.unknown_students)


@given(classes())
def test_canvas_has_what_we_meant_after_a_file_from_a_roster(drawn: tuple[Grades, dict[str, str]]) -> None:
    grades, stored = drawn
    accounts = [canvas.Account(int(s.ids["canvas.id"]), "x", "y") for s in grades.students]
    before = {(int(s.ids["canvas.id"]), 101): stored[s.id] for s in grades.students}
    try:
        made = export.fill("canvas", grades, None, Options())
    except ExportError as error:
        assert "there is nothing to export" in error.message
        return

    after = canvas.upload(made.files[0].content, accounts, {101: "HW 1"}, before)

    found = {s.id: after.grades.get((int(s.ids["canvas.id"]), 101), "") for s in grades.students}
    assert tidy(meant(grades, stored, excused="EX")) == tidy(found)
    assert ((), ()) == (after.new_assignments, after.unknown_students)


@given(classes(), st.sampled_from(["ID number", "Email address"]))
def test_moodle_has_what_we_meant_after_a_file_from_a_roster(
    drawn: tuple[Grades, dict[str, str]], by: str
) -> None:
    grades, stored = drawn
    users = [moodle.User(s.id, s.email) for s in grades.students]
    before = {(s.id, "hw"): stored[s.id] for s in grades.students}
    try:
        made = export.fill("moodle", grades, None, Options(excused="skip", feedback=True))
    except ExportError as error:
        assert "there is nothing to export" in error.message
        return

    [file] = made.files
    items = {"HW 1 (Real)": ("hw", Decimal(10))}
    if b"HW 1 (Feedback)" in file.content:
        items["HW 1 (Feedback)"] = ("hw/feedback", Decimal(0))
    after = moodle.gradebook_csv(file.content, users, by, items, before)

    found = {s.id: after.get((s.id, "hw"), "") for s in grades.students}
    assert tidy(meant(grades, stored, excused=None)) == tidy(found)
    for s in grades.students:
        grade = grades.grade(s.id, "hw")
        wanted = lms_text(grade.feedback).strip() if grade.state == "graded" else ""
        assert wanted == after.get((s.id, "hw/feedback"), "")


@given(classes())
def test_moodle_has_what_we_meant_after_a_filled_template(drawn: tuple[Grades, dict[str, str]]) -> None:
    grades, stored = drawn
    header = ["ID number", "Email address", "Assignment: HW 1 (Real)", "Assignment: HW 1 (Feedback)"]
    rows = [header, *([s.id, s.email, stored[s.id] or "-", ""] for s in grades.students)]
    users = [moodle.User(s.id, s.email) for s in grades.students]

    made = export.fill("moodle", grades, write_rows(rows), Options(excused="skip", feedback=True))

    items = {header[2]: ("hw", Decimal(10)), header[3]: ("hw/feedback", Decimal(0))}
    before = {(s.id, "hw"): stored[s.id] for s in grades.students}
    after = moodle.gradebook_csv(made.files[0].content, users, "ID number", items, before)
    found = {s.id: after.get((s.id, "hw"), "") for s in grades.students}
    assert tidy(meant(grades, stored, excused=None)) == tidy(found)


@given(classes())
def test_moodle_has_what_we_meant_after_the_xml(drawn: tuple[Grades, dict[str, str]]) -> None:
    grades, stored = drawn
    before = {(s.id, "hw"): stored[s.id] for s in grades.students}
    try:
        made = export.fill("moodle-xml", grades, None, Options(excused="skip", feedback=True))
    except ExportError as error:
        assert "there is nothing to export" in error.message
        return

    numbers = [s.id for s in grades.students]
    after = moodle.grade_xml(made.files[0].content, numbers, {"hw": Decimal(10)}, before)

    found = {s.id: after.get((s.id, "hw"), "") for s in grades.students}
    assert tidy(meant(grades, stored, excused=None)) == tidy(found)
    for (id_, item), text in after.items():
        if item == "hw/feedback":
            assert lms_text(grades.grade(id_, "hw").feedback).strip() == text


@given(classes())
def test_the_worksheet_has_what_we_meant(drawn: tuple[Grades, dict[str, str]]) -> None:
    grades, stored = drawn
    header = [
        "Identifier",
        "Full name",
        "ID number",
        "Grade",
        "Maximum Grade",
        "Grade can be changed",
        "Last modified (grade)",
        "Feedback comments",
    ]
    rows = [header]
    rows += [
        [f"Participant {n}", "x", s.id, stored[s.id], "10.00", "Yes", "-", ""]
        for n, s in enumerate(grades.students)
    ]
    template = b"\xef\xbb\xbf" + write_rows(rows, newline="\n")

    made = export.fill(
        "moodle-worksheet", grades, template, Options(excused="skip", feedback=True, lessons=("hw",))
    )

    participants = {str(n): s.id for n, s in enumerate(grades.students)}
    after = moodle.worksheet(made.files[0].content, participants, Decimal(10), stored)
    assert tidy(meant(grades, stored, excused=None)) == tidy(dict(after))


@given(classes())
def test_sakai_has_what_we_meant(drawn: tuple[Grades, dict[str, str]]) -> None:
    grades, stored = drawn
    before = {(s.id, "HW 1"): stored[s.id] for s in grades.students}
    try:
        made = export.fill("sakai", grades, None, Options(excused="skip", feedback=True))
    except ExportError as error:
        assert "there is nothing to export" in error.message
        return

    after, unknown, points = sakai.upload(made.files[0].content, [s.id for s in grades.students], before)

    found = {s.id: after.get((s.id, "HW 1"), "") for s in grades.students}
    assert tidy(meant(grades, stored, excused=None)) == tidy(found)
    assert ([], {"HW 1": "10"}) == (unknown, points)


@given(classes())
def test_open_edx_has_what_we_meant(drawn: tuple[Grades, dict[str, str]]) -> None:
    grades, stored = drawn
    header = ["user_id", "username", "course_id", "name-ab12cd34", "new_override-ab12cd34"]
    rows = [
        header,
        *([s.ids["openedx.user_id"], f"u{n}", "c", "HW 1", ""] for n, s in enumerate(grades.students)),
    ]

    made = export.fill("openedx", grades, write_rows(rows), Options(excused="skip"))

    before = {(s.ids["openedx.user_id"], "ab12cd34"): stored[s.id] for s in grades.students}
    after = openedx.bulk_grades(made.files[0].content, "c", before)
    found = {s.id: after.get((s.ids["openedx.user_id"], "ab12cd34"), "") for s in grades.students}
    assert tidy(meant(grades, stored, excused=None)) == tidy(found)


@given(HARD)
def test_feedback_is_harmless_to_a_spreadsheet_and_keeps_its_words(text: str) -> None:
    safe = lms_text(text)

    assert not safe.startswith(tuple("=+-@＝＋－＠\t\r"))
    assert not safe.endswith("\\")
    assert not any(ord(char) < 32 or char in "\u2028\u2029" for char in safe)
    kept = "".join(
        char for char in text if not char.isspace() and ord(char) > 32 and not "\x7f" <= char <= "\x9f"
    )
    assert "".join(kept.split()) == "".join(safe.split()) or set(kept) & set("\ufffe\uffff")
