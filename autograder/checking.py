"""The handle to a checker: jobs in, runs out. The checker itself (`checker`) is a process of its own.

The checker holds the hidden checks and a warm pytest; it is started once, serves many jobs, and is replaced when it
dies. A job on which it dies is tried once more; then all checks of that job are `broken`, which costs the student
nothing. Nothing of a submission is executed on this side.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from autograder import frames
from autograder.briefing import Briefing
from autograder.errors import SandboxError
from autograder.sandbox import Cell, Layers

_PACKAGE_PARENT = Path(__file__).resolve().parents[1]
_SECONDS_TO_START = 120
_SECONDS_TO_END = 5
_LOG_TAIL = 4000
_KEPT_VARIABLES = (
    *("PATH", "HOME", "LANG", "LC_ALL", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV"),
    "AUTOGRADE_BUBBLEWRAP",
)


@dataclass(frozen=True)
class Job:
    """The code of one submission, to be run against the checks of one exercise.

    `probe` says when the exercise's probe looks at it: "failed" if a check did not pass, "always", "never", or "alone"
    without running the checks (which are run all the same where the exercise has no probe). `checks` are the only ones to
    be run, with those that they need; without any it is all.
    """

    key: str
    exercise: str
    cells: tuple[Cell, ...]
    probe: str = "failed"
    checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckOutcome:
    """What became of one check; `outcome` is one of `report.OUTCOMES`, `message` is for the student."""

    id: str
    outcome: str
    message: str = ""

    @property
    def caught(self) -> bool:
        """Whether the check found something wrong; one that was skipped, or is broken itself, says nothing."""
        return self.outcome in ("fail", "error", "timeout")


@dataclass(frozen=True)
class Run:
    """What became of a job. `limits` names limits that were hit; `trace` is the behaviour that `diagnosis` compares;
    `log` is for the instructor alone and may hold tracebacks of checks. `seconds` is how long it took on the clock;
    `needed` the largest share of a limit of computing time that was needed, and the check which it limits, "" for all."""

    key: str
    exercise: str
    outcomes: tuple[CheckOutcome, ...]
    limits: tuple[str, ...] = ()
    trace: Mapping[str, Any] = field(default_factory=dict)
    log: str = ""
    seconds: float = field(default=0.0, compare=False)
    needed: tuple[float, str] = field(default=(0.0, ""), compare=False)

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(outcome.outcome == "pass" for outcome in self.outcomes)

    @property
    def broken(self) -> bool:
        """Whether something of ours failed."""
        return any(outcome.outcome == "broken" for outcome in self.outcomes)


class Checker:
    """One checker process: `with Checker(course.briefing) as checker: run = checker.run(job)`. Not to be shared between threads.

    With *core* it and its children stay on that core of the machine.
    """

    def __init__(self, course: Briefing, *, unsafe: bool = False, core: int | None = None) -> None:
        self._course = course.at(course.root.resolve())
        self._flags = [*["unsafe"] * unsafe, *([] if core is None else [f"core={core}"])]
        self._process: _Process | None = None
        self._starting: _Process | None = None
        self._given_up = False
        self._layers: Layers | None = None

    def __enter__(self) -> Checker:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def layers(self) -> Layers:
        """The layers of the sandbox in which the checker runs submissions."""
        if self._layers is None:
            raise SandboxError("the checker was not started")
        return self._layers

    @property
    def pid(self) -> int | None:
        """The process id of the checker, None while there is none."""
        return self._process.pid if self._process else None

    def give_up(self) -> None:
        """Ends a start for which nobody waits any more, whose thread then gets a SandboxError; for other threads."""
        self._given_up = True
        starting = self._starting  # the other thread may come to the end of it at any moment
        if starting:
            starting.give_up()

    def close(self) -> None:
        """Ends the checker and everything that it started."""
        if self._process:
            self._process.end()
            self._process = None

    def run(self, job: Job) -> Run:
        """What became of *job*; a job on which the checker dies twice is `broken`."""
        logs = []
        for _ in range(2):
            if self._process is None:
                self._start()
            started = time.monotonic()
            answer = self._ask(job)
            if isinstance(answer, Run):
                return replace(answer, seconds=time.monotonic() - started)
            logs.append(answer)
        return self._broken(job, "\n".join(logs))

    def _start(self) -> None:
        """Starts the checker, once more if something ends it before it is ready; raises SandboxError."""
        self.close()
        process, hello = self._begun(again=True)
        if "error" in hello:
            process.end()
            raise SandboxError(hello["error"], hello.get("hint", ""))
        self._process = process
        self._layers = Layers(**{**hello["layers"], "names": tuple(hello["layers"]["names"])})

    def _begun(self, *, again: bool) -> tuple[_Process, dict[str, Any]]:
        """A new process and its first word."""
        process = self._starting = _Process(self._flags)
        try:
            process.send(self._course.plain(), _SECONDS_TO_START)
            return process, process.receive(_SECONDS_TO_START)
        except (frames.Closed, TimeoutError) as error:
            log = process.end()
            if not again or self._given_up or isinstance(error, TimeoutError):
                message = f"the checker could not be started: {_last_line(log) or error}"
                raise SandboxError(message, log) from error
        finally:
            self._starting = None
        return self._begun(again=False)

    def _ask(self, job: Job) -> Run | str:
        """The answer to *job*, or what is known about the death of the checker on it."""
        process = self._process
        if process is None:
            raise SandboxError("the checker was not started")
        try:
            process.send(message_of(job))
            # The sandbox keeps the time of the student's code; this only ends a checker that hangs for another reason.
            return _run(process.receive(60 + 10 * self._course.exercises[job.exercise].limits.seconds))
        except (frames.Closed, TimeoutError) as error:
            log = process.end()
            self._process = None
            return f"the checker ended on `{job.exercise}` of `{job.key}`: {error}\n{log}"

    def _broken(self, job: Job, log: str) -> Run:
        message = "the grader failed on this exercise twice; a person must look"
        outcomes = tuple(
            CheckOutcome(check.id, "broken", message) for check in self._course.exercises[job.exercise].checks
        )
        return Run(job.key, job.exercise, outcomes, log=log)


def message_of(job: Job) -> dict[str, Any]:
    """What is sent to a checker to have *job* run."""
    return {
        "key": job.key,
        "exercise": job.exercise,
        "cells": [[cell.label, cell.source] for cell in job.cells],
        "probe": job.probe,
        "checks": job.checks,
    }


def _run(answer: Mapping[str, Any]) -> Run:
    outcomes = tuple(CheckOutcome(*outcome) for outcome in answer["outcomes"])
    share, check = answer["needed"]
    return Run(
        answer["key"],
        answer["exercise"],
        outcomes,
        tuple(answer["limits"]),
        answer["trace"],
        answer["log"],
        needed=(share, check),
    )


def _last_line(log: str) -> str:
    lines = [line for line in log.splitlines() if line.strip()]
    return lines[-1] if lines else ""


class _Process:
    """The checker's process, the socket to it, and the file that takes its stderr."""

    def __init__(self, flags: Iterable[str]) -> None:
        ours, theirs = socket.socketpair()
        self._channel = ours
        self._log: IO[bytes] = tempfile.TemporaryFile()
        # For the checker to make and to remove: a command that is killed before there is one leaves nothing behind.
        self._folder = Path(tempfile.gettempdir(), f"autograde-{secrets.token_hex(8)}")
        with theirs:
            self._popen = subprocess.Popen(
                [
                    *_python(),
                    "-m",
                    "autograder.checker",
                    str(theirs.fileno()),
                    *flags,
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                env=_environment(self._folder),
                start_new_session=True,  # Ctrl-C is for the command, which then ends its checkers
            )
        self.pid = self._popen.pid

    def send(self, message: Mapping[str, Any], seconds: float = _SECONDS_TO_END) -> None:
        self._channel.settimeout(seconds)
        try:
            frames.send(self._channel, message)
        except TimeoutError as error:
            raise frames.Closed("the checker does not read") from error

    def receive(self, seconds: float) -> dict[str, Any]:
        # The limit is for the whole wait: the checker sends a frame at once when it has one.
        self._channel.settimeout(seconds)
        return frames.receive(self._channel)

    def give_up(self) -> None:
        """Asks the process to end, wherever it is, and to remove its folder; whoever waits for its word learns that it is gone."""
        self._popen.terminate()

    def end(self) -> str:
        """Closes the channel, on which the checker ends by itself; kills it if it does not. The end of its stderr."""
        self._channel.close()
        try:
            self._popen.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        shutil.rmtree(self._folder, ignore_errors=True)  # a checker that was killed cannot
        with self._log:
            self._log.seek(max(0, self._log.seek(0, os.SEEK_END) - _LOG_TAIL))
            return self._log.read().decode("utf-8", "replace")


def _python() -> Iterable[str]:
    # -P and -s: neither the current folder nor the user's own packages can put a module of theirs in the place of ours.
    return (sys.executable, "-P", "-s", "-B")


def _environment(folder: Path) -> dict[str, str]:
    """The variables a checker needs, with *folder* for its temporary files; none of pytest's or Python's settings of the
    person at the terminal."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    kept["TMPDIR"] = str(folder)
    return {**kept, **threads, "PYTHONPATH": str(_PACKAGE_PARENT), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
