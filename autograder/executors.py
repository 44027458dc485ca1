"""Where submissions are run: a pool of checkers on this machine, each with a sandbox of its own.

An executor takes tasks and gives back what became of each, in the order in which they finish. It knows nothing of
points. Another way to run tasks (a cluster) is one more module with the same `run` and one more line where it is
chosen.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from autograder.checking import Checker, Job, Run


@dataclass(frozen=True)
class Task:
    """The jobs of one submission; `retries` holds, by exercise, the job to run if a name turns out to be missing."""

    key: str
    jobs: tuple[Job, ...]
    retries: tuple[Job | None, ...]


@dataclass(frozen=True)
class Done:
    """What became of a task."""

    key: str
    runs: tuple[Run, ...]
    layers: tuple[str, ...]


class Executor(Protocol):
    """Runs tasks; results come in any order, every task exactly once."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]: ...


def run_task(checker: Checker, task: Task) -> Done:
    """Runs the jobs of *task* one after the other."""
    runs = tuple(_run_job(checker, job, retry) for job, retry in zip(task.jobs, task.retries, strict=True))
    return Done(task.key, runs, checker.layers.names)


def _run_job(checker: Checker, job: Job, retry: Job | None) -> Run:
    """A student's function may lean on a name that only the lesson's own cells define; then those are run as well."""
    run = checker.run(job)
    if retry and any("NameError" in outcome.message for outcome in run.outcomes):
        return checker.run(retry)
    return run


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class LocalPool:
    """One checker process per worker on this machine."""

    course_root: Path
    workers: int
    unsafe: bool = False

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yields each task's result as it is ready; raises what a worker raised. Leaving early ends the workers."""
        waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks:
            waiting.put(task)
        finished: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        stop = threading.Event()
        threads = [
            threading.Thread(target=self._work, args=(waiting, finished, stop), daemon=True)
            for _ in range(min(self.workers, len(tasks)))
        ]
        for thread in threads:
            thread.start()
        try:
            for _ in tasks:
                yield _raised(finished.get())
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _work(
        self,
        waiting: queue.SimpleQueue[Task],
        finished: queue.SimpleQueue[Done | BaseException],
        stop: threading.Event,
    ) -> None:
        try:
            with Checker(self.course_root, unsafe=self.unsafe) as checker:
                while not stop.is_set():
                    finished.put(run_task(checker, waiting.get_nowait()))
        except queue.Empty:
            return
        except BaseException as error:  # noqa: BLE001  a worker's thread must hand its error over, whatever it is
            finished.put(error)


def _raised(result: Done | BaseException) -> Done:
    if isinstance(result, BaseException):
        raise result
    return result
