"""Loads modules of the course's own, for whoever trusts its author."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.checks import PROBE
from autograder.errors import AutogradeError


def load(name: str, path: Path) -> ModuleType:
    """The module in the file *path*, which is known by *name* from then on. Raises AutogradeError if it cannot be run."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # noqa: S101  it is a .py file that is there
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up by name
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise AutogradeError(
            f"`{path.parent.name}/{path.name}` cannot be loaded, {_place(error, path)}{type(error).__name__}: {error}",
            f"run `python {path}` to see where it stumbles",
        ) from error
    return module


def _place(error: BaseException, path: Path) -> str:
    """The line of *path* in which *error* arose, for a message."""
    if isinstance(error, SyntaxError):
        return ""  # says it itself
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return f"line {lines[-1]}: " if lines else ""


def load_problems(path: Path | None) -> Mapping[str, Any]:
    """The practice problems of the file *path*; none where a course has none."""
    if path is None:
        return {}
    problems: Mapping[str, Any] = _defined("PROBLEMS", load("problems", path), path)
    return problems


def load_probe(folder: Path) -> Callable[..., Any] | None:
    """The probe in the *folder* of an exercise's hidden checks, if there is one."""
    path = folder / PROBE
    return _defined("probe", load(f"probe_of_{folder.name}", path), path) if path.is_file() else None


def _defined(name: str, module: ModuleType, path: Path) -> Any:
    try:
        return getattr(module, name)
    except AttributeError:
        raise AutogradeError(
            f"`{path.parent.name}/{path.name}` does not define `{name}`", f"write it in {path}"
        ) from None
