"""Looks into Python files without running them: which functions they define, and the keys of a dict written in them."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path

from autograder.errors import Place, Problem

MAX_BYTES = 2_000_000


def parse_python(path: Path) -> ast.Module:
    """The syntax tree of the file at *path*; raises SyntaxError, OSError, or ValueError for what is no text."""
    with path.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError("the file is too large")
    if b"\0" in content:
        raise ValueError("the file holds a NUL byte")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("the file is not UTF-8 text") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (RecursionError, MemoryError) as error:
            raise ValueError("the code is nested too deeply") from error


def read_python(path: Path, file: str) -> tuple[ast.Module | None, tuple[Problem, ...]]:
    """The syntax tree of *path*, or the problem that there is none; *file* is what messages call it."""
    try:
        return parse_python(path), ()
    except SyntaxError as error:
        place = Place(file, error.lineno, max(error.offset or 1, 1)) if error.lineno else Place(file)
        return None, (Problem(place, f"is not valid Python: {error.msg}", "python-syntax"),)
    except OSError as error:
        return None, (Problem(Place(file), f"cannot be read: {error.strerror}", "unreadable-file"),)
    except ValueError as error:
        return None, (Problem(Place(file), f"cannot be read: {error}", "unreadable-file"),)


def names_in(tree: ast.Module) -> tuple[str, ...]:
    """What a module defines at its top level by `def`, `class` or `name = ...`, in order."""
    names: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
            names.append(node.target.id)
        elif isinstance(node, ast.ImportFrom):
            names += [alias.asname or alias.name for alias in node.names]
    return tuple(names)


def keys_of(tree: ast.Module, name: str) -> tuple[str, ...] | None:
    """The keys of the dict that is assigned to *name*; None if there is none with all its keys written out."""
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            return _keys(value)
    return None


def _keys(value: ast.expr) -> tuple[str, ...] | None:
    if not isinstance(value, ast.Dict):
        return None
    keys = [key.value for key in value.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
    return tuple(keys) if len(keys) == len(value.keys) else None
