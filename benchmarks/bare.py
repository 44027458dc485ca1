"""The floor: the same checks on the same code, in one process, with nothing between them. Never for strangers' code.

`Bare` has the interface of the sandbox and no walls: the student's functions are called where the checks are. `serve` answers jobs as
the real checker does, in one warm pytest; `run_here` needs no pytest at all, and is what a cell of nbgrader calls.
"""

from __future__ import annotations

import importlib
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autograder.child.calls import random_state
from autograder.loading import load
from autograder.proxy import Memory, Submission
from autograder.sandbox import (
    Call,
    Callback,
    Cell,
    Claims,
    Fault,
    Layers,
    Lent,
    NotFound,
    Raised,
    Seed,
    lent_among,
)
from autograder.sandbox.values import plain

SECONDS = 1e9


class Bare:
    """In the place of a `Sandbox`."""

    layers = Layers(("none",))

    def open(self, cells: Sequence[Cell], **_: Any) -> BareChild:
        """The code of *cells*, run here."""
        return BareChild(cells)


class BareChild:
    """In the place of a sandboxed child."""

    spent = 0.0

    def __init__(self, cells: Sequence[Cell] = (), names: dict[str, Any] | None = None) -> None:
        self._names = {"__name__": "__main__"} if names is None else names
        self._lent: dict[Lent, Any] = {}
        for cell in cells:
            # a cell that fails leaves the others their names, as in a notebook
            try:
                exec(compile(cell.source, cell.label, "exec"), self._names)  # noqa: S102  our own samples
            except Exception:  # noqa: BLE001, S112
                continue

    def __enter__(self) -> BareChild:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def rewind(self) -> None:
        """As the sandbox would; here the checks draw from the same generators."""

    def call(
        self,
        name: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        *,
        seconds: float,
        claims: bool = True,
    ) -> Call:
        """What the function *name* gives; raises Fault as the sandbox would."""
        function = self._names.get(name)
        if not callable(function):
            raise NotFound(f"there is no function `{name}`")
        given = {
            **dict(enumerate(map(self._handed, args))),
            **{key: self._handed(value) for key, value in kwargs.items()},
        }
        kept = {key: value.copy() for key, value in given.items() if claims and isinstance(value, np.ndarray)}
        before = random_state() if claims else None
        try:
            value = function(
                *(given[place] for place in range(len(args))), **{key: given[key] for key in kwargs}
            )
        except Exception as error:
            raise Raised(f"the code raised {type(error).__name__}: {error}") from error
        unchanged = all(np.array_equal(given[key], array, equal_nan=True) for key, array in kept.items())
        for lent in lent_among(args, kwargs):
            is_array = isinstance(lent.value, np.ndarray)
            lent.saw(self._lent[lent].tobytes() if is_array else b"", admitted=False)
        dtype = str(value.dtype) if isinstance(value, np.ndarray | np.generic) else None
        told = Claims(unchanged, before == random_state()) if claims else None
        return Call(_plain(value), dtype, claims=told)

    def _handed(self, value: Any) -> Any:
        if not isinstance(value, Lent):
            return _given(value)
        if value not in self._lent:
            value.begin()
            self._lent[value] = value.value.copy()
        return self._lent[value]


def _given(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Seed):
        return np.random.default_rng(value.value)
    if not callable(value) and not isinstance(value, Callback):
        return value
    if getattr(value, "__module__", "") == "problems":
        return value
    return _lent(value if isinstance(value, Callback) else Callback(value))


def _lent(callback: Callback) -> Callable[..., Any]:
    """The function of a callback: it sees copies, since checks keep what they see, and answers in the array that was asked for."""
    lent: list[Any] = []

    def function(*args: Any, **kwargs: Any) -> Any:
        seen = [_copied(arg) for arg in args]
        answer = callback.function(*seen, **{name: _copied(arg) for name, arg in kwargs.items()})
        if callback.returns == "fresh":
            return answer
        if callback.returns == "argument":
            first = next(iter((*args, *kwargs.values())))
            return first if np.array_equal(first, answer, equal_nan=True) else answer
        if not lent:
            lent.append(np.array(answer))
        lent[0][...] = answer
        return lent[0]

    return function


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, list | tuple):
        return type(value)(map(_plain, value))
    return plain(value)


def serve(descriptor: int, root: Path) -> None:
    """Answers jobs on the socket with the real checker's pytest, in which the code of submissions runs too."""
    import pytest

    from autograder import checker, frames
    from autograder.course import read_course

    np.seterr(all="ignore")
    hidden = root / "tests" / "hidden"
    sys.path.insert(0, str(hidden))
    with socket.socket(fileno=descriptor) as channel:
        plugin = checker._Checker(channel, read_course(root).briefing, Bare())  # type: ignore[arg-type]
        try:
            pytest.main(checker._pytest_arguments(root, hidden), plugins=[plugin])
        except frames.Closed:
            return


def run_here(
    plan: Sequence[tuple[str, str, Mapping[str, Any] | None]], hidden: Path, names: dict[str, Any]
) -> dict[str, bool]:
    """Which checks pass on the functions in *names*: for each of the *plan* its file, function and criterion."""
    for folder in (hidden, hidden.parents[1] / "course"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    child = BareChild(names=names)
    passed = {}
    for number, (file, function, criterion) in enumerate(plan):
        given = {"submission": Submission(child, SECONDS, Memory()), "criterion": criterion}
        check = getattr(_module(hidden / file), function)
        wanted = check.__code__.co_varnames[: check.__code__.co_argcount]
        if "problems" in wanted:
            given["problems"] = importlib.import_module("problems").PROBLEMS
        try:
            check(**{name: given[name] for name in wanted})
            passed[f"{number}:{function}"] = True
        except (AssertionError, Fault):
            passed[f"{number}:{function}"] = False
    return passed


def _module(path: Path) -> Any:
    name = "_".join(path.with_suffix("").parts[-2:])
    return sys.modules.get(name) or load(name, path)


if __name__ == "__main__":
    serve(int(sys.argv[1]), Path(sys.argv[2]))
