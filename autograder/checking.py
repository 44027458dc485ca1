"""The handle to a checker: jobs in, runs out. The checker itself (`checker`) is a process of its own.

The checker holds the hidden checks and a warm pytest; it is started once, serves many jobs, and is replaced when it
dies. A job on which it dies is tried once more; then all checks of that job are `broken`, which costs the student
nothing. Nothing of a submission is executed on this side.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

from autograder import frames
from autograder.briefing import Briefing
from autograder.errors import SandboxError
from autograder.sandbox import Cell, Layers
from autograder.spawning import CheckerProcess

_SECONDS_TO_START = 120


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

    With *core* it and its children stay on that core of the machine. *first* is a process that was begun before the course was
    read, with the same settings.
    """

    def __init__(
        self,
        course: Briefing,
        *,
        unsafe: bool = False,
        core: int | None = None,
        first: CheckerProcess | None = None,
    ) -> None:
        self._course = course.at(course.root.resolve())
        self._unsafe = unsafe
        self._core = core
        self._first = first
        self._process: CheckerProcess | None = None
        self._starting: CheckerProcess | None = None
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

    def _begun(self, *, again: bool) -> tuple[CheckerProcess, dict[str, Any]]:
        """A new process and its first word."""
        process, self._first = self._first or CheckerProcess(unsafe=self._unsafe, core=self._core), None
        process.taken = True
        self._starting = process
        if self._given_up:
            process.give_up()
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
            answer = process.receive(60 + 10 * self._course.exercises[job.exercise].limits.seconds)
            if "edited" not in answer:
                return _run(answer)
            raise frames.Closed(
                f"`{answer['edited']}` was changed meanwhile"
            )  # a new one says whether it really was
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
