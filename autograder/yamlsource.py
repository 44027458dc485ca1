"""Reads a YAML file into plain data that remembers where everything stands, and names what is wrong with the file.

Lists become tuples, so that nothing can change what was read. Numbers are read as people write them: `1e-6` is a
number, `012` and `12:30` are text. `yes`, `no`, `on` and `off` are booleans, as in every YAML 1.1 reader. What the data
mean is for others; a second problem in a file that YAML itself cannot read stays hidden until the first is mended.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from autograder.errors import Place, Problem

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
MAX_VALUES = 200_000

Step = str | int
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_BOOLEANS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]{0,29})")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9_]*)?\.[0-9]*|(?:0|[1-9][0-9_]*))(?:[eE][-+]?[0-9]+)?")
_SPECIAL = {".inf": math.inf, "+.inf": math.inf, "-.inf": -math.inf, ".nan": math.nan}
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
_TAG = "tag:yaml.org,2002:"
_TAGS = frozenset({None, "!", f"{_TAG}str", f"{_TAG}seq", f"{_TAG}map"})


@dataclass(frozen=True)
class Source:
    """What one file says. `data` is None when the file could not be read; `problems` then says why."""

    file: str
    data: Any = None
    problems: tuple[Problem, ...] = ()
    _places: Mapping[tuple[Step, ...], tuple[int, int]] = field(default_factory=dict, repr=False)
    _keys: Mapping[tuple[Step, ...], tuple[int, int]] = field(default_factory=dict, repr=False)
    _plain: Mapping[tuple[Step, ...], str] = field(default_factory=dict, repr=False)

    def place(self, *path: Step) -> Place:
        """Where the value at *path* begins; the nearest one above it if there is none."""
        while path and path not in self._places:
            path = path[:-1]
        return Place(self.file, *self._places.get(path, (0, 0)))

    def key_place(self, *path: Step) -> Place:
        """Where the key of the value at *path* begins; the value itself if it has no key."""
        return Place(self.file, *self._keys[path]) if path in self._keys else self.place(*path)

    def written(self, *path: Step) -> str | None:
        """The value at *path* as it was typed, if it was typed without quotes."""
        return self._plain.get(path)


def read(path: Path, file: str = "") -> Source:
    """The YAML file at *path*; *file* is what messages call it."""
    file = file or path.name
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _unusable(Place(file), "there is no such file", "missing-file")
    except IsADirectoryError:
        return _unusable(Place(file), "is a folder, not a file", "unreadable-file")
    except OSError as error:
        return _unusable(Place(file), f"cannot be opened: {error.strerror}", "unreadable-file")
    return parse(content, file)


def parse(content: bytes, file: str) -> Source:
    """The YAML in *content*, as `read` gives it."""
    if len(content) > MAX_BYTES:
        return _unusable(
            Place(file),
            f"is larger than {MAX_BYTES // 1024**2} MiB",
            "unreadable-file",
            "write each lesson into its own file and name that file under `lessons`",
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error, file)
    problems = list(_find_unreadable_text(text, file))
    if problems:
        return Source(file, problems=tuple(problems))
    reader = _Reader(file, text)
    try:
        data = reader.document()
    except _Stop as stop:
        return Source(file, problems=(*reader.problems, stop.problem))
    except yaml.MarkedYAMLError as error:
        return Source(file, problems=(*reader.problems, _syntax_problem(error, text, file)))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        return _unusable(Place(file), f"cannot be read as YAML: {error}", "yaml-syntax")
    return Source(file, data, tuple(reader.problems), reader.places, reader.keys, reader.plain)


class _Stop(Exception):
    """The file cannot be read on from here."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Reader:
    """Builds data from the events of one document, and notes where each value stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.places: dict[tuple[Step, ...], tuple[int, int]] = {}
        self.keys: dict[tuple[Step, ...], tuple[int, int]] = {}
        self.plain: dict[tuple[Step, ...], str] = {}
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0
        self._events: Iterator[Any] = yaml.parse(text, Loader=_Loader)

    def document(self) -> Any:
        """The data of the one document in the file; None if there is none."""
        next(self._events)
        if not isinstance(next(self._events), yaml.DocumentStartEvent):
            return None
        data = self._value(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._report(
                after, "a second document begins here, at `---`", "yaml-syntax", "remove the line `---`"
            )
        return data

    def _value(self, event: Any, path: tuple[Step, ...]) -> Any:
        self.places[path] = _position(event)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        before = self._count
        self._take(event, 1)
        if event.anchor:
            self._anchors.pop(event.anchor, None)
        if len(path) > MAX_DEPTH:
            raise _Stop(self._problem(event, "is nested too deeply", "yaml-syntax"))
        if event.tag not in _TAGS:
            shown = event.tag.replace(_TAG, "!!")
            self._report(event, f"the tag `{shown}` is not supported", "yaml-tag", "leave the tag out")
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event, path)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(path)
        else:
            value = self._mapping(path)
        if event.anchor:
            self._anchors[event.anchor] = value, self._count - before
        return value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise _Stop(
                self._problem(
                    event,
                    f"`*{event.anchor}` refers to nothing that is complete before it",
                    "yaml-alias",
                    f"mark the value to repeat with `&{event.anchor}`, or quote a text that begins with `*`",
                )
            )
        value, count = self._anchors[event.anchor]
        self._take(event, count)
        return value

    def _take(self, event: Any, count: int) -> None:
        """Counts values, repeated ones each time: a few lines of aliases can stand for billions of values."""
        self._count += count
        if self._count > MAX_VALUES:
            raise _Stop(
                self._problem(
                    event,
                    f"the file stands for more than {MAX_VALUES:,} values here",
                    "yaml-alias",
                    "write the values out, without `*`",
                )
            )

    def _sequence(self, path: tuple[Step, ...]) -> tuple[Any, ...]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return tuple(items)

    def _mapping(self, path: tuple[Step, ...]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Stop(self._problem(event, "a key must be a word or a text", "yaml-syntax"))
            key = event.value
            if (*path, key) not in self.keys:
                self.keys[*path, key] = _position(event)
                if key == "<<":
                    self._report(event, "`<<` is not supported", "unknown-key", "write the keys out")
                    self._skip(next(self._events))
                    continue
                values[key] = self._value(next(self._events), (*path, key))
            else:
                self._report_repeated(event, path)
                self._skip(next(self._events))
        return values

    def _report_repeated(self, event: Any, path: tuple[Step, ...]) -> None:
        line, _ = self.keys[*path, event.value]
        self._report(
            event,
            f"`{event.value}` stands here a second time; the first is in line {line}",
            "repeated-key",
            "keep one of the two",
        )

    def _skip(self, event: Any) -> None:
        """Passes over the value of a repeated key, so that its problems are not told as those of the first."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if not depth:
                return
            event = next(self._events)

    def _scalar(self, event: Any, path: tuple[Step, ...]) -> Any:
        if (bad := _UNPRINTABLE.search(event.value)) is not None:
            code = ord(bad[0])
            self._report(event, f"the text holds the invisible character U+{code:04X}", "unreadable-file")
        if not event.implicit[0]:
            return event.value
        self.plain[path] = event.value
        return plain_value(event.value)

    def _report(self, event: Any, message: str, rule: str, hint: str = "") -> None:
        self.problems.append(self._problem(event, message, rule, hint))

    def _problem(self, event: Any, message: str, rule: str, hint: str = "") -> Problem:
        return Problem(Place(self.file, *_position(event)), message, rule, hint)


