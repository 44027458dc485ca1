"""Times as they come out: medians with their spread, and the computing time and memory of a command and all that it started."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spread:
    """Milliseconds: the median, and the values that a tenth lies below and above."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        ordered = sorted(values)
        tenth = len(ordered) // 10
        return cls(statistics.median(ordered), ordered[tenth], ordered[-1 - tenth])

    def __str__(self) -> str:
        return f"{self.median:.3g} ({self.low:.3g}–{self.high:.3g})"


@dataclass(frozen=True)
class Command:
    """What a command took: seconds on the clock, seconds of computing with all its children, MiB of the largest process."""

    wall: float
    cpu: float
    memory: float


def command(
    arguments: Sequence[str],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    statuses: Sequence[int] = (0, 1),
) -> Command:
    """Runs a command to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(
        arguments,
        cwd=folder,
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr
    with process.stderr:
        told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        raise RuntimeError(
            f"{' '.join(arguments)} exited with {process.returncode}:\n{told.decode()[-3000:]}"
        )
    return Command(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def computed(pid: int) -> float:
    """Seconds of computing of a process, of all that it started and that still lives, and of all that those have ended."""
    parents: dict[int, list[int]] = {}
    taken: dict[int, float] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.name))
        taken[int(entry.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    waiting, seconds = [pid], 0.0
    while waiting:
        one = waiting.pop()
        seconds += taken.get(one, 0.0)
        waiting += parents.get(one, [])
    return seconds
