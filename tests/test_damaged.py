"""Hand-ins arrive damaged. What can be recovered is graded, the rest is named with its reason, and the others go on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder import gradebook
from autograder.checking import Checker
from autograder.course import Course
from autograder.grade import grade_submission
from autograder.report import Report
from autograder.submissions import Submission, find_in_classroom
from tests import rooms
from tests.accounts import somebody_else

ALL = 8
"""What a machine can give in `averages`; two more points wait for a person."""


def _as_is(path: Path) -> None:
    pass


def _rewrite(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(change(path.read_bytes())) and None


def _version_3(path: Path) -> None:
    """As notebooks were in 2014: worksheets, `input` for `source`."""
    notebook = rooms.read(path)
    cells = []
    for cell in notebook["cells"]:
        old = {"cell_type": cell["cell_type"], "metadata": cell["metadata"]}
        old["input" if cell["cell_type"] == "code" else "source"] = cell["source"]
        cells.append(old)
    rooms.write(path, {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]})


def _renamed(path: Path) -> None:
    path.rename(path.with_name("averages (1).ipynb"))


def _two_with_the_name(path: Path) -> None:
    shutil.copy(path, path.with_name("copy.ipynb"))


def _two_without_the_name(path: Path) -> None:
    shutil.copy(path, path.with_name("one.ipynb"))
    path.rename(path.with_name("two.ipynb"))


def _large_outputs(path: Path) -> None:
    notebook = rooms.read(path)
    flood = [{"output_type": "stream", "name": "stdout", "text": "x" * 99 + "\n"}] * 1000
    rooms.by_id(notebook)["moving_average"]["outputs"] = flood * 500
    rooms.write(path, notebook)
    assert path.stat().st_size > 50_000_000


def _attachment(path: Path) -> None:
    notebook = rooms.read(path)
    cell = rooms.by_id(notebook)["why_smooth"]
    cell["source"] = "![notes](attachment:notes.png)"
    cell["attachments"] = {"notes.png": {"image/png": "AAAA"}}
    rooms.write(path, notebook)


def _link_to_the_source(path: Path) -> None:
    """A student who can read the instructor's folder, or guesses where it is."""
    source = path.parents[3] / "source" / "averages" / "averages.ipynb"
    path.unlink()
    path.symlink_to(source)


def _metadata_gone(path: Path) -> None:
    notebook = rooms.read(path)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
    rooms.write(path, notebook)


def _nothing(path: Path) -> None:
    path.unlink()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


RECOVERED: Mapping[str, Callable[[Path], None]] = {
    "as it should be": _as_is,
    "byte order mark": _rewrite(lambda data: b"\xef\xbb\xbf" + data),
    "windows line ends": _rewrite(
        lambda data: json.dumps(json.loads(data), indent=1).replace("\n", "\r\n").encode()
    ),
    "utf-16": _rewrite(lambda data: data.decode().encode("utf-16")),
    "notebook format 3": _version_3,
    "another name": _renamed,
    "two, one with the name": _two_with_the_name,
    "outputs of 50 MB": _large_outputs,
    "attachment": _attachment,
    "metadata gone": _metadata_gone,
}
REASONS: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "empty": (_rewrite(lambda _: b""), "is empty"),
    "cut off": (_rewrite(lambda data: data[: len(data) // 2]), "it is not JSON"),
    "no notebook": (_rewrite(lambda _: b'{"name": "ann"}'), "it has no list of cells"),
    "binary": (_rewrite(lambda _: b"\x00\x01\xff" * 1000), "it is not JSON"),
    "two without the name": (_two_without_the_name, "holds 2 notebooks and none is named `averages.ipynb`"),
    "link": (_link_to_the_source, "is a link; it was not followed"),
    "nothing": (_nothing, "holds no notebook"),
    "pipe": (_pipe, "is not a regular file"),
}


@pytest.fixture(scope="module")
def graded(
    tiny: Course, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, Report]]]:
    """A class in which everybody solved everything and then something happened, graded in one batch."""
    room = rooms.copy_of(tiny, tmp_path_factory.mktemp("damaged") / "classroom")
    damages = dict(RECOVERED) | {name: damage for name, (damage, _) in REASONS.items()}
    for name, damage in damages.items():
        damage(rooms.hand_in(room, name, "averages", rooms.all_right(tiny, "averages")))
    with Checker(tiny.briefing) as checker:
        pairs = [(found, grade_submission(tiny, found, checker)) for found in find_in_classroom(tiny, room)]
    gradebook.write(tiny, room, pairs)
    yield room, {report.student: report for _, report in pairs}


