"""The YAML reader: values as people write them, places for all of them, and no file that makes it stumble."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder import yamlsource
from autograder.errors import Place
from autograder.yamlsource import MAX_BYTES, MAX_DEPTH, Source, Step, parse, plain_value, read

fuzz = settings(max_examples=150, derandomize=True, database=None, deadline=None)


def data(text: str) -> Any:
    source = parse(text.encode("utf-8"), "f.yaml")
    assert source.problems == ()
    return source.data


def rules(content: bytes | str) -> list[str]:
    source = parse(content.encode("utf-8") if isinstance(content, str) else content, "f.yaml")
    return [f"{problem.place} {problem.rule}" for problem in source.problems]


PLAIN: dict[str, Any] = {
    "1": 1,
    "-7": -7,
    "+7": 7,
    "0": 0,
    "1_000": 1000,
    "1.5": 1.5,
    ".5": 0.5,
    "1e-6": 1e-6,
    "1E3": 1000.0,
    ".inf": math.inf,
    "-.INF": -math.inf,
    "012": "012",
    "0x10": "0x10",
    "0b1": "0b1",
    "12:30": "12:30",
    "1.2.3": "1.2.3",
    "2027-02-15": "2027-02-15",
    "1,5": "1,5",
    ".": ".",
    "e5": "e5",
    "1" * 31: float("1" * 31),
    "yes": True,
    "No": False,
    "ON": True,
    "off": False,
    "true": True,
    "yEs": "yEs",
    "y": "y",
    "n": "n",
    "~": None,
    "null": None,
    "": None,
    "nil": "nil",
}


@pytest.mark.parametrize("text", list(PLAIN))
def test_a_value_without_quotes_is_what_a_person_means(text: str) -> None:
    """`1e-6` is a number and `012` a student's number, against YAML 1.1; `yes` is a boolean, as in all its readers."""
    value = plain_value(text)

    assert (type(value), value) == (type(PLAIN[text]), PLAIN[text])
    assert data(f"key: {text}\n") == {"key": PLAIN[text]}


@pytest.mark.parametrize("text", [text for text in PLAIN if text])
def test_quotes_make_a_text_of_anything(text: str) -> None:
    assert data(f"key: '{text}'\n") == {"key": text}


def test_not_a_number_is_told_apart() -> None:
    assert math.isnan(plain_value(".nan"))


FILE = """\
# a comment
course: {id: tea, "title": 'Tea: a drink'}
lessons:
  - id: leaves
    points: [1, yes]
    text: |
      two
      lines
"""


def test_every_value_and_key_has_its_place() -> None:
    """Columns count characters from 1; what is not there has the place of what is around it."""
    source = parse(FILE.encode("utf-8"), "f.yaml")

    assert source.data == {
        "course": {"id": "tea", "title": "Tea: a drink"},
        "lessons": ({"id": "leaves", "points": (1, True), "text": "two\nlines\n"},),
    }
    assert str(source.place("course", "title")) == "f.yaml:2:28"
    assert str(source.key_place("course", "title")) == "f.yaml:2:19"
    assert str(source.place("lessons", 0, "points", 1)) == "f.yaml:5:17"
    assert str(source.place("lessons", 0, "due")) == "f.yaml:4:5"
    assert str(source.place("nothing")) == "f.yaml:2:1"
    assert str(source.key_place("lessons", 0)) == "f.yaml:4:5"


def test_columns_count_characters_and_not_bytes() -> None:
    assert str(parse("{é: ä, ö: ü}".encode(), "f").place("ö")) == "f:1:11"


def test_what_was_typed_is_kept_where_it_stood_without_quotes() -> None:
    """To say "is `yes`, which YAML reads as a boolean"."""
    source = parse(b"a: yes\nb: 'yes'\nc: 1_000\n", "f.yaml")

    assert ("yes", None, "1_000") == (source.written("a"), source.written("b"), source.written("c"))


