"""Hand-ins that attack whoever reads the folder: links, pipes, names, payloads beside the notebook, floods of source."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import probe
from autograder.store import Store
from tests.hostile_arena import INNOCENTS, Arena, arena

pytestmark = pytest.mark.skipif(not probe().enough, reason=f"no sandbox here: {probe().missing}")

NO_TEXT = os.fsdecode(b"ann\xff")
ESCAPES = "\x1b[2J\x1b]0;hostile\x07.py"
MARKUP = "<script>alert(1)<\u2215script>[bold]&amp;.py"
RIGHT = "def initials(text):\n    return ''.join(word[0] for word in text.split())\n"


class _Payload:
    """What a pickle would run when somebody loads it."""

    def __init__(self, drop: Path) -> None:
        self.drop = drop

    def __reduce__(self) -> Any:
        return os.system, (f"echo hostile > {self.drop}/pickle",)


def _linked_checks(folder: Path, place: Arena) -> None:
    (folder / "solution.py").symlink_to(place.targets["checks"])


def _linked_neighbour(folder: Path, place: Arena) -> None:
    (folder / "solution.py").symlink_to(place.targets["neighbour"])
    (folder / "solution.ipynb").symlink_to(place.targets["neighbour"])


def _linked_folder(folder: Path, place: Arena) -> None:
    (folder / "more.py").symlink_to(place.inbox / INNOCENTS[0])


def _endless_device(folder: Path, place: Arena) -> None:
    (folder / "a.py").symlink_to("/dev/zero")
    (folder / "b.ipynb").symlink_to("/dev/stdin")


def _pipe(folder: Path, place: Arena) -> None:
    os.mkfifo(folder / "a.py")
    os.mkfifo(folder / "b.ipynb")


def _folder_named_like_a_file(folder: Path, place: Arena) -> None:
    (folder / "a.py" / "b.py").mkdir(parents=True)


def _enormous(folder: Path, place: Arena) -> None:
    with (folder / "a.py").open("wb") as file:
        file.truncate(2**40)
    (folder / "b.py").write_text(RIGHT, encoding="utf-8")


def _payloads(folder: Path, place: Arena) -> None:
    """Files that other graders load because they lie there."""
    run = f"import os\nos.system('echo hostile > {place.targets['drop']}/ran')\n"
    for name in (
        "conftest.py",
        "sitecustomize.py",
        "usercustomize.py",
        "numpy.py",
        "autograder.py",
        "check_mine.py",
    ):
        (folder / name).write_text(run, encoding="utf-8")
    (folder / "results.pkl").write_bytes(pickle.dumps(_Payload(Path(place.targets["drop"]))))
    (folder / "course.yaml").write_text('!!python/object/apply:os.system ["echo hostile"]', encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p mine\n", encoding="utf-8")
    (folder / "x.pth").write_text("import os; os.system('id')\n", encoding="utf-8")
    (folder / "solution.py").write_text(RIGHT, encoding="utf-8")


def _names(folder: Path, place: Arena) -> None:
    for name in (
        ESCAPES,
        MARKUP,
        "-rf.py",
        "$(touch hostile).py",
        "a\nb.py",
        ".hidden.py",
        "\u202etxt.py",
        "x" * 200 + ".py",
    ):
        (folder / name).write_text("1 / 0\n", encoding="utf-8")


def _many_files(folder: Path, place: Arena) -> None:
    for number in range(3000):
        (folder / f"{number:05}.py").write_text("x = 1\n", encoding="utf-8")
    (folder / "zz.py").write_text(RIGHT, encoding="utf-8")


def _flood_of_source(folder: Path, place: Arena) -> None:
    """More source than fits into one frame between the processes."""
    for number in range(75):
        (folder / f"{number:03}.py").write_text("#" + "x" * 999_990 + "\n", encoding="utf-8")


def _deep_json(folder: Path, place: Arena) -> None:
    (folder / "a.ipynb").write_text("[" * 1_000_000, encoding="utf-8")
    (folder / "b.ipynb").write_text('{"cells":' + "[" * 990 + "]" * 990 + "}", encoding="utf-8")


def _null_bytes(folder: Path, place: Arena) -> None:
    (folder / "a.py").write_bytes(b"x = 1\x00\n")
    (folder / "b.py").write_bytes(b"\xff\xfe\x00\xd8" * 100)
    (folder / "c.py").write_bytes(b"# -*- coding: utf-7 -*-\n+AHgAIAA9ACAAMQ-\n")


HANDINS: dict[str, tuple[Callable[[Path, Arena], None], int]] = {
    "linked_checks": (_linked_checks, 0),
    "linked_neighbour": (_linked_neighbour, 0),
    "linked_folder": (_linked_folder, 0),
    "endless_device": (_endless_device, 0),
    "pipe": (_pipe, 0),
    "folder_named_like_a_file": (_folder_named_like_a_file, 0),
    "enormous": (_enormous, 1),
    "payloads": (_payloads, 1),
    "names": (_names, 0),
    "many_files": (_many_files, 1),
    "flood_of_source": (_flood_of_source, 0),
    "deep_json": (_deep_json, 0),
    "null_bytes": (_null_bytes, 0),
    ESCAPES: (_null_bytes, 0),
    NO_TEXT: (_null_bytes, 0),
    "<img src=x onerror=alert(1)>": (_null_bytes, 0),
    "-rf": (_null_bytes, 0),
    "$(echo hostile)": (_null_bytes, 0),
}
"""How each folder is made, and how many points its right parts earn."""


@pytest.fixture(scope="module")
def graded() -> Iterator[tuple[Arena, dict[str, Any], dict[str, str], tuple[str, ...]]]:
    """All of them in one inbox, with a link that is no folder of its own; what the command said, and what was there."""
    with arena() as place:
        for name, (make, _) in HANDINS.items():
            (place.inbox / name).mkdir()
            make(place.inbox / name, place)
        (place.inbox / "linked_student").symlink_to(place.inbox / INNOCENTS[0])
        (place.inbox / "stray.py").write_text(RIGHT, encoding="utf-8")
        before, traces = place.hashes(), set(place.traces())
        told = place.grade(jobs=2)
        yield place, told, before, tuple(set(place.traces()) - traces)


def _items(place: Arena) -> dict[str, Any]:
    with Store.open(place.out / ".autograde" / "results.sqlite") as store:
        reports = list(store.latest())
    return {report.student: next(item for item in report.items if item.kind == "code") for report in reports}


def test_the_batch_ends_and_says_that_something_was_found(graded: Any) -> None:
    _, told, _, _ = graded
    assert told["status"] == 1
    assert told["left"] == []


def test_each_earns_what_its_readable_parts_earn_and_nothing_is_our_fault(graded: Any) -> None:
    place, _, _, _ = graded
    items = _items(place)
    for name, (_, points) in HANDINS.items():
        if name in items:
            assert items[name].points == points, name
            assert items[name].outcome != "broken", name
    for student in INNOCENTS:
        assert items[student].points == items[student].max_points == 9


def test_every_folder_is_graded_or_named(graded: Any) -> None:
    place, told, _, _ = graded
    items = _items(place)
    for name in ("linked_student", "stray.py", ESCAPES, NO_TEXT):
        assert name not in items
    assert "linked_student: lies beside" in told["err"] and "stray.py: lies beside" in told["err"]
    assert "?[2J?]0;hostile?.py: lies beside" in told["err"]
    assert "ann?: lies beside" in told["err"]
    assert set(HANDINS) - {ESCAPES, NO_TEXT} <= set(items)


def test_links_pipes_and_devices_are_named_and_not_followed(graded: Any) -> None:
    _, told, _, _ = graded
    for name in ("linked_checks", "linked_neighbour", "linked_folder", "endless_device"):
        assert any(name in line and "it was not followed" in line for line in told["err"].splitlines()), name
    assert "is not a regular file" in told["err"]


def test_no_payload_was_run_and_nothing_was_changed(graded: Any) -> None:
    place, _, before, traces = graded
    assert place.hashes() == before
    assert traces == ()


def test_names_are_shown_as_text(graded: Any) -> None:
    _, told, _, _ = graded
    shown = told["out"] + told["err"]
    assert all(char == "\n" or char.isprintable() for char in shown)


def test_a_hand_in_by_link_does_not_touch_what_it_links_to(graded: Any) -> None:
    place, _, _, _ = graded
    text = json.dumps([str(item) for item in _items(place).values()])
    assert "CANARY" not in text
