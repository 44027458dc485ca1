"""What is told of an exception where the course keeps the inputs of hidden checks to itself.

What an exception says is of the student's making, and may be what the function was given. So only what we know by
ourselves is told: the name if it is one of Python's own, a text if it is one of Python's usual ones (without the numbers in
it), and the line, which we look up in what was handed in.
"""

from __future__ import annotations

import builtins
import difflib
import re
from collections.abc import Sequence

from autograder.sandbox.values import Cell

_NAMES = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
) | {"LinAlgError"}
_NUMBERS = r"[\d(),\s-]+"
_USUAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:float |integer )?(?:division|modulo)(?: or modulo)?(?: by zero)?",
        r"(?:list|tuple|string|pop|range object) (?:assignment )?index out of range",
        r"pop from empty (?:list|deque)",
        r"math (?:domain|range) error",
        r"Singular matrix",
        r"maximum recursion depth exceeded(?: in comparison| while calling a Python object)?",
        r"assignment destination is read-only",
        r"can only concatenate (?:list|str|tuple) \(not \"(?:int|float|str|list|tuple|NoneType)\"\) to (?:list|str|tuple)",
        r"'(?:int|float|NoneType|list|tuple|numpy\.float64)' object is not (?:iterable|subscriptable|callable)",
        r"only (?:length-1|0-dimensional) arrays can be converted to Python scalars",
        rf"index {_NUMBERS} is out of bounds for axis {_NUMBERS} with size {_NUMBERS}",
        rf"operands could not be broadcast together with shapes {_NUMBERS}",
        rf"could not broadcast input array from shape {_NUMBERS} into shape {_NUMBERS}",
        rf"shapes {_NUMBERS} and {_NUMBERS} not aligned: {_NUMBERS}(?:\(dim {_NUMBERS}\) != {_NUMBERS}\(dim {_NUMBERS}\))?",
        rf"cannot reshape array of size {_NUMBERS} into shape {_NUMBERS}",
        rf"too many indices for array: array is {_NUMBERS}-dimensional, but {_NUMBERS} were indexed",
        rf"not enough values to unpack \(expected {_NUMBERS}, got {_NUMBERS}\)",
        rf"too many values to unpack \(expected {_NUMBERS}\)",
        r"The truth value of an array with more than one element is ambiguous\. Use a\.any\(\) or a\.all\(\)",
    )
)
_WORDED = tuple(
    re.compile(pattern)
    for pattern in (
        r"name '(\w+)' is not defined(?:\. Did you mean: '\w+'\?)?",
        r"cannot access (?:local|free) variable '(\w+)' where it is not associated with a value.*",
        r"'[\w.]+' object has no attribute '(\w+)'(?:\. Did you mean: '\w+'\?)?",
    )
)
_CALLED = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"(\w+)\(\) takes .* positional arguments? but .* given", "takes fewer arguments than it was given"),
        (r"(\w+)\(\) missing .* arguments?: .*", "was given fewer arguments than it takes"),
        (
            r"(\w+)\(\) got an unexpected keyword argument '\w+'",
            "was given an argument by a name that it does not have",
        ),
    )
)
_DEFINED = re.compile(r"^\s*(?:async\s+)?def\s+(\w+)|^(\w+)\s*=\s*lambda\b", re.MULTILINE)
_ALIKE = 0.8
_CLOSED = re.compile(r"Errno (?:1|11|13|30|101)\b|can't start new thread")
CLOSED = "while grading, code can write no files, reach no network and start no other processes or threads"
_SHOWN = 120


def discreet(name: str, said: str, label: str, number: int, cells: Sequence[Cell]) -> str:
    """`IndexError: index ... is out of bounds (cell 3, line 2: x = y)`, from nothing that the code could choose freely."""
    shown = name if name in _NAMES else "an exception of its own"
    text = _usual(said, cells)
    place = _place(label, number, cells)
    return f"{shown}{f': {text}' if text else ''}{f' ({place})' if place else ''}"


def _usual(said: str, cells: Sequence[Cell]) -> str:
    """*said* if it is one of Python's usual texts, its numbers left out; names only if they stand in the code anyway."""
    if any(pattern.fullmatch(said) for pattern in _USUAL):
        return re.sub(r"-?\d+", "...", said)
    for pattern in _WORDED:
        found = pattern.fullmatch(said)
        if found and any(re.search(rf"\b{re.escape(found[1])}\b", cell.source) for cell in cells):
            return re.sub(r" where .*|\. Did .*", "", said)
    for pattern, meaning in _CALLED:
        found = pattern.fullmatch(said)
        if found and any(re.search(rf"\b{re.escape(found[1])}\b", cell.source) for cell in cells):
            return f"{found[1]}() {meaning}"
    return ""


def similar(name: str, cells: Sequence[Cell]) -> str:
    """The function in *cells* that is called almost *name*, as it is after a slip; empty if there is none."""
    defined = [one or other for cell in cells for one, other in _DEFINED.findall(cell.source)]
    by_plain = {found.lower(): found for found in defined if found != name}
    close = difflib.get_close_matches(name.lower(), by_plain, n=1, cutoff=_ALIKE)
    return by_plain[close[0]][:_SHOWN] if close else ""


def meets_the_walls(problem: str) -> bool:
    """Whether *problem*, an exception in words, is what code gets that wants more than the sandbox lets it."""
    return bool(_CLOSED.search(problem))


def _place(label: str, number: int, cells: Sequence[Cell]) -> str:
    for cell in cells:
        lines = cell.source.split("\n")
        if cell.label == label and 1 <= number <= len(lines):
            line = lines[number - 1].strip()[:_SHOWN]
            return f"{label}, line {number}: {line}" if line else f"{label}, line {number}"
    return ""
