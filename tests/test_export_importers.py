"""Our files through models of the real importers: what stands in the LMS afterwards is what we meant, and nothing is erased."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from autograder import export
from autograder.errors import ExportError
from autograder.export import Options
from autograder.export.texts import lms_text
from autograder.grades import Column, Grade, Grades, Student
from autograder.sheet import write_rows
from tests.importers import canvas, moodle, openedx, sakai

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