def plain_value(text: str) -> Any:
    """What an unquoted *text* stands for."""
    if text in _NULLS:
        return None
    if text in (text.lower(), text.upper(), text.capitalize()) and text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if _INTEGER.fullmatch(text):
        return int(text.replace("_", ""))
    if text.lower() in _SPECIAL:
        return _SPECIAL[text.lower()]
    if _FLOAT.fullmatch(text) and any(character.isdigit() for character in text):
        return float(text.replace("_", ""))
    return text


def _position(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _unusable(place: Place, message: str, rule: str, hint: str = "") -> Source:
    return Source(place.file, problems=(Problem(place, message, rule, hint),))


def _not_utf8(content: bytes, error: UnicodeDecodeError, file: str) -> Source:
    before = content[: error.start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    return _unusable(
        Place(file, line, column),
        "is not UTF-8 text",
        "unreadable-file",
        "save the file as UTF-8 in your editor",
    )


def _find_unreadable_text(text: str, file: str) -> Iterator[Problem]:
    """Faults that YAML's own messages would explain badly."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if (bad := _UNPRINTABLE.search(line)) is not None:
            place = Place(file, number, bad.start() + 1)
            yield Problem(
                place, f"holds the invisible character U+{ord(bad[0]):04X}", "unreadable-file", "delete it"
            )
    marks = [number for number, line in enumerate(lines, 1) if _CONFLICT.fullmatch(line.rstrip("\r"))]
    if any(lines[number - 1].startswith(("<" * 7, ">" * 7)) for number in marks):
        for number in marks:
            shown = lines[number - 1][:7]
            yield Problem(
                Place(file, number, 1),
                f"`{shown}` is left over from a merge conflict",
                "merge-conflict",
                "keep one of the two versions and delete the marks",
            )


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return Problem(Place(file), f"cannot be read as YAML: {error.problem}", "yaml-syntax")
    line, column = mark.line + 1, mark.column + 1
    lines = text.split("\n")
    for number in (line, line - 1):
        indent = re.match(r"[ \t]*", lines[number - 1])[0] if 0 < number <= len(lines) else ""  # type: ignore[index]
        if "\t" in indent:
            place = Place(file, number, indent.index("\t") + 1)
            return Problem(place, "the line is indented with a tab", "yaml-tabs", "indent with blanks only")
    message, hint = _in_plain_words(error)
    if error.context_mark is not None and message in _TOLD_AT_THE_START:
        line, column = error.context_mark.line + 1, error.context_mark.column + 1
    return Problem(Place(file, line, column), message, "yaml-syntax", hint)


def _in_plain_words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    said = f"{error.context or ''} {error.problem or ''}"
    for words, message, hint in _EXPLAINED:
        if any(word in said for word in words):
            return message, hint
    problem = (error.problem or "cannot be read as YAML").strip()
    return f"cannot be read as YAML: {problem}", "quote texts that hold special characters"


_NO_STAR = "a text cannot begin with `*` or `&`"
_NO_END = "the quoted text that begins here has no end"
_TOLD_AT_THE_START = (_NO_STAR, _NO_END)
_EXPLAINED = (
    (
        ("mapping values are not allowed",),
        "a `:` is not expected here",
        "put a text that contains `: ` in quotes, and check the indentation",
    ),
    (("cannot start any token",), "a text cannot begin with this character", "put the text in quotes"),
    (("scanning an a",), _NO_STAR, "put the text in quotes"),
    (("unexpected end of stream", "unexpected document"), _NO_END, "close the quotes"),
    (
        ("parsing a flow mapping",),
        "a `,` or `}` is missing before this",
        "separate entries with `,`; quote a text that has one of `,[]{}`",
    ),
    (
        ("parsing a flow sequence",),
        "a `,` or `]` is missing before this",
        "separate entries with `,`; quote a text that has one of `,[]{}`",
    ),
    (
        (
            "block end",
            "expected key",
            "'-' indicator",
            "could not find expected ':'",
            "block mapping",
            "block collection",
        ),
        "the indentation or a `:` is wrong here",
        "entries of one list or mapping begin in the same column; write `key: value`",
    ),
)
"""What a YAML reader says (libyaml and its Python twin in slightly different words), the same for authors, and the way out."""
