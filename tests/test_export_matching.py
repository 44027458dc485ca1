"""Who is who: the LMS's own ids first, whatever fits two people fits nobody, damaged ids are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import Place
from autograder.grades import Student
from autograder.identity import KEYS, Matching, Person, is_damaged, match

CANVAS = KEYS["canvas"]


def row(line: int, id_: str = "", sis: str = "", login: str = "", name: str = "") -> Person:
    return Person(
        Place("f.csv", line, 1), {"canvas.id": id_, "canvas.sis_id": sis, "canvas.login": login}, name
    )


def student(id_: str, first: str = "", last: str = "", email: str = "", **ids: str) -> Student:
    return Student(id_, first, last, email, {f"canvas.{key}": value for key, value in ids.items()})


def pairs(found: Matching) -> dict[int, str]:
    return {position: who.id for position, who in found.students.items()}


def notes(found: Matching) -> list[str]:
    return [f"{note.place.line if note.place else 0}: {note.message}" for note in found.notes]


def test_the_id_of_the_lms_decides_before_any_other() -> None:
    """Canvas itself looks at `ID` alone if it is there, so a login that moved on to somebody else changes nothing."""
    people = [row(3, "11", "S1", "ann"), row(4, "12", "S2", "bob")]
    students = [student("ann", id="12"), student("bob", id="11")]

    assert {0: "bob", 1: "ann"} == pairs(match(people, students, CANVAS))


@pytest.mark.parametrize(
    ("person", "who"),
    [
        (row(3, sis="S001"), student("S001")),
        (row(3, sis="S001"), student("x", sis_id="S001")),
        (row(3, sis="s001"), student("S001")),
        (row(3, login="ann"), student("ann")),
        (row(3, login="ANN"), student("ann")),
        (row(3, login="ann@example.org"), student("ann")),
        (row(3, login="ann@example.org"), student("x", email="Ann@Example.org")),
        (row(3, login="ann"), student("x", email="ann@example.org")),
        (row(3, "11"), student("11")),
        (row(3, "11"), student("x", id="11")),
        (row(3, name="Doe, Ann"), student("x", "Ann", "Doe")),
        (row(3, name="ann  DOE"), student("x", "Ann", "Doe")),
    ],
)
def test_one_student_is_found_by(person: Person, who: Student) -> None:
    others = [row(9, "99", "S999", "eve", "Stranger, Eve")]

    assert {0: who.id} == pairs(match([person, *others], [who, student("zed", "Zed", "Zed")], CANVAS))


@pytest.mark.parametrize(
    ("people", "students", "note"),
    [
        (
            [row(3, login="ann@a.org"), row(4, login="ann@b.org")],
            [student("ann")],
            "3: this student could be `ann`, and so could line 4; left as it was",
        ),
        (
            [row(3, sis="7", login="x"), row(4, sis="8", login="7")],
            [student("7")],
            "3: this student could be `7`, and so could line 4; left as it was",
        ),
        (
            [row(3, sis="ann", login="bob", name="Who")],
            [student("ann"), student("bob")],
            "3: Who could be `ann` or `bob`; left as it was",
        ),
        (
            [row(3, "11")],
            [student("ann", id="11"), student("bob", id="11")],
            "3: this student could be `ann` or `bob`; left as it was",
        ),
        (
            [row(3, "11", name="Doe, Ann")],
            [student("x", "Ann", "Doe", id="12")],
            "3: Doe, Ann has the name of `x` but another id; left as it was",
        ),
    ],
)
def test_whoever_fits_two_people_is_left_alone_and_named(
    people: list[Person], students: list[Student], note: str
) -> None:
    """A grade that reaches the wrong person is the worst thing that this program can do."""
    found = match(people, students, CANVAS)

    assert {} == pairs(found)
    assert note in notes(found)


@pytest.mark.parametrize("twice", ["file", "class"])
def test_a_name_that_two_people_have_decides_nothing(twice: str) -> None:
    people = [row(3, name="Doe, Ann"), *([row(4, name="Ann Doe")] if twice == "file" else [])]
    students = [student("a", "Ann", "Doe"), *([student("b", "ann", "doe")] if twice == "class" else [])]

    assert {} == pairs(match(people, students, CANVAS))


def test_a_namesake_counts_even_if_matched_by_id() -> None:
    """Two people are called Ann Doe; that one of them was found by id does not make the other one certain."""
    people = [row(3, "11", name="Doe, Ann"), row(4, "12", name="Doe, Ann")]
    students = [student("a", "Ann", "Doe", id="11"), student("b", "Ann", "Doe")]

    assert {0: "a"} == pairs(match(people, students, CANVAS))


def test_a_match_by_name_alone_is_said() -> None:
    found = match([row(3, login="ad7", name="Doe, Ann")], [student("ann", "Ann", "Doe")], CANVAS)

    assert ["3: `ann` was matched by the name 'Doe, Ann' alone"] == notes(found)


def test_our_id_is_not_taken_for_a_number_of_the_lms_when_it_is_something_else() -> None:
    """Our `12` is a SIS id here, as the others show; the Canvas user 12 is somebody else."""
    people = [row(3, "11", "10"), row(4, "12", "13")]
    students = [student("10"), student("12")]

    found = match(people, students, CANVAS)

    assert {0: "10"} == pairs(found)
    assert ["12"] == [who.id for who in found.absent]


def test_two_addresses_with_the_same_beginning_are_two_people() -> None:
    people = [row(3, login="ann@gmail.com")]

    assert {} == pairs(match(people, [student("x", email="ann@example.org")], CANVAS))
    assert {} == pairs(match(people, [student("ann", email="ann@example.org")], CANVAS))
    assert {} == pairs(match(people, [student("ann@example.org")], CANVAS))


@pytest.mark.parametrize(
    ("seen", "meant", "damaged"),
    [
        ("42", "0042", True),
        ("0", "000", True),
        ("1.2E+05", "120000", True),
        ("1,2E+05", "120000", True),
        ("1.23457E+11", "123456789012", True),
        ("1.23457E+11", "123456889012", True),
        ("1.23457E+11", "123466789012", False),
        ("1.2E5", "0120000", True),
        ("42", "42", False),
        ("43", "0042", False),
        ("0042", "42", False),
        ("S1", "S001", False),
        ("ann", "0042", False),
        ("", "0042", False),
    ],
)
def test_what_a_spreadsheet_makes_of_an_id_is_recognised(seen: str, meant: str, damaged: bool) -> None:  # noqa: FBT001
    assert is_damaged(seen, meant) is damaged


@given(st.integers(0, 10**14), st.integers(0, 5), st.integers(1, 5))
def test_every_way_of_damaging_a_number_is_recognised(number: int, zeros: int, digits: int) -> None:
    meant = "0" * zeros + str(number)

    assert meant == str(number) or is_damaged(str(number), meant)
    assert number == 0 or is_damaged(f"{number:.{digits}E}", meant)


def test_a_damaged_id_in_the_file_is_named_and_not_used() -> None:
    """The LMS would not find the student by it either."""
    found = match([row(3, sis="42"), row(4, sis="1.2E+05")], [student("0042"), student("120000")], CANVAS)

    assert {} == pairs(found)
    assert [
        "3: `SIS User ID` is `42` and looks like the `0042` of `0042`, changed by a spreadsheet program",
        "4: `SIS User ID` is `1.2E+05` and looks like the `120000` of `120000`, changed by a spreadsheet program",
    ] == notes(found)


def test_a_damaged_id_does_not_hide_who_is_known_by_another() -> None:
    found = match([row(3, "11", "42")], [student("bob", id="11", sis_id="0042")], CANVAS)

    assert {0: "bob"} == pairs(found)
    assert [
        "3: `SIS User ID` is `42` and looks like the `0042` of `bob`, changed by a spreadsheet program"
    ] == notes(found)


def test_a_damaged_id_in_the_class_is_named() -> None:
    found = match([row(3, sis="0042")], [student("42")], CANVAS)

    assert {} == pairs(found)
    assert ["3: the id `42` of `42` looks like `0042`, changed by a spreadsheet program"] == notes(found)


IDS = st.sampled_from(["", "1", "01", "2", "ann", "Ann", "ann@a", "ann@b", "bob"])
NAMES = st.sampled_from(["", "Ann Doe", "Doe, Ann", "Bob Roe"])


@given(
    st.lists(st.tuples(IDS, IDS, IDS, NAMES), max_size=5),
    st.lists(
        st.tuples(IDS.filter(bool), IDS, st.sampled_from(["", "ann@a", "bob@c"])),
        max_size=5,
        unique_by=lambda s: s[0],
    ),
)
def test_the_order_of_the_lists_never_decides_who_is_who(
    cells: list[tuple[str, str, str, str]], class_: list[tuple[str, str, str]]
) -> None:
    people = [row(line, *cell) for line, cell in enumerate(cells)]
    students = [student(id_, "Ann", "Doe", email, id=number) for id_, number, email in class_]

    forward = {(people[i].place.line, who) for i, who in pairs(match(people, students, CANVAS)).items()}
    people, students = people[::-1], students[::-1]
    backward = {(people[i].place.line, who) for i, who in pairs(match(people, students, CANVAS)).items()}

    assert forward == backward
    assert len({who for _, who in forward}) == len(forward)
