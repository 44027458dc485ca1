"""Hand-ins out of an LMS's bulk download: archives that mean harm, and files that end where they belong."""

from __future__ import annotations

import random
import stat
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import lmszip
from autograder.errors import ClassroomError
from autograder.lmsnames import HandIn, Lms, Member, Names
from autograder.lmszip import Limits

BERLIN = timezone(timedelta(hours=1))


def archive(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "submissions.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def read(folder: Path, lms: Lms, files: dict[str, bytes]) -> Names:
    with lmszip.opened(archive(folder, files)) as opened:
        return lmszip.read(opened, lms, BERLIN)


def told(names: Names) -> dict[str, tuple[str, list[str]]]:
    return {
        hand_in.key: (
            f"{hand_in.when:%Y-%m-%d %H:%M:%S %z}" if hand_in.when else "",
            [m.file for m in hand_in.members],
        )
        for hand_in in names.hand_ins
    }


def hand_in(key: str, name: str = "") -> HandIn:
    return HandIn(key, name, None, False, ())  # noqa: FBT003 - read as a row of a table


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


EVIL = {
    "../../evil_11_1_x.ipynb": "would leave its folder",
    "..\\evil_11_1_x.ipynb": "would leave its folder",
    "a/../../evil_11_1_x.ipynb": "would leave its folder",
    "/etc/evil_11_1_x.ipynb": "has an absolute path",
    "C:\\evil_11_1_x.ipynb": "has an absolute path",
    "\\evil_11_1_x.ipynb": "has an absolute path",
}


@pytest.mark.parametrize("name", EVIL)
def test_names_that_leave_the_folder_are_refused_and_the_others_go_on(tmp_path: Path, name: str) -> None:
    path = archive(tmp_path, {name: b"evil", "doeann_11_501_adam.ipynb": b"good"})

    with lmszip.opened(path) as opened:
        names = lmszip.read(opened, "canvas")
        refused = opened.refused

    assert [f"`{name}` {EVIL[name]}; it was not unpacked"] == refused
    assert {"11": ("", ["adam.ipynb"])} == told(names)


def test_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "l.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(*link("doeann_11_501_adam.ipynb", "/etc/passwd"))

    with lmszip.opened(path) as opened:
        assert ["`doeann_11_501_adam.ipynb` is a link or a device; it was not unpacked"] == opened.refused
        assert [] == opened.paths


def test_a_file_that_swells_like_a_bomb_is_refused(tmp_path: Path) -> None:
    path = archive(
        tmp_path, {"doeann_11_501_adam.ipynb": b"\0" * 3_000_000, "roebob_12_502_adam.ipynb": b"x"}
    )

    with lmszip.opened(path) as opened:
        assert [
            "`doeann_11_501_adam.ipynb` swells to more than 200 times its size; it was not unpacked"
        ] == opened.refused
        assert ["roebob_12_502_adam.ipynb"] == opened.paths


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        (Limits(files=1), "holds 2 files; at most 1 are read"),
        (Limits(bytes=3 * 2**20), "would unpack to 4 MiB; at most 3 MiB are read"),
    ],
)
def test_an_archive_that_is_too_large_is_refused_as_a_whole(
    tmp_path: Path, limits: Limits, message: str
) -> None:
    noise = random.Random(1).randbytes(2**21)  # noqa: S311 - what cannot be compressed
    path = archive(tmp_path, {"doeann_11_1_a.ipynb": noise, "roebob_12_2_a.ipynb": noise})

    with pytest.raises(ClassroomError, match=message), lmszip.opened(path, limits):
        pass


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"doeann_11_1_a.ipynb": b"12345"})

    with lmszip.opened(path, Limits(one=4)) as opened:
        assert ["`doeann_11_1_a.ipynb` is larger than 0 MiB; it was not unpacked"] == opened.refused


def test_files_that_lie_upon_each_other_are_refused(tmp_path: Path) -> None:
    """An archive of 40 kB can hold petabytes if all its entries share their bytes."""
    path = archive(tmp_path, {"doeann_11_1_a.ipynb": b"a" * 10})
    with zipfile.ZipFile(path, "a") as made:
        first = made.infolist()[0]
        for number in range(100):
            again = zipfile.ZipInfo(f"doeann_11_{number}_b.ipynb")
            for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(again, name, getattr(first, name))
            again.compress_size = 1000
            made.filelist.append(again)
        made._didModify = True  # type: ignore[attr-defined]  # writes the list of entries again

    with pytest.raises(ClassroomError, match="no honest zip file"), lmszip.opened(path):
        pass


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {"doeann_11_1_a.ipynb": b"x"})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    with lmszip.opened(path) as opened:
        assert ["`doeann_11_1_a.ipynb` is locked with a password; it was not unpacked"] == opened.refused


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>please log in</html>"])
def test_what_is_no_zip_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)

    with pytest.raises(ClassroomError, match="is no zip file that can be read"), lmszip.opened(path):
        pass


