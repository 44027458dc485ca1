"""`autograde export` and `autograde roster` as they are typed: files, tables, exit statuses, and nothing written in vain."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli import run
from autograder.course import Course
from tests import lmsclass

POINTS = {("ann", "words"): 4, ("bob", "words"): 0, ("ann", "averages"): 5}


@pytest.fixture
def room(tiny: Course, tmp_path: Path) -> Path:
    return lmsclass.make(tiny, tmp_path / "classroom", POINTS)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "exported.csv"
    path.write_bytes(lmsclass.CANVAS)
    return path


def autograde(tiny: Course, *arguments: str | Path) -> int:
    return run(["--course", str(tiny.root), *map(str, arguments)])


def export(tiny: Course, room: Path, *arguments: str | Path) -> int:
    return autograde(tiny, "export", *arguments, "--classroom", room)


def test_a_filled_file_differs_in_our_cells_only(tiny: Course, room: Path, template: Path) -> None:
    """A lesson that waits for a person stays as it was, and is named; that is exit status 1."""
    assert 1 == export(tiny, room, "canvas", "--template", template)

    changed = lmsclass.CANVAS.replace(b",1.00,2.00,", b",1.00,4,").replace(b"bob,A,,,", b"bob,A,,0,")
    assert changed == (template.parent / "exported-filled.csv").read_bytes()
    assert lmsclass.CANVAS == template.read_bytes()


def test_the_lesson_that_waits_is_named(
    tiny: Course, room: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(tiny, room, "canvas", "--template", template)

    err = " ".join(capsys.readouterr().err.split())
    assert "the lesson `Averages that move` was left as it was: a person still has to grade `ann`" in err
    assert "grade them, or use `--allow-unconfirmed`" in err


def test_strict_writes_nothing_while_a_lesson_waits(tiny: Course, room: Path, template: Path) -> None:
    assert 2 == export(tiny, room, "canvas", "--template", template, "--strict")

    assert not (template.parent / "exported-filled.csv").exists()


def test_a_lesson_alone_that_waits_stops_the_export(tiny: Course, room: Path, template: Path) -> None:
    assert 2 == export(tiny, room, "canvas", "--template", template, "--lesson", "averages")

    assert not (template.parent / "exported-filled.csv").exists()


def test_unconfirmed_points_go_out_when_that_is_allowed(tiny: Course, room: Path, template: Path) -> None:
    assert 0 == export(tiny, room, "canvas", "--template", template, "--allow-unconfirmed")

    assert b'"Doe, Ann",11,S001,ann,A,5,4,' in (template.parent / "exported-filled.csv").read_bytes()


def test_missing_hand_ins_become_zero_when_asked(tiny: Course, room: Path, template: Path) -> None:
    export(tiny, room, "canvas", "--template", template, "--missing", "zero", "--lesson", "words")

    assert b",13,S003,eve,A,,0," in (template.parent / "exported-filled.csv").read_bytes()


def test_a_dry_run_shows_old_new_and_state_and_writes_nothing(
    tiny: Course, room: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(template.parent.iterdir())

    assert 1 == export(tiny, room, "canvas", "--template", template, "--dry-run", "--missing", "zero")

    shown = capsys.readouterr()
    assert [
        ["student", "column", "old", "new", "state"],
        ["ann", "Counting", "words", "(7002)", "2.00", "4", "graded"],
        ["bob", "Counting", "words", "(7002)", "(blank)", "0", "graded"],
        ["eve", "Counting", "words", "(7002)", "(blank)", "0", "missing"],
    ] == [line.split() for line in shown.out.splitlines()]
    assert "lesson `words` (Counting words) goes to column `Counting words (7002)`" in shown.err
    assert before == sorted(template.parent.iterdir())


def test_diff_shows_what_an_earlier_export_said(
    tiny: Course, room: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(tiny, room, "canvas", "--template", template, "--lesson", "words")
    capsys.readouterr()

    earlier = template.parent / "exported-filled.csv"
    status = export(
        tiny,
        room,
        "canvas",
        "--template",
        template,
        "--lesson",
        "words",
        "--missing",
        "zero",
        "--diff",
        earlier,
    )

    assert 0 == status
    assert [
        ["id", "in", "the", "file", "column", "old", "new"],
        ["13", "Counting", "words", "(7002)", "(blank)", "0"],
    ] == [line.split() for line in capsys.readouterr().out.splitlines()]


def test_an_existing_file_stays_without_force(tiny: Course, room: Path, template: Path) -> None:
    out = template.parent / "out.csv"
    out.write_text("mine", encoding="utf-8")

    assert 2 == export(tiny, room, "canvas", "--template", template, "--out", out)
    assert "mine" == out.read_text(encoding="utf-8")
    assert 1 == export(tiny, room, "canvas", "--template", template, "--out", out, "--force")
    assert out.read_bytes().startswith(b"Student,ID,")


def test_excused_students_of_the_roster_reach_the_lms(
    tiny: Course, room: Path, template: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,excused\neve,Eve,words\n", encoding="utf-8")

    export(tiny, room, "canvas", "--template", template, "--lesson", "words", "--roster", roster)

    assert b"eve,A,,EX," in (template.parent / "exported-filled.csv").read_bytes()


def test_a_format_without_a_word_for_excused_refuses_to_guess(
    tiny: Course, room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "id,first_name,moodle.idnumber,excused\nann,A,S1,\nbob,B,0042,\neve,E,S3,words\n", encoding="utf-8"
    )

    out = tmp_path / "moodle.csv"
    arguments = ["moodle", "--lesson", "words", "--roster", roster, "--out", out]
    assert 2 == export(tiny, room, *arguments)
    assert (
        "this format has no word for an excused student: `eve` in `Counting words`" in capsys.readouterr().err
    )
    assert not out.exists()
    assert 0 == export(tiny, room, *arguments, "--excused", "skip")
    assert b"S1," in out.read_bytes()
    assert b"S3," not in out.read_bytes()


def test_several_files_go_into_a_folder(tiny: Course, room: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("id,first_name,moodle.idnumber\nann,A,S1\nbob,B,0042\neve,E,S3\n", encoding="utf-8")

    export(tiny, room, "moodle", "--roster", roster, "--allow-unconfirmed", "--out", tmp_path / "moodle")

    assert ["moodle_averages.csv", "moodle_words.csv"] == sorted(
        p.name for p in (tmp_path / "moodle").iterdir()
    )


BAD = {
    "wrong kind": (lmsclass.CANVAS.replace(b"Student,ID", b"Name,Number"), "exported.csv:1:1: this is no gradebook from Canvas"),
    "cut off in a cell": (lmsclass.CANVAS[: lmsclass.CANVAS.index(b", Ann")], "exported.csv:3:1: a quoted cell begins here and never ends; the file is cut off"),
    "cut off in a row": (lmsclass.CANVAS[: lmsclass.CANVAS.index(b",1.00")], "exported.csv:3:24: this line has 5 cells and the first one has 8; the file is cut off or was edited"),
    "Latin-1": (lmsclass.CANVAS.replace(b"Ann", b"Ann\xeb"), "exported.csv:3:10: not UTF-8: the byte 0xEB cannot be read"),
    "twice": (lmsclass.CANVAS.replace(b",12,0042,bob", b",11,0042,bob"), "exported.csv:4:1: `11` is here twice as `ID`"),
    "read-only": (
        lmsclass.CANVAS.replace(b",10.00,10.00,", b",10.00,(read only),"),
        "exported.csv:1:71: `Counting words (7002)`, the column of the lesson `Counting words`, is read-only in Canvas",
    ),
    "total": (
        lmsclass.CANVAS.replace(b"Averages that move (7001)", b"Averages Final Score (7001)"),
        "is a total that Canvas calculates",
    ),
    "over the maximum": (
        lmsclass.CANVAS.replace(b",10.00,10.00,", b",10.00,3.00,"),
        "exported.csv:3:31: `ann` has 4 points in `Counting words`, but `Counting words (7002)` takes at most 3",
    ),
    "a spreadsheet": (b"PK\x03\x04", "this is a spreadsheet or zip file, not text"),
    "empty": (b"", "the file is empty"),
    "sep=": (b"sep=,\n" + lmsclass.CANVAS, "exported.csv:1:1: the first line is `sep=`"),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(BAD))
def test_a_bad_template_is_refused_with_its_place_and_nothing_is_written(
    case: str, tiny: Course, room: Path, template: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, message = BAD[case]
    template.write_bytes(content)
    before = sorted(template.parent.iterdir())

    assert 2 == export(tiny, room, "canvas", "--template", template)

    assert message in " ".join(capsys.readouterr().err.split()).replace(f"{template.parent}/", "")
    assert before == sorted(template.parent.iterdir())


def test_an_unknown_format_lists_those_that_there_are(
    tiny: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == autograde(tiny, "export", "kanvas")

    assert "`kanvas` is no format; there are blackboard, brightspace, canvas" in capsys.readouterr().err


def test_a_roster_grows_with_each_file(tiny: Course, tmp_path: Path, template: Path) -> None:
    more = tmp_path / "participants.csv"
    more.write_text(
        "First name,Last name,Email address,ID number\nAnn,Doe,ann@example.org,S001\n", encoding="utf-8"
    )
    out = tmp_path / "roster.csv"

    assert 0 == autograde(tiny, "roster", "import", template, "--out", out)
    assert 0 == autograde(tiny, "roster", "import", more, "--out", out)

    assert (
        "id,first_name,last_name,email,canvas.id,canvas.sis_id,canvas.login,moodle.idnumber\n"
        "ann,Ann,Doe,ann@example.org,11,S001,ann,S001\n"
        'bob,"Jr, Bob",O\'Neil,,12,0042,bob,\n'
        "eve,Eve,'=HYPERLINK(1),,13,S003,eve,\n"
    ) == out.read_text(encoding="utf-8")


def test_a_roster_is_never_written_over_another_file(tiny: Course, template: Path) -> None:
    """`--out` with the name of the gradebook itself must not destroy it."""
    assert 2 == autograde(tiny, "roster", "import", template, "--out", template)

    assert lmsclass.CANVAS == template.read_bytes()


def test_help_of_other_commands_does_not_import_the_exporters() -> None:
    code = "import sys; from autograder.cli import run; run(['grade', '-h']); sys.exit('autograder.export' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert 0 == done.returncode


def test_quizzes_are_written_once_and_named_if_left_out(
    tiny: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "q.gift"

    assert 2 == autograde(tiny, "export", "quiz", "gift", "--out", out)
    assert "`same_word` in `words`: GIFT has no points, and it is worth 2" in capsys.readouterr().err
    assert not out.exists()
    assert 1 == autograde(tiny, "export", "quiz", "gift", "--out", out, "--leave-out")
    assert "`same_word`" in capsys.readouterr().err
    assert 2 == autograde(tiny, "export", "quiz", "gift", "--out", out, "--leave-out")
    assert 0 == autograde(tiny, "export", "quiz", "gift", "--out", out, "--lesson", "averages", "--force")
    assert b"same_word" not in out.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gyft"], "`gyft` is no format for quizzes; there are canvas-qti, gift, moodle-xml"),
        (["gift", "--lesson", "wrods"], "there is no lesson `wrods`"),
    ],
)
def test_quizzes_of_nothing_are_refused(
    tiny: Course, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == autograde(tiny, "export", "quiz", *arguments)
    assert message in capsys.readouterr().err
