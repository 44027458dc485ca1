"""Hidden checks are read from their syntax: what they say of themselves is known without running a line of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from autograder.checks import ATTRIBUTE, Check, check, read_checks


@dataclass(frozen=True)
class Criterion:
    """A criterion as course.yaml gives it."""

    problem: str
    points: int
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, Any]:
        return {"problem": self.problem, **self.more, "points": self.points}


BOWLS = (
    Criterion("bowl", 2, {"rate": 0.1}),
    Criterion("valley", 3, {"rate": 1e-6}),
    Criterion("bowl", 1, {"rate": 2}),
)


def read(
    tmp_path: Path, source: str, criteria: tuple[Criterion, ...] = (), name: str = "check_it.py"
) -> tuple[tuple[Check, ...], list[str]]:
    """The checks of one file, and its problems as `LINE:COLUMN rule: message`."""
    (tmp_path / name).write_text(source, encoding="utf-8")
    checks, problems = read_checks(tmp_path, criteria, "hidden")
    return checks, [f"{p.place.line}:{p.place.column} {p.rule}: {p.message}" for p in problems]


ONE = '''from autograder import check


@check(points=2, hint="look  at\\n  the start", needs=["test_b"])
def test_a(submission):
    """starts
    at the start"""


@check(points=1)
def test_b(submission):
    """is there"""


def helper():
    pass
'''


def test_a_check_says_points_title_hint_and_needs(tmp_path: Path) -> None:
    """In the order of the lines; functions that are no checks are left alone."""
    checks, problems = read(tmp_path, ONE)

    assert problems == []
    assert checks == (
        Check("test_a", "starts at the start", 2, "look at the start", ("test_b",), "test_a", "check_it.py"),
        Check("test_b", "is there", 1, "", (), "test_b", "check_it.py"),
    )


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    """A check may need one of another file; a file without the prefix and without checks is a helper."""
    (tmp_path / "helper.py").write_text("X = 1\n", encoding="utf-8")
    (tmp_path / "check_0.py").write_text(
        '@check(points=1, needs=("test_b",))\ndef test_z(submission):\n    """z"""\n', encoding="utf-8"
    )

    checks, problems = read(tmp_path, ONE)

    assert problems == []
    assert [(one.id, one.file) for one in checks] == [
        ("test_z", "check_0.py"),
        ("test_a", "check_it.py"),
        ("test_b", "check_it.py"),
    ]


EACH = '''@check(points=1)
def test_shape(submission):
    """has the shape"""

@check(each="convergence", needs=["test_shape"])
def test_converges(submission, criterion):
    """converges on {problem} at rate {rate}"""

@check(each="convergence", needs=["test_converges"])
def test_stays(submission, criterion):
    """stays there"""

@check(points=1, needs=["test_converges", "test_stays[valley]"])
def test_last(submission):
    """comes last"""
'''


def test_a_check_with_each_is_one_for_every_criterion(tmp_path: Path) -> None:
    """Points come from course.yaml; a second criterion with the same problem is told apart by a number."""
    checks, problems = read(tmp_path, EACH, BOWLS)

    assert problems == []
    assert [(one.id, one.title, one.points, one.criterion) for one in checks[1:4]] == [
        ("test_converges[bowl]", "converges on bowl at rate 0.1", 2, 0),
        ("test_converges[valley]", "converges on valley at rate 1e-06", 3, 1),
        ("test_converges[bowl-2]", "converges on bowl at rate 2", 1, 2),
    ]


def test_needs_between_checks_with_each_go_criterion_by_criterion(tmp_path: Path) -> None:
    """A failure on one problem must not skip the check of another; a plain check needs all of them."""
    needs = {one.id: one.needs for one in read(tmp_path, EACH, BOWLS)[0]}

    assert needs["test_converges[valley]"] == ("test_shape",)
    assert needs["test_stays[valley]"] == ("test_converges[valley]",)
    assert needs["test_last"] == (
        "test_converges[bowl]",
        "test_converges[valley]",
        "test_converges[bowl-2]",
        "test_stays[valley]",
    )


WRONG = {
    "no decorator": (
        'def test_a(submission):\n    """a"""',
        ["1:1 check-points: `test_a` has no points"],
    ),
    "decorator without brackets": (
        '@check\ndef test_a(submission):\n    """a"""',
        ["2:1 check-points: `test_a` has no points"],
    ),
    "truth as points": (
        '@check(points=True)\ndef test_a(submission):\n    """a"""',
        ["1:15 check-points: `points` is `True`; a check is worth a whole number from 1 to 1000"],
    ),
    "half a point": (
        '@check(points=0.5)\ndef test_a(submission):\n    """a"""',
        ["1:15 check-points: `points` is `0.5`; a check is worth a whole number from 1 to 1000"],
    ),
    "points below one": (
        '@check(points=-1)\ndef test_a(submission):\n    """a"""',
        ["1:15 check-points: `points` is `-1`; a check is worth a whole number from 1 to 1000"],
    ),
    "points of a constant": (
        'P = 1\n@check(points=P)\ndef test_a(submission):\n    """a"""',
        ["2:15 check-form: `points` must be written out here, since checks are read without being run"],
    ),
    "points in order": (
        '@check(1)\ndef test_a(submission):\n    """a"""',
        ["1:8 check-form: `@check` takes keywords only", "2:1 check-points: `test_a` has no points"],
    ),
    "keywords in a dict": (
        '@check(**{"points": 1})\ndef test_a(submission):\n    """a"""',
        ["1:8 check-form: `@check` has no `**`", "2:1 check-points: `test_a` has no points"],
    ),
    "twice": (
        '@check(points=1)\n@check(points=2)\ndef test_a(submission):\n    """a"""',
        ["3:1 check-form: `test_a` has `@check` twice"],
    ),
    "parametrised": (
        '@check(points=1)\n@pytest.mark.parametrize("x", [1])\ndef test_a(submission, x):\n    """a"""',
        ["3:1 check-form: `test_a` is parametrised, so that its points cannot be told"],
    ),
    "async": (
        '@check(points=1)\nasync def test_a(submission):\n    """a"""',
        ["2:1 check-form: `test_a` is `async`; checks are plain functions"],
    ),
    "another name": (
        '@check(points=1)\ndef a(submission):\n    """a"""',
        ["2:1 check-form: `a` is marked with `@check` but would never run"],
    ),
    "a class": ("class TestA:\n    pass", ["1:1 check-form: `TestA` is a class; checks are plain functions"]),
    "inside an if": (
        'if True:\n    @check(points=1)\n    def test_a(submission):\n        """a"""',
        ["3:5 check-form: `test_a` must stand at the top level of the file"],
    ),
    "no docstring": (
        "@check(points=1)\ndef test_a(submission):\n    pass",
        ["2:1 check-title: `test_a` has no title"],
    ),
    "a hint that is no text": (
        '@check(points=1, hint=3)\ndef test_a(submission):\n    """a"""',
        ["1:23 check-form: `hint` is `3`; it must be a text"],
    ),
    "needs that are no list": (
        '@check(points=1, needs="test_b")\ndef test_a(submission):\n    """a"""',
        [
            "1:24 check-needs: `needs` is `'test_b'`; it must be a list of names, "
            'such as `needs=["test_shape"]`'
        ],
    ),
    "needs itself": (
        '@check(points=1, needs=["test_a"])\ndef test_a(submission):\n    """a"""',
        ["1:24 check-needs: checks wait for each other: `test_a` -> `test_a`"],
    ),
    "the same name twice": (
        '@check(points=1)\ndef test_a(submission):\n    """a"""\n\n@check(points=1)\ndef test_a(submission):\n    """b"""',
        ["6:1 check-repeated: there is a second `test_a`; the first is at hidden/check_it.py:2:1"],
    ),
    "not Python": ("def (", ["1:5 python-syntax: is not valid Python: invalid syntax"]),
    "each of something else": (
        '@check(each="lessons")\ndef test_a(submission, criterion):\n    """a"""',
        ['1:13 check-each: `each` is `\'lessons\'`; it can only be `"convergence"`'],
    ),
    "each without criteria": (
        '@check(each="convergence")\ndef test_a(submission, criterion):\n    """a"""',
        [
            "2:1 check-each: `test_a` runs once for each criterion, "
            "but the exercise has no `convergence` in course.yaml"
        ],
    ),
    "a criterion without each": (
        '@check(points=1)\ndef test_a(submission, *, criterion):\n    """a"""',
        ["2:1 check-each: `test_a` asks for `criterion`, which a single check does not have"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(WRONG))
def test_a_slip_in_a_check_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    """A check that silently never runs would give everybody its points, or nobody."""
    source, expected = WRONG[case]

    assert read(tmp_path, source)[1] == expected


WRONG_EACH = {
    "points": (
        '@check(each="convergence", points=1)\ndef test_a(submission, criterion):\n    """a"""',
        ["1:35 check-points: `points` of such a check come from the criteria in course.yaml"],
    ),
    "not looked at": (
        '@check(each="convergence")\ndef test_a(submission):\n    """a"""',
        ["2:1 check-each: `test_a` runs once for each criterion but does not look at it"],
    ),
    "an unknown field": (
        '@check(each="convergence")\ndef test_a(submission, criterion):\n    """reaches {within}"""',
        [
            "2:1 check-title: the title of `test_a` names `{within}`, "
            "which the criterion for `bowl` does not have"
        ],
    ),
    "an open brace": (
        '@check(each="convergence")\ndef test_a(submission, criterion):\n    """reaches {problem"""',
        ["2:1 check-title: the title of `test_a` has a brace that is not closed"],
    ),
    "a look inside": (
        '@check(each="convergence")\ndef test_a(submission, criterion):\n    """{problem.__class__}"""',
        [
            "2:1 check-title: the title of `test_a` names `{problem.__class__}`, "
            "which the criterion for `bowl` does not have"
        ],
    ),
    "a form that does not fit": (
        '@check(each="convergence")\ndef test_a(submission, criterion):\n    """{problem:d}"""',
        [
            "2:1 check-title: the title of `test_a` cannot be filled in: "
            "Unknown format code 'd' for object of type 'str'"
        ],
    ),
}


@pytest.mark.parametrize("case", sorted(WRONG_EACH))
def test_a_slip_in_a_check_with_each_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    """Such a check is many; one slip is told once."""
    source, expected = WRONG_EACH[case]

    assert read(tmp_path, source, BOWLS)[1] == expected


def test_a_file_with_another_name_would_never_be_run(tmp_path: Path) -> None:
    """pytest collects `check_*.py` alone."""
    checks, problems = read(tmp_path, ONE, name="checks.py")

    assert checks == ()
    assert problems == ["0:0 check-form: holds checks but would never be run"]


def test_circles_of_needs_are_told_once(tmp_path: Path) -> None:
    """All of them would be skipped for ever."""
    source = "".join(
        f'@check(points=1, needs=["test_{following}"])\ndef test_{name}(submission):\n    """{name}"""\n'
        for name, following in ("ab", "bc", "ca")
    )

    assert read(tmp_path, source)[1] == [
        "1:24 check-needs: checks wait for each other: `test_a` -> `test_b` -> `test_c` -> `test_a`"
    ]


def test_nothing_of_a_check_file_is_run(tmp_path: Path) -> None:
    """Not at the top level, not in a decorator, not in a default value."""
    mark = tmp_path / "run"
    touch = f"__import__('pathlib').Path({str(mark)!r}).touch()"
    source = f'{touch}\n@check(points=1)\ndef test_a(submission, x={touch}):\n    """a"""\n'

    checks, _ = read(tmp_path, source)

    assert [one.id for one in checks] == ["test_a"]
    assert not mark.exists()


def test_the_decorator_only_takes_notes() -> None:
    """The function stays what it is, so that an author can call it."""

    @check(points=2, hint="h", needs=["test_b"])
    def test_a() -> str:
        return "called"

    assert test_a() == "called"
    assert getattr(test_a, ATTRIBUTE) == {"points": 2, "hint": "h", "needs": ("test_b",), "each": None}
