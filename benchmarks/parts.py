"""What the walls cost piece by piece, each beside the barest thing that does the same: a fork, a byte sent there and back."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.course import Course
from autograder.sandbox import Callback, Cell, Sandbox
from benchmarks.measuring import Spread

TIMES = 1000
_ASKS = (
    "def ask(function, point, times):\n    for _ in range(times):\n        function(point)\n    return 0\n"
)


@dataclass(frozen=True)
class Part:
    """Milliseconds (MiB for memory) of ours and of the bare thing beside it, measured in turns."""

    name: str
    ours: Spread
    beside: str = ""
    bare: Spread | None = None


def measure(course: Course, rounds: int) -> list[Part]:
    """A fresh child, its end, its memory, a call and a callback."""
    found: dict[str, list[float]] = {}

    def note(name: str, function: Callable[[], Any], times: int = 1) -> Any:
        started = time.perf_counter()
        value = function()
        found.setdefault(name, []).append(1000 * (time.perf_counter() - started) / times)
        return value

    cells, point = (Cell("asks.py", _ASKS),), np.array([1.0, 2.0])
    with Sandbox(course.limits, problems=course.problems_path) as sandbox, _echo() as echo:
        asked = sandbox.open(cells).__enter__()
        for _ in range(rounds):
            child = note("fresh", lambda: sandbox.open(cells).__enter__())
            found.setdefault("memory", []).append(_private(child))
            note("end", child.close)
            note("fork", _bare_fork)
            note("call", lambda: asked.call("ask", (abs, point, 0), {}, seconds=9))
            arguments = (Callback(lambda w: w), point, TIMES)
            note("callback", lambda: asked.call("ask", arguments, {}, seconds=9), TIMES)  # noqa: B023
            note("echo", lambda: [echo() for _ in range(TIMES)], TIMES)
        asked.close()
    spreads = {name: Spread.of(values) for name, values in found.items()}
    fork, there_and_back = "a bare fork of this process, and its end", "32 bytes to a bare process and back"
    return [
        Part("a fresh child with the module loaded", spreads["fresh"], fork, spreads["fork"]),
        Part("its end", spreads["end"]),
        Part("its private memory, MiB", spreads["memory"]),
        Part("a call of a function", spreads["call"], there_and_back, spreads["echo"]),
        Part("a callback", spreads["callback"], there_and_back, spreads["echo"]),
    ]


def _bare_fork() -> None:
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)


@contextmanager
def _echo() -> Iterator[Callable[[], Any]]:
    """A process that sends back what it gets, and the way to ask it once."""
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if not pid:
        ours.close()
        while data := theirs.recv(64):
            theirs.send(data)
        os._exit(0)
    theirs.close()

    def ask() -> None:
        ours.send(b"x" * 32)
        ours.recv(64)

    try:
        yield ask
    finally:
        ours.close()
        os.waitpid(pid, 0)


def _private(child: Any) -> float:
    """MiB that belong to the process of *child* alone; nan where the system does not say."""
    try:
        lines = (
            Path(f"/proc/{child._live.channel._pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        )
    except OSError:
        return float("nan")
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024
