"""Loads modules of the course's own, for whoever trusts its author."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any


def load(name: str, path: Path) -> ModuleType:
    """The module in the file *path*, which is known by *name* from then on."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # noqa: S101  it is a .py file that is there
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def load_problems(path: Path | None) -> Mapping[str, Any]:
    """The practice problems of the file *path*; none where a course has none."""
    if path is None:
        return {}
    problems: Mapping[str, Any] = load("problems", path).PROBLEMS
    return problems


def load_probe(folder: Path) -> Callable[..., Any] | None:
    """The probe in the *folder* of an exercise's hidden checks, if there is one."""
    path = folder / "probe.py"
    return load(f"probe_of_{folder.name}", path).probe if path.is_file() else None
