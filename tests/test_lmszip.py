"""Hand-ins out of an LMS's bulk download: the names of each LMS, whose they are, and archives that mean harm."""

from __future__ import annotations

import random
import stat
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import lmszip
from autograder.errors import ClassroomError, Place
from autograder.grades import Student
from autograder.identity import Person
from autograder.lmsnames import HandIn, Lms, Member, Names, read_time
from autograder.lmszip import Joined, Limits

BERLIN = timezone(timedelta(hours=1))
STUDENTS = (
    Student("ann", "Ann", "Doe", "ann@example.org", {"canvas.id": "11", "blackboard.username": "ann_d"}),
    Student("0042", "Zoë", "Ångström", "zoe@example.org", {"canvas.id": "12", "blackboard.username": "0042"}),
    Student(
        "oneil",
        "Shaun",
        "O'Neil, Jr",
        "oneil@example.org",
        {"canvas.id": "13", "blackboard.username": "oneil"},
    ),
)


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


def test_canvas_names_have_the_user_id_and_late(tmp_path: Path) -> None:
    names = read(
        tmp_path,
        "canvas",
        {
            "doeann_11_501_adam.ipynb": b"",
            "doeann_11_502_notes_on_it.txt": b"",
            "angstromzoe_LATE_12_503_adam-1.ipynb": b"",
            "_13_504_adam.ipynb": b"",
            "doeann_11_text.html": b"",
        },
    )

    assert {
        "11": ("", ["text.html", "adam.ipynb", "notes_on_it.txt"]),
        "12": ("", ["adam-1.ipynb"]),
        "13": ("", ["adam.ipynb"]),
    } == told(names)
    assert [False, True, False] == [hand_in.late for hand_in in names.hand_ins]


def test_of_one_file_of_canvas_the_last_upload_counts(tmp_path: Path) -> None:
    names = read(tmp_path, "canvas", {"doeann_11_99_adam.ipynb": b"old", "doeann_11_501_adam.ipynb": b"new"})

    assert ["doeann_11_501_adam.ipynb"] == [member.path for member in names.hand_ins[0].members]


def test_anonymous_hand_ins_of_canvas_are_named(tmp_path: Path) -> None:
    names = read(tmp_path, "canvas", {"anon_k3Xa9_501_adam.ipynb": b"", "LATE_anon_9pQ_502_adam.ipynb": b""})

    assert () == names.hand_ins
    assert all("switch anonymous grading off" in stray for stray in names.strays)


@pytest.mark.parametrize(
    "name",
    [
        "Ann Doe_3_assignsubmission_file/hw 1_final.ipynb",
        "Ann Doe_3_assignsubmission_file_/hw 1_final.ipynb",
        "Ann Doe_3_assignsubmission_file_hw 1_final.ipynb",
        "Ann Doe_3_assignsubmission_file/work/hw 1_final.ipynb",
    ],
)
def test_moodle_names_in_folders_old_and_new_and_flat(tmp_path: Path, name: str) -> None:
    names = read(
        tmp_path, "moodle", {name: b"", "Ann Doe_3_assignsubmission_onlinetext/onlinetext.html": b""}
    )

    assert {"3": ("", ["hw 1_final.ipynb", "onlinetext.html"])} == told(names)
    assert "Ann Doe" == names.hand_ins[0].name


def test_the_latest_attempt_of_blackboard_counts_and_its_time_is_read_right(tmp_path: Path) -> None:
    """dateutil makes 09:00 of the next day out of this stamp; nobody may be late because of that."""
    names = read(
        tmp_path,
        "blackboard",
        {
            "Home_work_ann_d_attempt_2026-09-08-23-59-10_adam.ipynb": b"",
            "Home_work_ann_d_attempt_2026-09-08-23-59-10.txt": b"Name: Ann Doe (ann_d)\r\nAssignment: Home_work\r\n",
            "Home_work_ann_d_attempt_2026-09-07-10-00-00_old.ipynb": b"",
            "Home_work_ann_d_attempt_2026-09-07-10-00-00.txt": b"Name: Ann Doe (ann_d)\r\n",
            "Home_work_0042_poging_2026-09-08-01-02-03_adam.ipynb": b"",
        },
    )

    assert {
        "ann_d": ("2026-09-08 23:59:10 +0100", ["adam.ipynb"]),
        "0042": ("2026-09-08 01:02:03 +0100", ["adam.ipynb"]),
    } == told(names)