def test_the_batch_goes_on(graded: tuple[Path, dict[str, Report]]) -> None:
    """Everybody has a report, whatever the others handed in."""
    assert sorted(graded[1]) == sorted([*RECOVERED, *REASONS])


@pytest.mark.parametrize("name", sorted(RECOVERED))
def test_what_can_be_recovered_is_graded(graded: tuple[Path, dict[str, Report]], name: str) -> None:
    """In full: the damage was to the file, not to the work."""
    report = graded[1][name]
    assert sum(item.points for item in report.items) == ALL
    assert [item.outcome for item in report.items if item.kind == "text"] == ["review"]


@pytest.mark.parametrize("name", sorted(REASONS))
def test_what_cannot_be_read_is_named_and_earns_nothing(
    tiny: Course, graded: tuple[Path, dict[str, Report]], name: str
) -> None:
    """A reason for people, and no point, not even for the free text."""
    room, reports = graded
    assert REASONS[name][1] in reports[name].problems[-1]
    assert reports[name].points == 0
    found = gradebook.read(tiny, room).grade(name, "averages")
    assert (found.state, found.points) == ("graded", 0)


def test_every_hand_in_can_be_opened_by_a_grader(graded: tuple[Path, dict[str, Report]]) -> None:
    """Also those that could not be read: our cells, and why there is nothing in them; never a huge file."""
    import nbformat

    room, reports = graded
    for name in reports:
        path = room / "autograded" / name / "averages" / "averages.ipynb"
        notebook: Any = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        assert path.stat().st_size < 1_000_000
        if name in REASONS:
            assert REASONS[name][1] in notebook.cells[0].source
        if name == "attachment":
            (cell,) = [c for c in notebook.cells if c.get("attachments")]
            assert cell.attachments == {"notes.png": {"image/png": "AAAA"}}


def test_nothing_of_the_instructor_gets_into_a_linked_hand_in(graded: tuple[Path, dict[str, Report]]) -> None:
    """The link led to the source notebook, whose text must not come back as feedback."""
    text = (graded[0] / "autograded" / "link" / "averages" / "averages.ipynb").read_text(encoding="utf-8")
    assert "HIDDEN" not in text


def test_a_file_that_we_may_not_read_is_no_fault_of_the_student(tiny: Course) -> None:
    """It waits for a person instead of being a zero."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        room = rooms.copy_of(tiny, Path(folder) / "classroom")
        rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages")).chmod(0)
        with somebody_else():
            found = find_in_classroom(tiny, room)
        _expect_a_person(tiny, room, found)


def _expect_a_person(tiny: Course, room: Path, found: Sequence[Submission]) -> None:
    assert "cannot be opened: Permission denied" in found[0].problems[-1]
    with Checker(tiny.briefing) as checker:
        pairs = [(one, grade_submission(tiny, one, checker)) for one in found]
    gradebook.write(tiny, room, pairs)
    assert gradebook.read(tiny, room).grade("ann", "averages").state == "pending"


def test_what_lies_in_submitted_and_is_no_students_folder_is_named(tiny: Course, tmp_path: Path) -> None:
    """A folder whose name is no text, or a notebook beside the folders, would otherwise be passed over in silence."""
    room = rooms.copy_of(tiny, tmp_path / "classroom")
    rooms.hand_in(room, "ann", "averages", rooms.all_right(tiny, "averages"))
    (room / "submitted" / "ben.ipynb").write_text("{}", encoding="utf-8")
    (room / "submitted" / os.fsdecode(b"caf\xe9")).mkdir()

    command = [
        sys.executable,
        "-m",
        "autograder",
        "--course",
        str(tiny.root),
        "grade",
        "--classroom",
        str(room),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 1
    said = " ".join(done.stderr.split())
    for name in ("ben.ipynb", "caf"):
        assert f"{name}" in said and "lies beside the students' folders and was not graded" in said
