"""Runs submissions on a Dask cluster: the same tasks, the same results, on other machines.

Batches of tasks travel as JSON text, never as pickled objects of ours or of a student's. A worker gets the course once,
by the hash of its content, keeps one checker with its own sandbox, and is refused by name when its versions differ from
ours or its machine cannot shut strangers' code in. A worker that dies costs a retry; a submission on which workers die
again and again costs only itself.
"""

from __future__ import annotations

import atexit
import hashlib
import io
import json
import logging
import platform
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder import __version__, sandbox
from autograder.checking import Checker, CheckOutcome, Job, Run
from autograder.course import Course
from autograder.errors import ClusterError
from autograder.executors import Done, Task, run_alone
from autograder.sandbox import Cell

BATCH = 8
"""Tasks sent together: large enough that the scheduler's 3 ms a task vanish, small enough that a dead worker costs little."""

SECONDS_TO_CONNECT = 30
_TIMES = (1980, 1, 1, 0, 0, 0)
_FOLDERS = ("course", "tests/hidden")
_KEPT = "what was graded is kept; run the command again"
_KILLED = "the machine that graded this ended several times; a person must look"


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

    def close(self) -> None:
        """Leaves the cluster; ends it if it was started here."""
        self._client = None
        self._open.close()

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yields each task's result as it arrives, every task exactly once; raises ClusterError."""
        if not tasks:
            return
        distributed = _distributed()
        try:
            if self._client is None:
                self._connect(distributed)
            yield from self._gather(distributed, tasks)
        except (OSError, TimeoutError, distributed.CommClosedError) as error:
            raise ClusterError(f"the cluster's scheduler is gone: {error}", _KEPT) from error

    def _connect(self, distributed: Any) -> None:
        """Joins the cluster, looks at its workers, and gives them the course."""
        client = self._open.enter_context(self._new_client(distributed))
        _refuse_others(client.run(describe), unsafe=self._unsafe)
        archive = pack_course(self.course.root)
        self._setting = json.dumps({"digest": hashlib.sha256(archive).hexdigest(), "unsafe": self._unsafe})
        self._parcel = client.scatter(archive, broadcast=True)
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
            raise ClusterError(
                f"there is no Dask scheduler at `{self._address}`: {error}",
                "an address looks like `tcp://host:8786`; `dask scheduler` prints its own when it starts",
            ) from error

    def _gather(self, distributed: Any, tasks: Sequence[Task]) -> Iterator[Done]:
        def submit(batch: Sequence[Task]) -> Any:
            future = self._client.submit(run_batch, self._parcel, self._setting, _to_json(batch), pure=False)
            waiting[future] = batch
            return future

        waiting: dict[Any, Sequence[Task]] = {}
        arriving = distributed.as_completed(
            [submit(tasks[at : at + BATCH]) for at in range(0, len(tasks), BATCH)]
        )
        for future in arriving:
            batch = waiting.pop(future)
            if future.status == "finished":
                yield from _from_json(future.result())
            elif future.status == "cancelled":
                raise ClusterError("the cluster's scheduler is gone", _KEPT)
            elif not isinstance(future.exception(), distributed.KilledWorker):
                raise ClusterError(f"a worker failed: {future.exception()}", "its own log says more")
            elif len(batch) > 1:
                # One of these ends its workers; alone, each shows whether it is the one.
                for task in batch:
                    arriving.add(submit([task]))
            else:
                yield self._given_up(batch[0])
            future.release()

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


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(
            "Dask is not installed", "install the extra: `pip install 'autograder[cluster]'`"
        ) from error
    return distributed


def pack_course(root: Path) -> bytes:
    """What a worker needs of the course, as a zip of the same bytes for the same content; solutions stay at home."""
    target = io.BytesIO()
    paths = [path for folder in _FOLDERS for path in (root / folder).rglob("*") if path.is_file()]
    paths += root.glob("*.yaml")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(paths):
            if "__pycache__" not in path.parts:
                archive.writestr(
                    zipfile.ZipInfo(path.relative_to(root).as_posix(), _TIMES), path.read_bytes()
                )
    return target.getvalue()