def test_an_alias_repeats_what_was_marked() -> None:
    assert data("a: &x {b: [1]}\nc: *x\n") == {"a": {"b": (1,)}, "c": {"b": (1,)}}


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    """Some editors write both."""
    content = b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n"

    assert parse(content, "f").data == {"a": 1, "b": ("x",)}


@pytest.mark.parametrize("content", ["", "# only a comment\n", "---\n", "\n\n"])
def test_a_file_without_anything_is_nothing(content: str) -> None:
    assert data(content) is None


FAULTS = {
    "a second document": ("a: 1\n---\nb: 2\n", ["f.yaml:2:1 yaml-syntax"]),
    "a repeated key": ("a: 1\nb: 2\na: 3\n", ["f.yaml:3:1 repeated-key"]),
    "a repeated key inside another spelling": ("a: 1\n'a': 2\n", ["f.yaml:2:1 repeated-key"]),
    "two repeated keys": ("{a: 1, a: {a: 1, a: 2}, a: 3}", ["f.yaml:1:8 repeated-key", "f.yaml:1:25 repeated-key"]),
    "a tag": ("a: !!python/object/apply:os.system ['true']\n", ["f.yaml:1:4 yaml-tag"]),
    "a merge key": ("a: &x {b: 1}\nc:\n  <<: *x\n", ["f.yaml:3:3 unknown-key"]),
    "a list as key": ("[1]: 2\n", ["f.yaml:1:1 yaml-syntax"]),
    "a tab": ("a:\n\t- b\n", ["f.yaml:2:1 yaml-tabs"]),
    "a NUL": (b"a: \0\n", ["f.yaml:1:4 unreadable-file"]),
    "an escaped NUL": ('a: "\\0"\n', ["f.yaml:1:4 unreadable-file"]),
    "Latin-1": ("a: 1\nb: é\n".encode("latin-1"), ["f.yaml:2:4 unreadable-file"]),
    "UTF-16": ("a: 1\n".encode("utf-16"), ["f.yaml:1:1 unreadable-file"]),
    "a conflict": ("<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n", [
        "f.yaml:1:1 merge-conflict", "f.yaml:3:1 merge-conflict", "f.yaml:5:1 merge-conflict",
    ]),
    "an alias of itself": ("a: &x [*x]\n", ["f.yaml:1:8 yaml-alias"]),
    "an alias of nothing": ("a: *x\n", ["f.yaml:1:4 yaml-alias"]),
    "a version directive": ("%YAML 9.9\n---\na: 1\n", ["f.yaml:1:1 yaml-syntax"]),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(FAULTS))
def test_a_fault_is_told_at_its_place(case: str) -> None:
    content, expected = FAULTS[case]

    assert rules(content) == expected


@pytest.mark.parametrize("case", sorted(FAULTS))
def test_a_machine_without_libyaml_says_the_same(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML then reads with its own parser, which words its complaints in another way."""
    monkeypatch.setattr(yamlsource, "_Loader", yaml.SafeLoader)
    content, expected = FAULTS[case]

    assert rules(content) == expected


def test_tags_are_refused_and_never_obeyed(tmp_path: Path) -> None:
    """With PyYAML's unsafe loaders this line would write the file."""
    proof = tmp_path / "proof"
    text = f"a: !!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{proof}']]\nb: !x y\n"

    assert {rule.split()[1] for rule in rules(text)} == {"yaml-tag"}
    assert not proof.exists()


BOMBS = {
    "aliases of aliases": "a0: &a0 [1]\n"
    + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 30)),
    "a long list": "[" + "1," * 250_000 + "]",
    "deep brackets": "[" * 5000,
    "deep mappings": "{a: " * 5000,
    "deep indentation": "".join(" " * n + "a:\n" for n in range(600)),
    "deep dashes": "- " * 5000,
    "many anchors": "".join(f"a{n}: &a{n} x\n" for n in range(20_000)),
    "a long text": "a: " + "x" * 1_000_000,
    "too large": "#" * (MAX_BYTES + 1),
}


