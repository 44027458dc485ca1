"""Runs submissions on a Dask cluster: the same tasks, the same results, on other machines.

Batches of tasks travel as JSON text, never as pickled objects of ours or of a student's. A worker gets the course once,
by the hash of its content, keeps one checker with its own sandbox, and is refused by name when its versions differ from
ours or its machine cannot shut strangers' code in. A worker that dies costs a retry; a submission on which workers die
again and again costs only itself.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import io
import json
import logging
import platform
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder import __version__, sandbox
from autograder.briefing import Briefing, briefing_of
from autograder.checking import Checker, CheckOutcome, Run
from autograder.course import Course
from autograder.errors import AutogradeError, ClusterError
from autograder.executors import Done, Task, run_alone
from autograder.parcels import done_of, plain_done, plain_tasks, task_of

BATCH = 8
"""Tasks sent together: large enough that the scheduler's 3 ms a task vanish, small enough that a dead worker costs little."""

AHEAD = 3
"""Batches under way for each of the workers' threads: none waits for work, and the scheduler never holds a whole class."""

SECONDS_TO_CONNECT = 10
SECONDS_WITHOUT_WORKERS = 60
_SECONDS_TO_LOOK = 5
_TIMES = (1980, 1, 1, 0, 0, 0)
_BRIEFING = "briefing.json"
_KEPT = "what was graded is kept; run the command again"
_SAME_VERSIONS = "install the same versions there, or end these workers"
_KILLED = "the machine that graded this ended several times; a person must look"


@contextmanager
def _reached() -> Iterator[None]:
    """Around what is said to the scheduler, and not around the making of tasks, whose errors are others."""
    try:
        yield
    except (OSError, CancelledError) as error:
        raise ClusterError(f"the cluster's scheduler is gone: {error}", _KEPT) from error