def test_a_damaged_entry_is_an_error_of_that_entry(tmp_path: Path) -> None:
    path = archive(tmp_path, {"doeann_11_1_a.ipynb": bytes(range(256)) * 20})
    content = bytearray(path.read_bytes())
    for place in range(60, 120):
        content[place] ^= 0x55
    path.write_bytes(content)

    with (
        lmszip.opened(path) as opened,
        pytest.raises(ClassroomError, match=r"`doeann_11_1_a\.ipynb` is damaged"),
    ):
        opened.read("doeann_11_1_a.ipynb")


def test_names_in_utf8_without_the_flag_are_read(tmp_path: Path) -> None:
    path = archive(tmp_path, {"Zoe Angstrom_3_assignsubmission_file_a.ipynb": b""})
    plain, accented = b"Zoe Angstrom_3", "Zoë ngstrom_3".encode()
    path.write_bytes(path.read_bytes().replace(plain, accented))

    with lmszip.opened(path) as opened:
        assert "Zoë ngstrom" == lmszip.read(opened, "moodle").hand_ins[0].name


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (["hw1-2 (1).ipynb"], ["adam.ipynb"]),
        (["adam-1.ipynb", "scratch.ipynb"], ["adam.ipynb", "scratch.ipynb"]),
        (["Adam (2).ipynb", "b.ipynb"], ["adam.ipynb", "b.ipynb"]),
        (["a.ipynb", "b.ipynb"], ["a.ipynb", "b.ipynb"]),
        (["adam-1.ipynb", "adam-2.ipynb"], ["adam-1.ipynb", "adam-2.ipynb"]),
        (
            ["adam.ipynb", "timestamp.txt", ".bashrc", "a/b.txt"],
            ["a_b.txt", "adam.ipynb", "bashrc", "timestamp~2.txt"],
        ),
        (["x" * 200 + ".ipynb", "$(rm -rf).txt"], ["_(rm -rf).txt", "adam.ipynb"]),
    ],
)
def test_the_notebook_gets_the_lessons_name_and_other_files_safe_ones(
    tmp_path: Path, names: list[str], written: list[str]
) -> None:
    members = {f"doeann_11_{number}_{name}": name.encode() for number, name in enumerate(names)}
    with lmszip.opened(archive(tmp_path, members)) as opened:
        known = HandIn(
            "11",
            "",
            None,
            late=False,
            members=tuple(Member(p, n) for p, n in zip(members, names, strict=True)),
        )
        files = lmszip.files_of(opened, known, "adam.ipynb")

    assert written == sorted(files)


TEN = HandIn("11", "", datetime(2026, 9, 8, 10, tzinfo=BERLIN), False, ())  # noqa: FBT003 - read as a row of a table
NOON = HandIn("11", "", datetime(2026, 9, 8, 12, tzinfo=BERLIN), False, ())  # noqa: FBT003


def test_a_hand_in_is_put_where_nbgrader_collects(tmp_path: Path) -> None:
    folder = tmp_path / "ann" / "adam"

    assert "" == lmszip.put(folder, {"adam.ipynb": b"{}"}, TEN, force=False)

    assert {"adam.ipynb": b"{}", "timestamp.txt": b"2026-09-08 09:00:00 UTC\n"} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_a_later_attempt_replaces_an_earlier_one_and_never_the_reverse(tmp_path: Path) -> None:
    folder = tmp_path / "adam"
    lmszip.put(folder, {"adam.ipynb": b"ten", "more.txt": b""}, TEN, force=False)

    assert "" == lmszip.put(folder, {"adam.ipynb": b"noon"}, NOON, force=False)
    assert ["adam.ipynb", "timestamp.txt"] == sorted(path.name for path in folder.iterdir())
    assert "another hand-in is there already; `--force` replaces it" == lmszip.put(
        folder, {"adam.ipynb": b"ten"}, TEN, force=False
    )
    assert b"noon" == (folder / "adam.ipynb").read_bytes()


def test_the_same_hand_in_again_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        assert "" == lmszip.put(tmp_path / "adam", {"adam.ipynb": b"ten"}, TEN, force=False)


def test_a_hand_in_without_a_time_replaces_nothing_unless_forced(tmp_path: Path) -> None:
    folder = tmp_path / "adam"
    lmszip.put(folder, {"adam.ipynb": b"a"}, hand_in("11"), force=False)

    assert lmszip.put(folder, {"adam.ipynb": b"b"}, hand_in("11"), force=False)
    assert b"a" == (folder / "adam.ipynb").read_bytes()
    assert "" == lmszip.put(folder, {"adam.ipynb": b"b"}, hand_in("11"), force=True)
    assert b"b" == (folder / "adam.ipynb").read_bytes()


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "adam").symlink_to(tmp_path / "elsewhere")

    assert "its folder is a link, which was not followed" == lmszip.put(
        tmp_path / "adam", {"adam.ipynb": b""}, TEN, force=True
    )
    assert [] == list((tmp_path / "elsewhere").iterdir())


parts = st.text(st.sampled_from("a1._-/\\ \0:é~$`"), min_size=1, max_size=12)


@given(st.lists(parts, max_size=6, unique=True))
def test_whatever_the_names_files_stay_in_their_folder(names: list[str]) -> None:
    safe = lmszip._safe_names(names)

    assert len({name.casefold() for name in safe}) == len(names)
    for name in safe:
        assert name == Path(name).name
        assert not name.startswith(".")
        assert name.isprintable()
