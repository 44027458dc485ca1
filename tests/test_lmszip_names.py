"""Hand-ins out of an LMS's bulk download: what the names of each LMS say, and whose they are."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest

from autograder import lmszip
from autograder.errors import Place
from autograder.grades import Student
from autograder.identity import Person
from autograder.lmsnames import read_time
from autograder.lmszip import Joined
from tests.test_lmszip import hand_in, read, told

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
        "Ann Doe_3_assignsubmission_file/mine/hw 1_final.ipynb",
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


def ids(joined: Joined) -> dict[str, str]:
    return {student: found.key for student, found in joined.hand_ins.items()}


def test_canvas_and_blackboard_are_joined_by_the_ids_of_the_roster() -> None:
    of_canvas = lmszip.join([hand_in("13", "doeann"), hand_in("11")], STUDENTS, "canvas")
    of_blackboard = lmszip.join([hand_in("ANN_D")], STUDENTS, "blackboard")

    assert {"ann": "11", "oneil": "13"} == ids(of_canvas)
    assert {"ann": "ANN_D"} == ids(of_blackboard)


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