class DaskCluster:
    """A running scheduler at *address*, or with *local* a cluster of that many workers on this machine.

    The connection is made by the first `run` and kept for the next ones, until `close` or the end of this process.
    """

    def __init__(self, course: Course, address: str = "", *, local: int = 0, unsafe: bool = False) -> None:
        self.course = course
        self._address = address
        self._local = local
        self._unsafe = unsafe
        self._open = ExitStack()
        self._client: Any = None
        self._parcel: Any = None
        self._setting = ""
        atexit.register(self.close)

    def __enter__(self) -> DaskCluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leaves the cluster; ends it if it was started here."""
        self._client = self._parcel = None
        self._open.close()

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yields each task's result as it arrives, every task exactly once; raises ClusterError."""
        batches = _batches(tasks)
        for first in batches:  # without any, nobody is asked
            distributed = _distributed()
            if self._client is None:
                self._connect(distributed)
            yield from self._gather(distributed, chain([first], batches))

    @_reached()
    def _connect(self, distributed: Any) -> None:
        """Joins the cluster, looks at its workers, and gives them the course."""
        client = self._open.enter_context(self._new_client(distributed))
        _refuse_others(client.run(describe, on_error="return"), unsafe=self._unsafe)
        archive = pack_course(self.course.briefing)
        digest = hashlib.sha256(archive).hexdigest()
        self._setting = json.dumps({"digest": digest, "unsafe": self._unsafe, "versions": _versions()})
        # A result is made again when the last worker that held it dies; what was scattered would be lost.
        self._parcel = client.submit(bytes, archive, key=f"autograde-course-{digest}")
        self._client = client

    def _new_client(self, distributed: Any) -> Any:
        if self._local:
            cluster = self._open.enter_context(
                distributed.LocalCluster(
                    n_workers=self._local,
                    threads_per_worker=1,
                    dashboard_address=None,
                    worker_dashboard_address=None,
                    silence_logs=logging.ERROR,
                )
            )
            return distributed.Client(cluster)
        try:
            return distributed.Client(self._address, timeout=SECONDS_TO_CONNECT)
        except (OSError, ValueError) as error:
            reason = str(error)
        # The client that could not connect is cleared away now. Later that might be while another one starts, for which Dask
        # holds a lock that it then waits for itself.
        gc.collect()
        raise ClusterError(
            f"there is no Dask scheduler at `{self._address}`: {reason}",
            "an address looks like `tcp://host:8786`; `dask scheduler` prints its own when it starts",
        )

    def _gather(self, distributed: Any, batches: Iterator[Sequence[Task]]) -> Iterator[Done]:
        """Sends batches, a few ahead of what the workers can take, and yields what comes back.

        When workers died on a batch, its tasks are tried again at the end, one at a time and nothing beside it, so that
        only a task that ends its workers is blamed for it.
        """
        waiting: dict[Any, Sequence[Task]] = {}
        suspects: list[Task] = []
        while True:
            for batch in islice(batches, max(0, self._places() - len(waiting))):
                waiting[self._send(batch)] = batch
            if not waiting:
                break
            for future in self._finished(distributed, waiting):
                batch = waiting.pop(future)
                done = _received(distributed, future)
                if done is None:
                    suspects += batch
                else:
                    yield from done
        for task in suspects:
            future = self._send([task])
            self._finished(distributed, {future: [task]})
            yield from _received(distributed, future) or [self._given_up(task)]

    @_reached()
    def _places(self) -> int:
        """How many batches may be under way."""
        return AHEAD * max(1, sum(self._threads().values()))

    def _threads(self) -> Mapping[str, int]:
        """The threads of each worker that is there now."""
        if (
            self._client.status != "running"
        ):  # it would try for long to come back to a scheduler that knows us no more
            raise ConnectionError("the connection is lost")
        threads: Mapping[str, int] = self._client.ncores()
        return threads

    @_reached()
    def _send(self, batch: Sequence[Task]) -> Any:
        return self._client.submit(
            run_batch, self._parcel, self._setting, json.dumps(plain_tasks(batch)), pure=False
        )

    @_reached()
    def _finished(self, distributed: Any, waiting: Mapping[Any, Sequence[Task]]) -> list[Any]:
        """The futures that are done, at least one; raises ClusterError if the workers have gone and none comes back."""
        idle = 0
        while True:
            with suppress(TimeoutError):
                distributed.wait(list(waiting), timeout=_SECONDS_TO_LOOK, return_when="FIRST_COMPLETED")
            done = [future for future in waiting if future.done()]
            if done:
                return done
            idle = 0 if self._threads() else idle + _SECONDS_TO_LOOK
            if idle >= SECONDS_WITHOUT_WORKERS:
                raise ClusterError("the cluster has no workers any more", _KEPT)

    def _given_up(self, task: Task) -> Done:
        runs = tuple(
            Run(
                job.key,
                job.exercise,
                tuple(
                    CheckOutcome(check.id, "broken", _KILLED) for check in self.course.checks[job.exercise]
                ),
            )
            for job in task.jobs
        )
        return Done(task.key, runs, ())


def _batches(tasks: Iterable[Task]) -> Iterator[Sequence[Task]]:
    waiting = iter(tasks)
    return iter(lambda: list(islice(waiting, BATCH)), [])


