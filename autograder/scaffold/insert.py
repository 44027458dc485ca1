"""Appends an entry to a list in a YAML file and leaves every other character of the file as it is.

The place is found by indentation, and the result is read back: if anything but the new entry were different, nothing is
done, and the author gets the lines to put in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.errors import AutogradeError
from autograder.yamlsource import Source, Step, parse


def append(text: str, file: str, path: tuple[Step, ...], key: str, entry: str) -> str:
    """*text* with *entry*, a block of `key: value` lines, at the end of the list *key* of the mapping at *path*."""
    source = parse(text.encode("utf-8"), file)
    added = parse(entry.encode("utf-8"), file).data
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    made = _appended(lines, source, path, key, entry)
    result = None if made is None else end.join(made)
    if result is None or parse(result.encode("utf-8"), file).data != _with(source.data, path, key, added):
        place = source.place(*path)
        raise AutogradeError(
            f"{place}: the lines of `{key}` cannot be put in without touching what is there; nothing was written",
            "put them in yourself:\n" + "\n".join(_as_item(entry, 2)),
        )
    return result


def _appended(
    lines: list[str], source: Source, path: tuple[Step, ...], key: str, entry: str
) -> list[str] | None:
    """The new lines of the file; None if the list is not written line by line."""
    mapping = _at(source.data, path)
    if mapping.get(key):
        place = source.place(*path, key)
        column, item = place.column - 1, _as_item(entry, place.column - 1)
        if not lines[place.line - 1][column:].startswith("-"):
            return None
        after = _end(lines, place.line, column, in_list=True)
    elif key in mapping:
        return None
    else:
        place = source.place(*path)
        column = place.column - 1
        if lines[place.line - 1][column:].startswith("{"):
            return None
        item = [" " * column + f"{key}:", *_as_item(entry, column + 2)]
        after = _end(lines, place.line, column, in_list=False)
    gap = [""] if key == "lessons" else []
    rest = lines[after:] or [""]
    return [*lines[:after], *gap, *item, *rest]


def _end(lines: Sequence[str], begun: int, column: int, *, in_list: bool) -> int:
    """The number of the last line of the block that began in line *begun* at *column*; blank lines after it are not its."""
    last = begun
    for number, line in enumerate(lines[begun:], begun + 1):
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        if not words or (words.startswith("#") and indent <= column):
            continue  # a comment that stands further in may be a line of a text
        another = in_list and indent == column and not (words == "-" or words.startswith("- "))
        if indent < column or another:
            break
        last = number
    return last


def _as_item(entry: str, column: int) -> list[str]:
    first, *others = entry.rstrip("\n").split("\n")
    return [" " * column + f"- {first}", *(" " * (column + 2) + line if line else "" for line in others)]


def _at(data: Any, path: tuple[Step, ...]) -> Mapping[str, Any]:
    for step in path:
        data = data[step]
    found: Mapping[str, Any] = data
    return found


def _with(data: Any, path: tuple[Step, ...], key: str, added: Any) -> Any:
    """*data* with *added* at the end of the list; lists and mappings are new ones."""
    if not path:
        return {**data, key: (*(data.get(key) or ()), added)}
    inner = _with(data[path[0]], path[1:], key, added)
    if isinstance(data, tuple):
        return tuple(inner if number == path[0] else one for number, one in enumerate(data))
    return {**data, path[0]: inner}