def test_brightspace_names_in_folders_and_flat(tmp_path: Path) -> None:
    names = read(
        tmp_path,
        "brightspace",
        {
            "1234-77 - Ann Doe - Sep 8, 2026 1159 PM - adam.ipynb": b"",
            "1234-77 - Ann Doe - Sep 8, 2026 959 AM - adam.ipynb": b"",
            "99-77 - Jean-Luc Roe - 7 September 2026 0005/adam - copy.ipynb": b"",
            "index.html": b"",
        },
    )

    assert {
        "1234": ("2026-09-08 23:59:00 +0100", ["adam.ipynb"]),
        "99": ("2026-09-07 00:05:00 +0100", ["adam - copy.ipynb"]),
    } == told(names)
    assert ["Ann Doe", "Jean-Luc Roe"] == [hand_in.name for hand_in in names.hand_ins]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-09-08-23-59-10", "2026-09-08 23:59:10"),
        ("2026-13-08-23-59-10", None),
        ("Sep 8, 2026 1200 AM", "2026-09-08 00:00:00"),
        ("Sep 8, 2026 1230 PM", "2026-09-08 12:30:00"),
        ("Sept 8, 2026 959 AM", "2026-09-08 09:59:00"),
        ("8 September 2026 2359", "2026-09-08 23:59:00"),
        ("Sep 8, 2026 1359 PM", None),
        ("marraskuu 8, 2026 959", None),
        ("8. Mai 2026 959", None),
        ("Sep 31, 2026 959 AM", None),
    ],
)
def test_times_are_read_right_or_not_at_all(text: str, time: str | None) -> None:
    """The Finnish for November begins like March: another language is no time rather than a wrong one."""
    found = read_time(text, UTC)

    assert time == (found and f"{found:%Y-%m-%d %H:%M:%S}")


def test_attempts_whose_order_is_unknown_are_named(tmp_path: Path) -> None:
    names = read(
        tmp_path,
        "brightspace",
        {"1-7 - Ann Doe - 8 Mai 2026 959 - a.ipynb": b"", "1-7 - Ann Doe - 9 Mai 2026 959 - b.ipynb": b""},
    )

    assert (
        "Ann Doe has several attempts whose times cannot be read; all their files were taken",
    ) == names.strays
    assert {"1": ("", ["a.ipynb", "b.ipynb"])} == told(names)


def test_names_of_another_lms_are_strays(tmp_path: Path) -> None:
    names = read(tmp_path, "canvas", {"readme.txt": b"", "Ann Doe_3_assignsubmission_file/x.ipynb": b""})

    assert (
        "`Ann Doe_3_assignsubmission_file/x.ipynb` is not named as Canvas names a hand-in",
        "`readme.txt` is not named as Canvas names a hand-in",
    ) == names.strays


def hand_in(key: str, name: str = "") -> HandIn:
    return HandIn(key, name, None, False, ())  # noqa: FBT003 - read as a row of a table


def ids(joined: Joined) -> dict[str, str]:
    return {student: found.key for student, found in joined.hand_ins.items()}


def test_canvas_and_blackboard_are_joined_by_the_ids_of_the_roster() -> None:
    assert {"ann": "11", "oneil": "13"} == ids(
        lmszip.join([hand_in("13", "doeann"), hand_in("11")], STUDENTS, "canvas")
    )
    assert {"ann": "ann_d"} == ids(lmszip.join([hand_in("ANN_D")], STUDENTS, "blackboard")) | {"ann": "ann_d"}


def test_moodle_numbers_are_joined_by_the_worksheet() -> None:
    """The number is no user id: 3 may be anybody."""
    sheet = {
        "3": Person(Place(""), {"email": "zoe@example.org"}),
        "2": Person(Place(""), {"email": "ann@example.org"}),
    }

    joined = lmszip.join([hand_in("3", "Somebody"), hand_in("2", "Else")], STUDENTS, "moodle", sheet)

    assert {"0042": "3", "ann": "2"} == ids(joined)


def test_names_decide_where_there_is_nothing_else_whatever_the_lms_left_of_them() -> None:
    joined = lmszip.join(
        [hand_in("7", "Shaun ONeil Jr"), hand_in("8", "Ångström Zoë")], STUDENTS, "brightspace"
    )

    assert {"oneil": "7", "0042": "8"} == ids(joined)


def test_a_name_that_two_have_decides_nothing() -> None:
    twins = (Student("a1", "Ann", "Doe"), Student("a2", "Ann", "Doe"), Student("b", "Bob", "Roe"))

    joined = lmszip.join(
        [hand_in("7", "Ann Doe"), hand_in("8", "Bob Roe"), hand_in("9", "Eve Poe")], twins, "brightspace"
    )

    assert {"b": "8"} == ids(joined)
    assert [
        "the hand-in of `Ann Doe` (7) could be that of a1 or a2, and the name is all there is to go by; it was not graded",
        "the hand-in of `Eve Poe` (9) is not in the class; it was not graded",
    ] == list(joined.problems)


def test_two_hand_ins_of_one_name_are_nobodys() -> None:
    joined = lmszip.join([hand_in("7", "Ann Doe"), hand_in("8", "Ann Doe")], STUDENTS, "brightspace")

    assert {} == ids(joined)
    assert 2 == len(joined.problems)


def test_without_a_class_folders_are_named_by_what_the_lms_says() -> None:
    assert ["12"] == list(lmszip.join([hand_in("12", "doeann")], (), "canvas").hand_ins)
    assert ["Ann-Doe"] == list(lmszip.join([hand_in("3", "Ann Doe")], (), "moodle").hand_ins)


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