# What runs on a worker.


def describe() -> str:
    """The versions on a worker and what its machine has for a sandbox, as JSON."""
    layers = sandbox.probe()
    return json.dumps({"versions": _versions(), "enough": layers.enough, "missing": layers.missing})


def run_batch(archive: bytes, setting: str, tasks: str) -> str:
    """The results of a batch of tasks, both as JSON; the checker is kept for the next batch of the same course."""
    wanted = json.loads(setting)
    checker = _Worker.checker(archive, wanted["digest"], unsafe=wanted["unsafe"])
    return json.dumps([asdict(run_alone(checker, task)) for task in _tasks(tasks)])


class _Worker:
    """The one checker of this worker, and the folder with the course that it was made for."""

    digest = ""
    _checker: Checker | None = None
    _folder: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def checker(cls, archive: bytes, digest: str, *, unsafe: bool) -> Checker:
        if cls._checker is None or cls.digest != digest:
            cls.end()
            if hashlib.sha256(archive).hexdigest() != digest:
                raise ClusterError("the course did not arrive whole")
            cls._folder = tempfile.TemporaryDirectory(prefix="autograde-course-")
            with zipfile.ZipFile(io.BytesIO(archive)) as packed:
                packed.extractall(cls._folder.name)
            cls._checker = Checker(Path(cls._folder.name), unsafe=unsafe)
            cls.digest = digest
            atexit.register(cls.end)
        return cls._checker

    @classmethod
    def end(cls) -> None:
        if cls._checker is not None:
            cls._checker.close()
            cls._checker = None
        if cls._folder is not None:
            cls._folder.cleanup()
            cls._folder = None


def _versions() -> Mapping[str, str]:
    python = ".".join(platform.python_version_tuple()[:2])
    return {
        "autograder": __version__,
        "numpy": version("numpy"),
        "scikit-learn": version("scikit-learn"),
        "Python": python,
    }


def _refuse_others(described: Mapping[str, str], *, unsafe: bool) -> None:
    """Raises ClusterError that names each worker on which results could differ, or code could not be contained."""
    ours = _versions()
    reasons = []
    for worker, text in sorted(described.items()):
        found = json.loads(text)
        other = [
            f"{name} {found['versions'].get(name)} instead of {ours[name]}"
            for name in ours
            if found["versions"].get(name) != ours[name]
        ]
        if other:
            reasons.append(f"{worker} has {', '.join(other)}")
        elif not (found["enough"] or unsafe):
            reasons.append(f"{worker} cannot shut strangers' code in: {found['missing']}")
    if not described:
        raise ClusterError("the cluster has no workers", "start some: `dask worker tcp://host:8786`")
    if reasons:
        raise ClusterError(
            f"workers cannot be used: {'; '.join(reasons)}",
            "install the same versions there, or end these workers",
        )


# Tasks and results as text.


def _to_json(tasks: Sequence[Task]) -> str:
    return json.dumps([asdict(task) for task in tasks])


def _tasks(text: str) -> list[Task]:
    return [
        Task(
            data["key"],
            tuple(map(_job, data["jobs"])),
            tuple(_job(job) if job else None for job in data["retries"]),
        )
        for data in json.loads(text)
    ]


def _job(data: Mapping[str, Any]) -> Job:
    cells = tuple(Cell(**cell) for cell in data["cells"])
    return Job(**{**data, "cells": cells})


def _from_json(text: str) -> Iterator[Done]:
    for data in json.loads(text):
        runs = tuple(
            Run(
                **{
                    **run,
                    "outcomes": tuple(CheckOutcome(**outcome) for outcome in run["outcomes"]),
                    "limits": tuple(run["limits"]),
                }
            )
            for run in data["runs"]
        )
        yield Done(data["key"], runs, tuple(data["layers"]))
