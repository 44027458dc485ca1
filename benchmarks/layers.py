"""What one submission costs, layer by layer: the same jobs one after the other with more and more between them and us.

The ways take turns on every submission, so that whatever else the machine does hits all of them alike.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder import frames
from autograder.checking import Checker, CheckOutcome, Job, message_of
from autograder.course import Course
from benchmarks.measuring import Spread, computed

FLOOR = "floor: one warm pytest, code of students in the same process"
OURS = "ours: all walls"


@dataclass(frozen=True)
class Way:
    """A way to run a job, and the process that does it with all below it."""

    run: Callable[[Job], Sequence[CheckOutcome]]
    pid: Callable[[], int]


@dataclass(frozen=True)
class Cost:
    """Milliseconds a student: on the clock, and of computing, which other work on the machine does not lengthen as much."""

    clock: Spread
    computing: float


class _Floor:
    """`bare.serve` in a process of its own, so that its memory and its core are like a checker's."""

    def __init__(self, root: Path) -> None:
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.bare", str(theirs.fileno()), str(root)],
                pass_fds=[theirs.fileno()],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # pytest is loud about being left
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            )
        self.pid = self._process.pid
        frames.receive(self._channel)

    def run(self, job: Job) -> Sequence[CheckOutcome]:
        frames.send(self._channel, message_of(job))
        return [CheckOutcome(*outcome) for outcome in frames.receive(self._channel)["outcomes"]]

    def close(self) -> None:
        self._channel.close()
        self._process.wait()


@contextmanager
def ways(course: Course) -> Iterator[Mapping[str, Way]]:
    """The ways to run a job, from nothing in between to everything."""
    with ExitStack() as stack:
        floor = _Floor(course.root)
        stack.callback(floor.close)
        opened = {"a process of its own, no walls": Checker(course.briefing, unsafe=True)}
        before = os.environ.get("AUTOGRADE_BUBBLEWRAP")
        os.environ["AUTOGRADE_BUBBLEWRAP"] = "off"
        opened["walls without bubblewrap"] = stack.enter_context(Checker(course.briefing))
        if before is None:
            del os.environ["AUTOGRADE_BUBBLEWRAP"]
        else:
            os.environ["AUTOGRADE_BUBBLEWRAP"] = before
        opened[OURS] = Checker(course.briefing)
        for checker in opened.values():
            stack.callback(checker.close)
        yield {FLOOR: Way(floor.run, lambda: floor.pid)} | {
            name: Way(
                lambda job, checker=checker: checker.run(job).outcomes,
                lambda checker=checker: checker.pid or 0,
            )  # type: ignore[misc]
            for name, checker in opened.items()
        }


def compare(course: Course, students: Sequence[Sequence[Job]], rounds: int) -> dict[str, Cost]:
    """What a student (all jobs of one) costs on each way, in turns."""
    times: dict[str, list[float]] = {}
    with ways(course) as known:
        for way in known.values():
            for job in students[0]:
                way.run(job)  # the first job of an exercise makes what later ones share
        before = {name: computed(way.pid()) for name, way in known.items()}
        for _ in range(rounds):
            for jobs in students:
                for name, way in known.items():
                    started = time.perf_counter()
                    for job in jobs:
                        way.run(job)
                    times.setdefault(name, []).append(1000 * (time.perf_counter() - started))
        seconds = {name: computed(way.pid()) - before[name] for name, way in known.items()}
    return {
        name: Cost(Spread.of(values), 1000 * seconds[name] / len(values)) for name, values in times.items()
    }
