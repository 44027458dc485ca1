"""One test for every format: the golden files, the same bytes twice, and nothing touched that is not ours.

Each folder in tests/golden/export holds a file as the LMS exports it, `filled` as it has to come back, and `notices.txt`;
`scratch` holds what is made without a template. `python -m tests.test_export_formats` writes them again: read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import export
from autograder.errors import ExportError
from autograder.export import Export, Options
from autograder.grades import Grade, Grades, Student
from tests.importers.difficult import COLUMNS, GRADES, STUDENTS, graded

GOLDEN = Path(__file__).parent / "golden" / "export"
FORMAT_OF = {"moodle-utf16": "moodle", "blackboard-tab": "blackboard", "openedx-staff": "openedx"}
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir() and folder.name != "scratch")
SCRATCH = sorted(name for name, format_ in export.FORMATS.items() if format_.from_scratch)


def template(case: str) -> Path:
    [path] = [path for path in (GOLDEN / case).iterdir() if path.stem not in ("filled", "notices")]
    return path


def format_of(case: str) -> str:
    return FORMAT_OF.get(case, case)


def filled(case: str, grades: Grades = GRADES, **more: object) -> Export:
    path = template(case)
    options = {"excused": "skip", "feedback": True, **more}
    return export.fill(format_of(case), grades, path.read_bytes(), Options(file=path.name, **options))  # type: ignore[arg-type]


def told(made: Export) -> str:
    lines = [f"{t.lesson} -> {t.column}" for t in made.targets]
    lines += [f"{c.student} {c.column}: {c.old!r} -> {c.new!r}" for c in made.changes]
    lines += [f"[{notice.kind}] {notice}" for notice in made.notices]
    return "\n".join([*lines, ""])


def made_from_scratch(name: str) -> Export:
    return export.fill(name, GRADES, None, Options(excused="skip", feedback=True))


@pytest.mark.parametrize("case", CASES)
def test_a_filled_file_is_the_golden_one(case: str) -> None:
    made = filled(case)

    expected = template(case).with_name(f"filled{template(case).suffix}")
    assert expected.read_bytes() == made.files[0].content
    assert (GOLDEN / case / "notices.txt").read_text(encoding="utf-8") == told(made)


@pytest.mark.parametrize("name", SCRATCH)
def test_a_file_from_a_roster_is_the_golden_one(name: str) -> None:
    made = made_from_scratch(name)

    folder = GOLDEN / "scratch" / name
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == dict(made.files)


def test_every_format_has_goldens() -> None:
    assert set(export.FORMATS) == {format_of(case) for case in CASES} | set(SCRATCH)


@pytest.mark.parametrize("case", CASES)
def test_filling_nothing_gives_the_same_bytes(case: str) -> None:
    """Nobody handed in: the file is the template, to the last byte."""
    nothing = Grades(STUDENTS, COLUMNS, {})

    made = filled(case, nothing)

    assert (template(case).read_bytes(), ()) == (made.files[0].content, made.changes)


@pytest.mark.parametrize("case", CASES)
def test_filling_twice_changes_nothing_more(case: str) -> None:
    once = filled(case)
    again = export.fill(
        format_of(case),
        GRADES,
        once.files[0].content,
        Options(file=template(case).name, excused="skip", feedback=True),
    )

    assert (once.files[0].content, ()) == (again.files[0].content, again.changes)


@pytest.mark.parametrize("case", CASES)
def test_reading_back_gives_every_change_and_nothing_else(case: str) -> None:
    """`--diff` against the template lists what the export says it changed (comments on grades apart)."""
    made = filled(case, feedback=False)

    found = export.diff(format_of(case), made, template(case).read_bytes(), template(case).name)

    assert [(c.column, c.old, c.new) for c in sorted(found, key=order)] == [
        (c.column, c.old, c.new) for c in sorted(made.changes, key=order)
    ]


def order(change: export.Change) -> tuple[str, str, str]:
    return change.column, change.new, change.old


@pytest.mark.parametrize("case", [case for case in CASES if case not in ("canvas", "moodle-worksheet")])
def test_a_format_without_a_word_for_excused_refuses_to_guess(case: str) -> None:
    with pytest.raises(ExportError, match=r"no word for an excused student: `ann` in `Learning rate`"):
        filled(case, excused=None)


@pytest.mark.parametrize("name", [name for name in SCRATCH if name not in ("canvas", "csv", "json")])
def test_a_file_from_a_roster_refuses_to_guess_too(name: str) -> None:
    with pytest.raises(ExportError, match=r"no word for an excused student: `ann` in `Learning rate`"):
        export.fill(name, GRADES)


@pytest.mark.parametrize("case", CASES)
def test_excused_and_missing_become_zero_only_on_request(case: str) -> None:
    values = {(c.student, c.lesson): c.new for c in filled(case, excused="zero", missing="zero").changes}

    assert values.get(("dotted.1", "rate"), "0") == "0"
    assert any(new == "0" for new in values.values())
    skipped = {(c.student, c.lesson) for c in filled(case).changes}
    assert not {("dotted.1", "rate"), ("oneil", "walk")} & skipped


@pytest.mark.parametrize("case", CASES)
def test_a_lesson_that_waits_for_a_person_is_never_half_written(case: str) -> None:
    waiting = {("evil", column.id): Grade("pending") for column in COLUMNS}

    with pytest.raises(ExportError, match="a person still has to grade `evil`"):
        filled(case, Grades(STUDENTS, COLUMNS, {**GRADES.grades, **waiting}))


@pytest.mark.parametrize("case", CASES)
def test_more_points_than_the_column_takes_stop_the_export(case: str) -> None:
    """Moodle would cut them without a word, Canvas would take them, Brightspace depends; none of that is ours to choose."""
    much = {("evil", column.id): graded("20.01") for column in COLUMNS}

    with pytest.raises(ExportError, match=r"`evil` has 20\.01 points .* at most (10|20)"):
        filled(case, Grades(STUDENTS, COLUMNS, {**GRADES.grades, **much}))


@pytest.mark.parametrize("name", SCRATCH)
def test_a_student_whose_id_the_lms_knows_not_is_named(name: str) -> None:
    """Only the formats for people and programs can do without the LMS's ids."""
    students = (*STUDENTS, Student("new", "New", "Comer"))
    grades = Grades(students, COLUMNS, {**GRADES.grades, ("new", "walk"): graded("1")})

    if name in ("csv", "json"):
        assert b"new" in export.fill(name, grades, None, Options(excused="skip")).files[0].content
        return
    with pytest.raises(ExportError, match="no id of the LMS is known for `new`"):
        export.fill(name, grades, None, Options(excused="skip"))