@_reached()
def _received(distributed: Any, future: Any) -> list[Done] | None:
    """The results in *future*, None if workers died on it; raises ClusterError if it failed otherwise."""
    try:
        answer = json.loads(future.result())
    except distributed.KilledWorker:
        return None
    except (OSError, CancelledError):
        raise
    except Exception as error:
        raise ClusterError(f"a worker failed: {error}", "its own log says more") from error
    finally:
        future.release()
    if "error" in answer:
        raise ClusterError(f"a worker cannot grade: {answer['error']}", answer["hint"])
    return list(map(done_of, answer["done"]))


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(
            "Dask is not installed", "install the extra: `pip install 'autograder[cluster]'`"
        ) from error
    for name in ("distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it we say ourselves
    return distributed


def pack_course(course: Briefing) -> bytes:
    """What a checker needs of the course, as a zip of the same bytes for the same content; solutions stay at home."""
    course.refuse_edited()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in course.files:
            archive.writestr(zipfile.ZipInfo(name, _TIMES), (course.root / name).read_bytes())
        archive.writestr(zipfile.ZipInfo(_BRIEFING, _TIMES), json.dumps(course.at(Path()).plain()))
    return target.getvalue()


# What runs on a worker.


def describe() -> str:
    """The versions on a worker and what its machine has for a sandbox, as JSON."""
    layers = sandbox.probe()
    return json.dumps({"versions": _versions(), "enough": layers.enough, "missing": layers.missing})


def run_batch(archive: bytes, setting: str, tasks: str) -> str:
    """The results of a batch of tasks, both as JSON; the checker is kept for the next batch of the same course."""
    wanted = json.loads(setting)
    try:
        checker = _bench(archive, wanted).checker
        done = [plain_done(run_alone(checker, task_of(task))) for task in json.loads(tasks)]
    except AutogradeError as error:
        return json.dumps({"error": error.message, "hint": error.hint})
    return json.dumps({"done": done})


class _Bench:
    """A checker and the folder with the course that it was made for."""

    def __init__(self, archive: bytes, digest: str, *, unsafe: bool) -> None:
        if hashlib.sha256(archive).hexdigest() != digest:
            raise ClusterError("the course did not arrive whole", _KEPT)
        self.digest = digest
        # Dask clears the folder of a worker that was killed, and with it the hidden checks.
        place = _distributed().get_worker().local_directory
        self._folder = tempfile.TemporaryDirectory(prefix="autograde-course-", dir=place)
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            packed.extractall(self._folder.name)
            course = briefing_of(json.loads(packed.read(_BRIEFING)))
        self.checker = Checker(course.at(Path(self._folder.name)), unsafe=unsafe)

    def end(self) -> None:
        self.checker.close()
        self._folder.cleanup()


_own = threading.local()
"""A worker may have several threads, and a checker serves one: each thread has its bench."""


def _bench(archive: bytes, wanted: Mapping[str, Any]) -> _Bench:
    """The bench of this thread, made anew when the course is another one; refuses to grade with other versions."""
    other = _differences(_versions(), wanted["versions"])
    if other:  # a worker that came after the others were looked at
        raise ClusterError(f"{platform.node()} has {other}", _SAME_VERSIONS)
    bench: _Bench | None = getattr(_own, "bench", None)
    if bench is None or bench.digest != wanted["digest"]:
        if bench is not None:
            bench.end()
            atexit.unregister(bench.end)
        bench = _own.bench = _Bench(archive, wanted["digest"], unsafe=wanted["unsafe"])
        atexit.register(bench.end)
    return bench


def _versions() -> Mapping[str, str]:
    python = ".".join(platform.python_version_tuple()[:2])
    return {
        "autograder": __version__,
        "numpy": version("numpy"),
        "scikit-learn": version("scikit-learn"),
        "Python": python,
    }


def _differences(found: Mapping[str, str], wanted: Mapping[str, str]) -> str:
    """What is of another version than *wanted*, in words; empty if nothing is."""
    return ", ".join(
        f"{name} {found.get(name)} instead of {wanted[name]}"
        for name in wanted
        if found.get(name) != wanted[name]
    )


def _refuse_others(described: Mapping[str, str | BaseException], *, unsafe: bool) -> None:
    """Raises ClusterError that names each worker on which results could differ, or code could not be contained."""
    if not described:
        raise ClusterError("the cluster has no workers", "start some: `dask worker tcp://host:8786`")
    reasons = []
    for worker, told in sorted(described.items()):
        if isinstance(told, BaseException):
            reasons.append(f"{worker} cannot run autograde: {told}")
            continue
        found = json.loads(told)
        other = _differences(found["versions"], _versions())
        if other:
            reasons.append(f"{worker} has {other}")
        elif not (found["enough"] or unsafe):
            reasons.append(f"{worker} cannot shut strangers' code in: {found['missing']}")
    if reasons:
        raise ClusterError(f"workers cannot be used: {'; '.join(reasons)}", _SAME_VERSIONS)
