"""Where submissions are run: a pool of checkers on this machine, each with a sandbox of its own.

An executor takes tasks and gives back what became of each, in the order in which they finish. It knows nothing of
points. Another way to run tasks (a cluster) is one more module with the same `run` and one more line where it is
chosen.
"""

from __future__ import annotations

import heapq
import queue
import threading
from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count, islice, repeat
from types import TracebackType
from typing import Protocol

from autograder.briefing import Briefing
from autograder.checking import Checker, Job, Run
from autograder.sandbox import WALL_CLOCK, is_heavy
from autograder.spawning import CheckerProcess, places

AHEAD = 4
"""Tasks under way for each worker: none waits for work, and a class is never in memory as a whole."""

_SECONDS_TO_LEAVE = 5.0


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
    """Runs tasks; results come in any order, every task exactly once.

    Tasks may be made while others run: they are taken a few ahead, by whoever takes the results. A run may be started while
    the results of another are still being taken; both are served by the same workers.
    """

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]: ...


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

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Runs the tasks one after the other."""
        return (run_alone(self.checker, task) for task in tasks)


class LocalPool:
    """One checker process per worker on this machine.

    The checkers live while something runs; within `with pool:` they are kept warm from one run to the next. *first* is the process
    of one that was `spawning.begun` before the course was read.
    """

    def __init__(
        self, course: Briefing, workers: int, *, unsafe: bool = False, first: CheckerProcess | None = None
    ) -> None:
        self._course = course
        self._most = workers
        self._unsafe = unsafe
        self._first = first
        self._users = 0
        self._crew: _Crew | None = None

    def __enter__(self) -> LocalPool:
        self._users += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._users -= 1
        if self._crew and not self._users:
            self._crew.end()
            self._crew = None

    def warm(self, workers: int = 1) -> None:
        """Starts so many checkers within a `with` block, so that they are ready when the first tasks come."""
        if self._crew is None and self._users:
            self._together().grow(workers, pinned=self._most > 1)

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yields each task's result as it is ready; raises what a worker raised. Leaving early ends the workers.

        What was stopped for waiting is run once more at the end, alone.
        """
        made = len(tasks) if isinstance(tasks, Sized) else 0
        waiting = iter(tasks)
        for first in waiting:  # without any, nobody is called
            with self:
                yield from self._together().run(chain([first], waiting), made)

    def _together(self) -> _Crew:
        """The crew, called together if there is none."""
        if self._crew is None:
            self._crew = _Crew(self._course, self._most, unsafe=self._unsafe, first=self._first)
            self._first = None
        return self._crew


@dataclass(order=True, frozen=True)
class _Order:
    """A task that waits for a worker; the smallest `place` is next. Without a task it sends a worker home."""

    place: tuple[int, int]
    task: Task | None = field(default=None, compare=False)
    finished: queue.SimpleQueue[Done | BaseException] = field(
        default_factory=queue.SimpleQueue, compare=False
    )

    @cached_property
    def heavy(self) -> bool:
        """Whether the checker needs to be prepared for scikit-learn."""
        return self.task is not None and any(is_heavy(job.cells) for job in self.task.jobs)


_HOME = _Order((-(1 << 62), 0))


class _Waiting:
    """The orders that wait for a worker; those of runs that began last go first.

    A checker prepares for scikit-learn in a second or two, when it first needs it. So a worker whose checker has done
    so takes what needs that, and the others leave it to the first who did as long as there is something else.
    """

    def __init__(self) -> None:
        self._heaps: dict[bool, list[_Order]] = {False: [], True: []}
        self._changed = threading.Condition()
        self._prepared: set[int] = set()

    def put(self, order: _Order) -> None:
        with self._changed:
            heapq.heappush(self._heaps[order.heavy], order)
            self._changed.notify()

    def take(self) -> _Order:
        """What the thread that asks does next; waits until there is something."""
        worker = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: any(self._heaps.values()))
            heads = [heap[0] for heap in self._heaps.values() if heap]
            prepared = not self._prepared or worker in self._prepared
            order = min(heads, key=lambda head: (head.place[0], head.heavy != prepared))
            heapq.heappop(self._heaps[order.heavy])
            if order.heavy:
                self._prepared.add(worker)
            return order

    def drop(self, finished: queue.SimpleQueue[Done | BaseException]) -> None:
        """Forgets the orders whose results nobody takes any more."""
        with self._changed:
            for heap in self._heaps.values():
                heap[:] = [order for order in heap if order.finished is not finished]
                heapq.heapify(heap)


class _Crew:
    """Worker threads, each with a checker, and what waits for all of them."""

    def __init__(self, course: Briefing, most: int, *, unsafe: bool, first: CheckerProcess | None) -> None:
        self._course = course
        self._unsafe = unsafe
        self._first = first
        self._cores = places(most)
        self._threads: list[threading.Thread] = []
        self._checkers: list[Checker] = []
        self._waiting = _Waiting()
        self._runs: list[queue.SimpleQueue[Done | BaseException]] = []
        self._begun = 0
        self._error: BaseException | None = None

    def run(self, tasks: Iterator[Task], made: int) -> Iterator[Done]:
        """Yields each task's result as it is ready. So many are *made* already; others are made when some are done."""
        finished: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
        self._begun += 1
        self._runs.append(finished)
        places = zip(repeat(-self._begun), count())
        under_way: dict[str, Task] = {}
        again: list[Task] = []

        def put(some: Iterable[Task]) -> None:
            for task in some:
                under_way[task.key] = task
                self._waiting.put(_Order(next(places), task, finished))

        try:
            if self._error is not None:  # of a worker that was warmed, when there was nobody to tell
                raise self._error
            put(islice(tasks, max(made, AHEAD * len(self._cores))))
            if len(self._runs) == 1:
                self.grow(len(under_way), pinned=len(under_way) > 1)
            while under_way:
                done = _raised(finished.get())
                task = under_way.pop(done.key)
                if waited(done):
                    again.append(task)
                else:
                    yield done  # before the next task is made, which may take a while: what is there can be kept
                put(islice(tasks, 1))
            for task in again:
                put([task])
                yield _raised(finished.get())
        finally:
            self._runs.remove(finished)
            self._waiting.drop(finished)

    def end(self) -> None:
        """Sends every worker home; one that is in the middle of a task is waited for, but not for long, one that was warmed for
        nothing and is still starting not at all."""
        for _ in self._threads:
            self._waiting.put(_HOME)
        for checker in self._checkers:
            checker.give_up()
        for thread in self._threads:
            thread.join(_SECONDS_TO_LEAVE)

    def grow(self, wanted: int, *, pinned: bool) -> None:
        """Starts workers until there are as many as *wanted*, or as may be."""
        while len(self._threads) < min(wanted, len(self._cores)):
            core = self._cores[len(self._threads)] if pinned else None
            first, self._first = self._first, None
            self._threads.append(threading.Thread(target=self._work, args=(core, first), daemon=True))
            self._threads[-1].start()

    def _work(self, core: int | None, first: CheckerProcess | None) -> None:
        try:
            checker = Checker(self._course, unsafe=self._unsafe, core=core, first=first)
            self._checkers.append(checker)
            with checker:
                while (order := self._waiting.take()).task is not None:
                    order.finished.put(run_task(checker, order.task))
        except BaseException as error:  # noqa: BLE001  a worker's thread must hand its error over, whatever it is
            self._error = error
            for finished in [*self._runs]:  # the other thread may end a run meanwhile
                finished.put(error)


def _raised(result: Done | BaseException) -> Done:
    if isinstance(result, BaseException):
        raise result
    return result
