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
from autograder.sandbox import WALL_CLOCK


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


def run_alone(checker: Checker, task: Task) -> Done:
    """Runs *task* while nothing else of ours runs; once more if it was stopped for waiting, which may be the machine's doing."""
    done = run_task(checker, task)
    return run_task(checker, task) if waited(done) else done


def waited(done: Done) -> bool:
    """Whether something was stopped by the wall clock, which a busy machine can do, and not for its computing time."""
    return any(WALL_CLOCK in run.limits for run in done.runs)


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


@dataclass(frozen=True)
class OneChecker:
    """A checker that somebody else started, and will end."""

    checker: Checker

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Runs the tasks one after the other."""
        return (run_alone(self.checker, task) for task in tasks)


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
        """Yields each task's result as it is ready; raises what a worker raised. Leaving early ends the workers.

        What was stopped for waiting is run once more at the end, alone.
        """
        waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
        for task in tasks:
            waiting.put(task)
        finished: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        stop = threading.Event()
        threads = [
            threading.Thread(target=self._work, args=(waiting, finished, stop, core), daemon=True)
            for core in _places(min(self.workers, len(tasks)))
        ]
        again = []
        for thread in threads:
            thread.start()
        try:
            for _ in tasks:
                done = _raised(finished.get())
                if waited(done):
                    again.append(done.key)
                else:
                    yield done
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        if again:
            with Checker(self.course_root, unsafe=self.unsafe) as checker:
                yield from (run_task(checker, task) for task in tasks if task.key in again)

    def _work(
        self,
        waiting: queue.SimpleQueue[Task],
        finished: queue.SimpleQueue[Done | BaseException],
        stop: threading.Event,
        core: int | None,
    ) -> None:
        try:
            with Checker(self.course_root, unsafe=self.unsafe, core=core) as checker:
                while not stop.is_set():
                    finished.put(run_task(checker, waiting.get_nowait()))
        except queue.Empty:
            return
        except BaseException as error:  # noqa: BLE001  a worker's thread must hand its error over, whatever it is
            finished.put(error)


def _places(workers: int) -> list[int | None]:
    """A core for each worker, so that it and its children take turns without waking another; none where cores are few."""
    usable = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return list(usable[:workers]) if 1 < workers <= len(usable) else [None] * workers


def _raised(result: Done | BaseException) -> Done:
    if isinstance(result, BaseException):
        raise result
    return result
