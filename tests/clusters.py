"""A real Dask cluster for tests: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import distributed

TIMES_A_TASK_MAY_KILL = 2
"""Dask's own setting is 3; each time costs a new worker, and the way that is tested is the same."""


@dataclass(frozen=True)
class Cluster:
    """A running scheduler with its address, and the processes that were started."""

    address: str
    scheduler: subprocess.Popen[bytes]
    folder: Path


@contextmanager
def running(folder: Path, workers: int, variables: Mapping[str, str] | None = None) -> Iterator[Cluster]:
    """A cluster with so many workers that are ready, each of them started again when it dies."""
    folder.mkdir()
    contact = folder / "scheduler.json"
    with (folder / "log").open("wb") as log:
        processes = [_started(log, folder, "scheduler", "--port", "0", "--scheduler-file", str(contact))]
        try:
            _wait_for(contact, processes[0])
            processes += [
                _started(
                    log,
                    folder,
                    "worker",
                    *("--scheduler-file", str(contact), "--local-directory", str(folder)),
                    *("--nworkers", str(workers), "--nthreads", "1", "--memory-limit", "0"),
                    variables=variables,
                )
            ] * bool(workers)
            address = json.loads(contact.read_text(encoding="utf-8"))["address"]
            _wait_for_workers(address, workers)
            yield Cluster(address, processes[0], folder)
        finally:
            for process in reversed(processes):
                process.send_signal(signal.SIGTERM)
                _ended(process)


def _started(
    log: object, folder: Path, what: str, *arguments: str, variables: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(TIMES_A_TASK_MAY_KILL - 1)}
    return subprocess.Popen(
        [sys.executable, "-m", "dask", what, *arguments, "--host", "127.0.0.1", "--no-dashboard"],
        stdin=subprocess.DEVNULL,
        stdout=log,  # type: ignore[call-overload]
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, **settings, **(variables or {})},
    )


def _wait_for(contact: Path, scheduler: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        if contact.exists() and contact.read_text(encoding="utf-8").endswith("}"):
            return
        assert scheduler.poll() is None, "the scheduler ended"
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def _wait_for_workers(address: str, workers: int) -> None:
    with distributed.Client(address) as client:
        if workers:
            client.wait_for_workers(workers, timeout=120)


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
