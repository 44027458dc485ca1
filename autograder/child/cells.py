"""Runs the cells of a notebook, or files of code, in one namespace, as a kernel does: each cell fails alone.

What only IPython understands is taken out first: magics, shell commands, questions. `await` at the top of a cell works.
A cell that took too long once can be run for its definitions only.
"""

from __future__ import annotations

import ast
import asyncio
import importlib.abc
import importlib.machinery
import inspect
import linecache
import re
import sys
import types
from collections.abc import Mapping, Sequence
from typing import Any

from . import stubs

MAX_MAGICS = 500

_LINE = re.compile(r"^(?P<indent>\s*)(?P<target>[\w, ]+=\s*)?(?P<sign>[%!])(?P<rest>.*)$")
_QUESTION = re.compile(r"^\s*\?{1,2}[\w.]+\s*$|^\s*[\w.]+\?{1,2}\s*$")
_TIMED = re.compile(r"(?:time|prun|memit)\b(?:\s+-\w+(?:\s+\d+)?)*\s+(?P<code>\S.*)")
_RUN_ALL = ("time", "timeit", "capture", "prun", "memit")
_KEPT = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


class Notebook:
    """The namespace of one submission."""

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        self.names: dict[str, Any] = self.module.__dict__
        self.names["input"] = no_input
        sys.modules["__main__"] = self.module
        stubs.install(self.names)
        self.files = _Files()
        sys.meta_path.append(self.files)
        self.labels: set[str] = set()

    def run(self, label: str, source: str, *, definitions: bool) -> str:
        """Runs a cell; what went wrong in the words of Python, or nothing. `definitions` leaves all else out."""
        self.labels.add(label)
        self.names["__name__"] = _module_name(label)
        sys.modules.setdefault(self.names["__name__"], self.module)
        try:
            tree, plain = parse(source, label)
            linecache.cache[label] = (len(plain), None, plain.splitlines(keepends=True), label)
            if definitions:
                tree.body = [statement for statement in tree.body if _is_definition(statement)]
            code = compile(tree, label, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
            if code.co_flags & inspect.CO_COROUTINE:
                asyncio.run(eval(code, self.names))  # noqa: S307  this process exists to run the student's code
            else:
                exec(code, self.names)  # noqa: S102  the same
        except BaseException as error:  # noqa: BLE001  a cell may raise anything, SystemExit too, and fails alone
            return told(error, self.labels)
        return ""


def no_input(*_: Any) -> str:
    """In the place of `input`."""
    raise EOFError("`input()` cannot ask anybody while grading")


def _module_name(label: str) -> str:
    """`__main__` for cells; a file is imported by the grader, so what stands under its main guard does not run."""
    stem, dot, ending = label.rpartition(".")
    if not dot or ending.lower() != "py":
        return "__main__"
    usable = stem.isidentifier() and stem not in sys.stdlib_module_names and stem not in sys.modules
    return stem if usable else "submission"


class _Files(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Lets one handed-in file import another."""

    def __init__(self) -> None:
        self.sources: dict[str, tuple[str, str]] = {}

    def offer(self, cells: Sequence[tuple[str, str]]) -> None:
        for label, source in cells:
            stem, _, ending = label.rpartition(".")
            if ending.lower() == "py":
                self.sources[stem] = (label, source)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.machinery.ModuleSpec(fullname, self) if fullname in self.sources else None

    def exec_module(self, module: types.ModuleType) -> None:
        label, source = self.sources[module.__name__]
        exec(compile(source, label, "exec", dont_inherit=True), module.__dict__)  # noqa: S102  as in `run`


def parse(source: str, label: str) -> tuple[ast.Module, str]:
    """The syntax tree of a cell and the text that it was made of; raises SyntaxError for what is no Python either way."""
    lines = _without_cell_magic(source.split("\n"))
    for _ in range(MAX_MAGICS):
        plain = "\n".join(lines)
        try:
            tree = compile(
                plain, label, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
            )
        except SyntaxError as error:
            number = _magic_near(lines, error.lineno or 0)
            if number is None:
                raise
            lines[number] = _as_python(lines[number])
        else:
            assert isinstance(tree, ast.Module)  # noqa: S101  for the type checker; "exec" gives a module
            return tree, plain
    raise SyntaxError("too many magics in one cell")


def _without_cell_magic(lines: list[str]) -> list[str]:
    """`%%time` and its kind run the cell; `%%bash`, `%%html` and the like are no Python at all."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None or not lines[first].startswith("%%"):
        return lines
    name = lines[first][2:].split(maxsplit=1)[0] if lines[first][2:].strip() else ""
    rest = ["", *lines[first + 1 :]] if name in _RUN_ALL else [""]
    return [""] * first + rest


def _magic_near(lines: list[str], reported: int) -> int | None:
    """The line of a magic that explains a syntax error: the one reported, or the nearest before it."""
    for number in range(min(reported, len(lines)) - 1, max(-1, reported - 4), -1):
        if _LINE.match(lines[number]) or _QUESTION.match(lines[number]):
            return number
    return None


def _as_python(line: str) -> str:
    found = _LINE.match(line)
    if found is None:
        return line[: len(line) - len(line.lstrip())] + "pass"
    timed = _TIMED.match(found["rest"]) if found["sign"] == "%" else None
    if timed and not found["target"]:
        return found["indent"] + timed["code"]
    return found["indent"] + (f"{found['target']}None" if found["target"] else "pass")


def _is_definition(statement: ast.stmt) -> bool:
    """What a cell brings for others: functions, classes, imports and simple values."""
    if isinstance(statement, _KEPT):
        return True
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
        return all(
            isinstance(
                node, ast.Constant | ast.Tuple | ast.List | ast.Dict | ast.UnaryOp | ast.USub | ast.Load
            )
            for node in ast.walk(statement.value)
        )
    return False


def told(error: BaseException, labels: set[str] | Mapping[str, Any]) -> str:
    """`ValueError: ... (cell 3, line 2: x = y)`: what an error says, and the last line of the student's that led to it."""
    name, said, label, number = parts(error, labels)
    text = f"{name}: {said}" if said else name
    return f"{text} ({_place(label, number)})" if label else text


def parts(error: BaseException, labels: set[str] | Mapping[str, Any]) -> tuple[str, str, str, int]:
    """An error's class, what it says, and the cell and line of the student's that led to it; "" and 0 if there is none."""
    name = type(error).__name__
    if isinstance(error, SyntaxError) and error.filename in labels:
        return name, str(error.msg), str(error.filename), error.lineno or 0
    try:
        said = str(error)
    except BaseException:  # noqa: BLE001  the exception is of the student's making, and so is its text
        said = ""
    label, number = "", 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in labels:
            label, number = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return name, said, label, number


def _place(label: str, number: int) -> str:
    line = linecache.getline(label, number).strip()
    where = f"{label}, line {number}" if number else label
    return f"{where}: {line[:120]}" if line else where