@pytest.mark.parametrize("case", sorted(BOMBS))
def test_no_file_makes_the_reader_hang_or_overflow(case: str) -> None:
    """A course may come from a pull request; `validate` runs on it before anyone looks."""
    source = parse(BOMBS[case].encode("utf-8"), "f.yaml")

    harmless = case in ("many anchors", "a long text")
    assert harmless == (source.problems == ())


def test_a_course_may_be_nested_as_deeply_as_is_told_and_no_deeper() -> None:
    assert rules("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert rules("[" * (MAX_DEPTH + 2) + "]" * (MAX_DEPTH + 2)) == [f"f.yaml:1:{MAX_DEPTH + 2} yaml-syntax"]


def test_what_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()

    assert [p.rule for p in read(tmp_path / "none.yaml").problems] == ["missing-file"]
    assert [p.message for p in read(tmp_path / "folder").problems] == ["is a folder, not a file"]


def steps_of(value: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The way to every value in *value*."""
    yield path
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    )
    for step, inner in entries:
        yield from steps_of(inner, (*path, step))


def assert_sound(content: bytes) -> Source:
    """Either data, all of whose values have a place in the file, or problems with a place in the file."""
    source = parse(content, "f.yaml")
    lines = content.decode("utf-8", "replace").removeprefix("\ufeff")
    count = len(re.split(r"\r\n|[\n\r\x85\u2028\u2029]", lines))
    places = [problem.place for problem in source.problems]
    if source.data is not None:
        places += [source.place(*path) for path in steps_of(source.data)]
    for place in places:
        assert place == Place("f.yaml") or (1 <= place.line <= count + 1 and place.column >= 1)
    return source


@fuzz
@given(st.binary(max_size=200))
def test_any_bytes_are_data_or_a_problem(content: bytes) -> None:
    assert_sound(content)


YAML_PIECES = st.lists(
    st.sampled_from(
        ["a", "b: ", "- ", "\n", "  ", "    ", ": ", "{", "}", "[", "]", ",", "'", '"', "|\n", ">-\n", "&x ", "*x", "!!str ", "!y ",
         "? ", "# ", "---\n", "...\n", "%YAML 1.1\n", "\t", "yes", "1e3", "\\", "<<: ", "é", "\u2028", "\ufeff", "\x85", "\r", "@", "`", "~"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@fuzz
@given(YAML_PIECES)
def test_anything_made_of_the_signs_of_yaml_is_data_or_a_problem(text: str) -> None:
    """Nearer to what can go wrong than random bytes."""
    assert_sound(text.encode("utf-8"))


@fuzz
@given(YAML_PIECES)
def test_nothing_is_read_that_yaml_itself_refuses(text: str) -> None:
    """And what both read has the same shape, keys and texts."""
    source = parse(text.encode("utf-8"), "f.yaml")
    # PyYAML refuses an anchor that is set anew and takes a byte order mark for text; neither matters to a course
    assume(not source.problems and not set("&*\ufeff") & set(text))

    theirs = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - texts, lists, dicts

    assert as_texts(source, source.data) == theirs


def as_texts(source: Source, value: Any, path: tuple[Step, ...] = ()) -> Any:
    """*value* with everything as it was typed, as PyYAML's BaseLoader gives it."""
    if isinstance(value, dict):
        return {key: as_texts(source, inner, (*path, key)) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [as_texts(source, inner, (*path, number)) for number, inner in enumerate(value)]
    typed = source.written(*path)
    return value if typed is None else typed


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(frozen, value))
    return {key: frozen(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def printable(value: Any) -> bool:
    """Whether the reader lets all texts in *value* pass: it refuses invisible characters and merge keys."""
    if isinstance(value, list):
        return all(map(printable, value))
    if isinstance(value, dict):
        return all(printable(key) and key != "<<" and printable(inner) for key, inner in value.items())
    return (
        not isinstance(value, str)
        or re.search("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", value) is None
    )


@fuzz
@given(VALUES.filter(printable))
def test_what_a_program_wrote_is_read_back_as_it_was(value: Any) -> None:
    """Numbers stay numbers, texts that look like numbers stay texts."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)

    assert data(text) == frozen(value)
