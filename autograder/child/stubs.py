"""Stand-ins for what notebooks use to show things: plots are not drawn while grading, and widgets show nothing.

`import matplotlib.pyplot as plt` gives modules whose every name is a thing that can be called, indexed and entered, so
that a cell which draws runs on to its next line. Nothing of the real libraries is loaded.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

SHOWN = frozenset({"matplotlib", "mpl_toolkits", "seaborn", "plotly", "IPython", "ipywidgets", "tqdm"})


class Picture:
    """Anything that has to do with a picture; each attribute, item and call gives another."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Picture()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return Picture()

    def __getitem__(self, key: Any) -> Any:
        return Picture()

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __iter__(self) -> Iterator[Any]:
        return iter((Picture(),))  # `line, = ax.plot(...)`

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def subplots(nrows: int = 1, ncols: int = 1, *_: Any, squeeze: bool = True, **__: Any) -> tuple[Any, Any]:
    """A figure and its axes, in the shape in which matplotlib gives them."""
    axes = np.empty((int(nrows), int(ncols)), dtype=object)
    for place in np.ndindex(*axes.shape):
        axes[place] = Picture()
    if not squeeze:
        return Picture(), axes
    small = axes.squeeze()
    return Picture(), small.item() if small.ndim == 0 else small


def progress(items: Iterable[Any] = (), *_: Any, **__: Any) -> Iterable[Any]:
    """tqdm: the items themselves."""
    return items


def steps(*args: int, **_: Any) -> range:
    """trange: the range itself."""
    return range(*args)


_KNOWN = {"subplots": subplots, "tqdm": progress, "trange": steps}


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _KNOWN.get(name) or Picture()


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds a stand-in for every module of the libraries in SHOWN."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in SHOWN:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        return None


class Shell:
    """What `get_ipython()` gives: magics do nothing."""

    user_ns: dict[str, Any]

    def __init__(self, names: dict[str, Any]) -> None:
        self.user_ns = names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: None


def install(names: dict[str, Any]) -> None:
    """Puts the stand-ins where a notebook's code looks for them."""
    sys.meta_path.insert(0, Finder())
    shell = Shell(names)
    names["display"] = lambda *args, **kwargs: None
    names["get_ipython"] = lambda: shell
