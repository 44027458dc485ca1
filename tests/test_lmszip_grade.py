"""`autograde grade submissions.zip --from LMS`: from the download to the gradebook, and an inbox where no lesson is named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from autograder import gradebook
from autograder.cli import run
from autograder.course import Course
from tests import rooms

ROSTER = "id,first_name,last_name,canvas.id,blackboard.username\nann,Ann,Doe,11,ann_d\nbob,Bob,Roe,12,bob\n"


@pytest.fixture
def room(tiny: Course, tmp_path: Path) -> Path:
    return rooms.copy_of(tiny, tmp_path / "classroom")


def notebook(tiny: Course, room: Path) -> bytes:
    """What a good student uploads for the lesson `words`."""
    path = rooms.hand_in(room, "template", "words", rooms.all_right(tiny, "words"), timestamp=None)
    content = path.read_bytes()
    for file in sorted((room / "submitted").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    return content


def download(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "submissions.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def grade(tiny: Course, *arguments: str | Path) -> int:
    return run(["--course", str(tiny.root), "grade", *map(str, arguments), "--jobs", "1"])


def test_a_download_of_blackboard_reaches_the_gradebook(
    tiny: Course, room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The latest attempt of each student, with its time; who is not in the class is named, and that is exit status 1."""
    good = notebook(tiny, room)
    archive = download(
        tmp_path,
        {
            "W_ann_d_attempt_2027-02-01-09-30-00_my words (1).ipynb": good,
            "W_ann_d_attempt_2027-01-01-09-30-00_words.ipynb": b"an earlier attempt",
            "W_bob_attempt_2027-02-01-09-30-00_words.ipynb": b"not a notebook",
            "W_eve_attempt_2027-02-01-09-30-00_words.ipynb": good,
            "../../W_bob_attempt_2027-03-01-09-30-00_words.ipynb": good,
        },
    )
    for name, username in (("2027-02-01-09-30-00", "ann_d"), ("2027-01-01-09-30-00", "ann_d")):
        with zipfile.ZipFile(archive, "a") as made:
            made.writestr(f"W_{username}_attempt_{name}.txt", f"Name: Ann Doe ({username})\n")
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")

    status = grade(
        tiny,
        archive,
        "--from",
        "blackboard",
        "--lesson",
        "words",
        "--classroom",
        room,
        "--roster",
        roster,
        "--zone",
        "Europe/Berlin",
    )

    shown = " ".join(capsys.readouterr().err.split())
    assert 1 == status, shown
    assert "the hand-in of `eve` (eve) is not in the class; it was not graded" in shown
    assert (
        "`../../W_bob_attempt_2027-03-01-09-30-00_words.ipynb` would leave its folder; it was not unpacked"
        in shown
    )
    assert "bob/words: is not a notebook" in shown
    assert ["ann", "bob"] == sorted(path.name for path in (room / "submitted").iterdir())
    assert b"2027-02-01 08:30:00 UTC\n" == (room / "submitted/ann/words/timestamp.txt").read_bytes()
    grades = gradebook.read(tiny, room)
    most = tiny.lesson("words").max_points
    assert (most, 0) == (grades.grade("ann", "words").points, grades.grade("bob", "words").points)
    assert "Doe" == next(student for student in grades.students if student.id == "ann").last_name


def test_without_a_lesson_the_hand_ins_are_an_inbox(tiny: Course, room: Path, tmp_path: Path) -> None:
    archive = download(
        tmp_path, {"doeann_11_501_words.ipynb": notebook(tiny, room), "roebob_12_502_x.ipynb": b"{}"}
    )
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")

    assert 1 == grade(tiny, archive, "--from", "canvas", "--roster", roster, "--out", tmp_path / "results")

    results = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert ["ann", "bob"] == sorted(results)
    assert results["ann"]["word_count"]["points"] == results["ann"]["word_count"]["max_points"] > 0


def test_a_late_flag_without_a_time_is_said(
    tiny: Course, room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = download(tmp_path, {"doeann_LATE_11_501_words.ipynb": b"not a notebook"})
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")

    assert 1 == grade(
        tiny, archive, "--from", "canvas", "--lesson", "words", "--classroom", room, "--roster", roster
    )

    assert "`ann`: the LMS says late, but not by how much" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--from", "canvas", "--lesson", "words", "--lesson", "averages"],
            "a download is about one assignment",
        ),
        ([], "is a file, not a folder"),
        (["--from", "moodle", "--lesson", "words"], "holds no hand-in that is named as Moodle names them"),
        (["--from", "canvas", "--zone", "Mars/Olympus"], "`Mars/Olympus` is no time zone"),
        (
            ["--from", "canvas", "--lesson", "words", "--classroom", "nowhere"],
            "there is no classroom at nowhere",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tiny: Course,
    room: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    message: str,
) -> None:
    archive = download(tmp_path, {"doeann_11_501_words.ipynb": b"{}"})
    more = ["--classroom", room] if "--lesson" in arguments and "--classroom" not in arguments else []

    assert 2 == grade(tiny, archive, *arguments, *more)

    assert message in " ".join(capsys.readouterr().err.split())


def test_from_needs_a_file(tiny: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == grade(tiny, tmp_path, "--from", "canvas")
    assert "`--from` needs the zip file of the LMS" in capsys.readouterr().err