@pytest.mark.parametrize("name", sorted(set(export.FORMATS) - set(SCRATCH)))
def test_a_format_that_needs_the_file_of_the_lms_says_so(name: str) -> None:
    with pytest.raises(ExportError, match=f"`{name}` needs the file that the LMS exported"):
        export.fill(name, GRADES)


@pytest.mark.parametrize("name", ["csv", "json"])
def test_a_template_makes_no_sense_for_people(name: str) -> None:
    with pytest.raises(ExportError, match=f"`{name}` is not filled into a template"):
        export.fill(name, GRADES, b"a,b\n")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("broken", ["wrong kind", "cut off", "latin-1", "empty", "binary"])
def test_a_broken_file_is_refused_with_its_place(case: str, broken: str) -> None:
    content = template(case).read_bytes()
    encoding = "utf-16-le" if content.startswith(b"\xff\xfe") else "utf-8"
    inside = content.find("ngström".encode(encoding)) if case != "openedx" else content.find(b"0042") + 2
    broken_content = {
        "wrong kind": b"name;points\r\nAnn;3\r\n",
        "cut off": content[: inside + 2] if case != "moodle-xml" else content[:200],
        "latin-1": content[:inside] + b"\xe9" + content[inside:],
        "empty": b"\xef\xbb\xbf\r\n",
        "binary": bytes(range(256)),
    }[broken]

    with pytest.raises(ExportError) as caught:
        export.fill(
            format_of(case), GRADES, broken_content, Options(file=template(case).name, lessons=("walk",))
        )

    assert caught.value.message.startswith(template(case).name)


def rewrite() -> None:
    """Write all goldens again."""
    for case in CASES:
        made = filled(case)
        template(case).with_name(f"filled{template(case).suffix}").write_bytes(made.files[0].content)
        (GOLDEN / case / "notices.txt").write_text(told(made), encoding="utf-8")
    for name in SCRATCH:
        folder = GOLDEN / "scratch" / name
        folder.mkdir(parents=True, exist_ok=True)
        for file in made_from_scratch(name).files:
            (folder / file.name).write_bytes(file.content)


if __name__ == "__main__":
    rewrite()
