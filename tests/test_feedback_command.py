"""`autograde feedback` writes the same pages whichever way the hand-ins had come: classroom, inbox, an LMS's zip file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from autograder.cli import run
from autograder.course import Course
from tests import rooms
from tests.test_feedback import parsed
from tests.test_gradebook import person


@pytest.fixture
def room(tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return rooms.copy_of(tiny, tmp_path / "classroom")


def command(course: Course, *arguments: str | Path) -> int:
    return run(["--course", str(course.root), *map(str, arguments)])


def text_of(page: Path) -> str:
    return "\n".join(parsed(page.read_text(encoding="utf-8")).text)


def test_a_classroom_gets_pages_with_what_its_gradebook_knows(
    tiny: Course, room: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing before a person has read the free texts; then their points, and lateness as a line of its own."""
    late = "2027-03-01 18:00:00 UTC"
    for student in ("ben", "cleo"):
        rooms.hand_in(room, student, "averages", rooms.all_right(tiny, "averages"), timestamp=late)
    assert command(tiny, "grade", "--classroom", room) == 0

    assert command(tiny, "feedback", "--classroom", room) == 2
    assert "answers wait for a person:\nben: `why_smooth`\ncleo: `why_smooth`" in capsys.readouterr().err
    assert not (room / "results" / "feedback").exists()

    assert (
        command(tiny, "feedback", "--classroom", room, "--allow-unconfirmed", "--to", tmp_path / "early") == 0
    )
    assert "not final yet, because a person still has to look: ben, cleo" in capsys.readouterr().err

    person(room, 2)
    for _ in range(2):
        assert command(tiny, "feedback", "--classroom", room, "--student", "ben") == 0
    (page,) = (room / "results" / "feedback").iterdir()
    assert capsys.readouterr().out.splitlines()[-1] == str(page)
    assert "8 of 10 points\n, final.\nHanded in late: 2 points taken off for lateness." in text_of(page)
    assert "2 of 2\nA person gave these points.\nwell said" in text_of(page)


def test_an_inbox_and_a_zip_file_get_the_same_page(tiny: Course, room: Path, tmp_path: Path) -> None:
    """Also without a gradebook."""
    notebook = rooms.hand_in(room, "ann", "words", rooms.all_right(tiny, "words")).read_bytes()
    (tmp_path / "inbox" / "12").mkdir(parents=True)
    (tmp_path / "inbox" / "12" / "words.ipynb").write_bytes(notebook)
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("doeann_12_501_words.ipynb", notebook)

    command(tiny, "grade", "inbox", "--out", "from-inbox", "--jobs", "1")
    command(tiny, "grade", "submissions.zip", "--from", "canvas", "--out", "from-zip", "--jobs", "1")

    pages = []
    for place in ("from-inbox", "from-zip"):
        assert command(tiny, "feedback", "--out", place) == 0
        (page,) = (tmp_path / place / "feedback").iterdir()
        assert page.name == "12.html"
        pages.append(text_of(page))
    assert pages[0] == pages[1]
    assert "counts words" in pages[0].lower() or "✓ passed" in pages[0]


def test_a_student_without_a_result_is_named(
    tiny: Course, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With those who have one; and before anything was graded, with the command to run first."""
    assert command(tiny, "feedback", "--classroom", room) == 2
    assert "run `autograde grade` first" in capsys.readouterr().err

    rooms.hand_in(room, "ann", "words", {})
    command(tiny, "grade", "--classroom", room, "--jobs", "1")

    assert command(tiny, "feedback", "--classroom", room, "--student", "eve") == 2
    assert "there is no result for `eve`\n\nhint: results are kept for ann" in capsys.readouterr().err
