"""The commands on the pages about LMSs, run in their order on files such as those LMSs export."""

from __future__ import annotations

import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.cli import run
from autograder.course import Course
from tests import lmsclass

PAGES = Path(__file__).resolve().parents[1] / "docs" / "lms"
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
POINTS = {("ann", "words"): 4, ("bob", "words"): 0, ("ann", "averages"): 5}
MOODLE = 'First name,Last name,ID number,Email address,Counting words (Real)\nAnn,Doe,S001,ann@example.org,-\nBob,"O\'Neil, Jr",0042,bob@example.org,-\n'
WORKSHEET = (
    "\ufeffIdentifier,Full name,ID number,Email address,Grade,Maximum Grade,Last modified (grade)\n"
    'Participant 3,Ann Doe,S001,ann@example.org,,10.00,-\nParticipant 4,"Bob O\'Neil, Jr",0042,bob@example.org,,10.00,-\n'
)
BLACKBOARD = '"Last Name"\t"First Name"\t"Username"\t"Counting words [Total Pts: 10 Score] |5"\n"Doe"\t"Ann"\t"ann"\t""\n'
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Counting words Points Grade <Numeric MaxPoints:10>,End-of-Line Indicator\n"
    "#S001,#ann,Doe,Ann,,#\n"
)
SAKAI = 'Student ID,Name,Counting words [10]\nann,"Doe, Ann",\n'
EDX = "user_id,username,course_id,name-ab12cd34,new_override-ab12cd34\n7,ann,c,Counting words,\n"
FILES: dict[str, dict[str, bytes]] = {
    "canvas": {"gradebook.csv": lmsclass.CANVAS},
    "moodle": {
        "participants.csv": MOODLE.replace(",Counting words (Real)", "").replace(",-", "").encode(),
        "gradebook.csv": MOODLE.encode(),
        "worksheet.csv": WORKSHEET.encode(),
    },
    "blackboard": {"gradebook.xls": b"\xff\xfe" + BLACKBOARD.encode("utf-16-le")},
    "brightspace": {"grades.csv": BRIGHTSPACE.encode()},
    "sakai": {"gradebook.csv": SAKAI.encode()},
    "openedx": {"grades.csv": EDX.encode()},
}
HAND_INS = {
    "canvas": "doeann_11_501_words.ipynb",
    "moodle": "Ann Doe_3_assignsubmission_file/words.ipynb",
    "blackboard": "W_ann_attempt_2027-02-01-09-30-00_words.ipynb",
    "brightspace": "1-7 - Ann Doe - Feb 1, 2027 930 AM - words.ipynb",
}


def test_every_page_is_run() -> None:
    assert set(FILES) == {page.stem for page in PAGES.glob("*.md")} - {"README"}


@pytest.mark.parametrize("lms", sorted(FILES))
def test_the_commands_of_a_page_do_what_it_says(
    lms: str,
    tiny: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With 0 or 1 (something was named), and each file that a command is told to write is there."""
    course = tmp_path / "course"
    shutil.copytree(tiny.root, course)
    lmsclass.make(tiny, course / "classroom", POINTS)
    config = course / "course/lessons/02-words/lesson.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("title:", "lms: {moodle: words}\ntitle:", 1),
        encoding="utf-8",
    )
    for name, content in FILES[lms].items():
        (course / name).write_bytes(content)
    if lms in HAND_INS:
        with zipfile.ZipFile(course / "submissions.zip", "w") as archive:
            archive.writestr(HAND_INS[lms], "not a notebook")
    monkeypatch.chdir(course)
    text = (PAGES / f"{lms}.md").read_text(encoding="utf-8")

    commands = [line for block in SHELL.findall(text) for line in block.splitlines()]
    for command in commands:
        words = shlex.split(command.replace("adam", "words"))
        status = run(words[1:])
        shown = capsys.readouterr()
        assert status in (0, 1), f"{command}\n{shown.err}"
        if "--out" in words:
            assert Path(words[words.index("--out") + 1]).is_file(), command
            assert Path(words[words.index("--out") + 1]).read_bytes()
        if "--dry-run" in words:
            assert re.search(r"^ann .* [04] +graded", shown.out, re.MULTILINE), command
    assert len(commands) >= 3
    assert (course / "roster.csv").is_file()
