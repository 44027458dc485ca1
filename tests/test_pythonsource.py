"""Python files of authors are looked at, never run; whatever is in them, the answer is a tree or a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.pythonsource import MAX_BYTES, keys_of, names_in, read_python

UNREADABLE = {
    "a slip": (b"x = 1\ndef f(:\n", "f.py:2:7: is not valid Python: invalid syntax [python-syntax]"),
    "a missing bracket": (b"x = (1,\n", "f.py:1:5: is not valid Python: '(' was never closed [python-syntax]"),
    "a NUL": (b"x = 1\0\n", "f.py: cannot be read: the file holds a NUL byte [unreadable-file]"),
    "Latin-1": ("x = 'é'\n".encode("latin-1"), "f.py: cannot be read: the file is not UTF-8 text [unreadable-file]"),
    "too large": (b"#" * (MAX_BYTES + 1), "f.py: cannot be read: the file is too large [unreadable-file]"),
    "deep signs": (b"x = " + b"-" * 100_000 + b"1\n", "f.py: cannot be read: the code is nested too deeply [unreadable-file]"),
}  # fmt: skip


@pytest.mark.parametrize("case", list(UNREADABLE))
def test_a_file_that_cannot_be_read_is_a_problem_at_its_place(case: str, tmp_path: Path) -> None:
    content, message = UNREADABLE[case]
    (tmp_path / "f.py").write_bytes(content)

    tree, problems = read_python(tmp_path / "f.py", "f.py")

    assert (None, [message]) == (tree, [str(problem) for problem in problems])


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    tree, (problem,) = read_python(tmp_path / "f.py", "f.py")

    assert tree is None
    assert str(problem) == "f.py: cannot be read: No such file or directory [unreadable-file]"


def names(tmp_path: Path, source: str) -> tuple[str, ...]:
    (tmp_path / "f.py").write_text(source, encoding="utf-8")
    tree, problems = read_python(tmp_path / "f.py", "f.py")
    assert tree is not None
    assert problems == ()
    return names_in(tree)


def test_every_way_to_define_a_function_counts(tmp_path: Path) -> None:
    """What is inside of something else is not found by the name that students are asked for."""
    source = (
        "import os\n"
        "from a import b as c, d\n"
        "def e():\n    def inner(): ...\n"
        "class F:\n    def method(self): ...\n"
        "g = h = lambda: 1\n"
        "i: int = 2\n"
        "async def j(): ...\n"
    )

    assert names(tmp_path, source) == ("c", "d", "e", "F", "g", "h", "i", "j")


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('PROBLEMS = {"a": 1, "b": f()}', ("a", "b")),
        ('PROBLEMS: dict[str, object] = {"a": 1}', ("a",)),
        ("PROBLEMS = {}", ()),
        ('OTHER = {"a": 1}', None),
        ("PROBLEMS = dict(a=1)", None),
        ('PROBLEMS = {**MORE, "a": 1}', None),
        ("PROBLEMS = {name: 1}", None),
        ("PROBLEMS: dict", None),
    ],
)
def test_the_keys_of_a_dict_are_known_if_they_are_written_out(
    source: str, keys: tuple[str, ...] | None, tmp_path: Path
) -> None:
    """A key that is only known by running the file is as good as none."""
    (tmp_path / "f.py").write_text(source, encoding="utf-8")
    tree, _ = read_python(tmp_path / "f.py", "f.py")

    assert tree is not None
    assert keys_of(tree, "PROBLEMS") == keys
