"""Runs a submission's code where it can reach nothing, and talks to it in plain data.

    with Sandbox(limits) as sandbox, sandbox.open(cells) as child:
        child.call("adam", (...), {}, seconds=10)

`Sandbox` keeps the zygotes from which children are forked; a `Child` is one submission. docs/security.md has the
layers, what each of them stops, and how that was tested.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from autograder.briefing import Limits
from autograder.errors import SandboxError
from autograder.sandbox.children import Child
from autograder.sandbox.probing import bubblewrap, probe
from autograder.sandbox.values import (
    WALL_CLOCK,
    Call,
    Callback,
    Cell,
    Claims,
    Exited,
    Fault,
    Layers,
    Lent,
    NotFound,
    OutOfMemory,
    Raised,
    Seed,
    TimedOut,
    TooMuch,
    Unreadable,
    lent_among,
)
from autograder.sandbox.zygotes import Plan, Zygote

__all__ = [
    "WALL_CLOCK",
    "Call",
    "Callback",
    "Cell",
    "Child",
    "Claims",
    "Exited",
    "Fault",
    "Layers",
    "Lent",
    "NotFound",
    "OutOfMemory",
    "Raised",
    "Sandbox",
    "Seed",
    "TimedOut",
    "TooMuch",
    "Unreadable",
    "is_heavy",
    "lent_among",
    "probe",
]


class Sandbox:
    """Where submissions are run. *problems* is the course's file of practice problems, whose functions run beside the
    submission; *data* a folder whose files lie in its current folder, copied and read-only.

    Raises SandboxError if this machine has no layers that are enough, unless *unsafe*, for code that one trusts.
    """

    def __init__(
        self, limits: Limits, *, problems: Path | None = None, data: Path | None = None, unsafe: bool = False
    ) -> None:
        layers = probe()
        if not layers.enough and not unsafe:
            raise SandboxError(
                f"strangers' code cannot be run safely here: {layers.missing}",
                "`autograde doctor` says more; docs/security.md shows how to grade in a Linux container",
            )
        self.layers = Layers(("none: code runs unprotected",), missing=layers.missing) if unsafe else layers
        self._limits = limits
        self._problems = problems
        self._data = data
        self._off = unsafe
        self._room: Path | None = None
        self._zygotes: dict[bool, Zygote] = {}

    def __enter__(self) -> Sandbox:
        self._room = Path(tempfile.mkdtemp(prefix="autograde-"))
        try:
            if self._data is not None:
                _copy_files(self._data, self._room)
            self._start(heavy=False)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def open(self, cells: Sequence[Cell], *, limits: Limits | None = None) -> Child:
        """The submission that consists of *cells*."""
        file = str(self._problems) if self._problems else ""
        return Child(lambda: self._zygote(heavy=is_heavy(cells)), cells, limits or self._limits, file)

    def _zygote(self, *, heavy: bool) -> Zygote:
        zygote = self._zygotes.get(heavy)
        if zygote is not None and not zygote.alive:
            self._zygotes.pop(heavy).close()
            zygote = None
        return zygote or self._start(heavy=heavy)

    def _start(self, *, heavy: bool) -> Zygote:
        if self._room is None:
            raise SandboxError("the sandbox was not entered")
        source = self._problems.read_text(encoding="utf-8") if self._problems else None
        self._zygotes[heavy] = Zygote(Plan(self._room, source, heavy, self._off, self._wrap(self._room)))
        return self._zygotes[heavy]

    def _wrap(self, room: Path) -> tuple[str, ...]:
        wrap = () if self._off else bubblewrap()
        return (*wrap, "--ro-bind", str(room), str(room), "--chdir", str(room)) if wrap else ()

    def _close(self) -> None:
        for zygote in self._zygotes.values():
            zygote.close()
        self._zygotes.clear()
        if self._room is not None:
            shutil.rmtree(self._room, ignore_errors=True)
            self._room = None


def is_heavy(cells: Sequence[Cell]) -> bool:
    """Whether the code is forked from a zygote that has scikit-learn: importing it anew in each child would take a second
    out of the time of every exercise, and starting that zygote takes as long where nothing asks for it."""
    return any("sklearn" in cell.source for cell in cells)


def _copy_files(source: Path, target: Path) -> None:
    for path in sorted(source.iterdir()):
        if path.is_file() and path.suffix != ".py" and not path.name.startswith("."):
            shutil.copyfile(path, target / path.name)
