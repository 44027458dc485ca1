"""Tasks and results as JSON, for what travels to other machines or is kept for later."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.checking import CheckOutcome, Job, Run
from autograder.executors import Done, Task
from autograder.sandbox import Cell


def plain_tasks(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """The tasks as JSON can hold them."""
    return [
        {
            "key": task.key,
            "jobs": [_plain_job(job) for job in task.jobs],
            "retries": [job and _plain_job(job) for job in task.retries],
        }
        for task in tasks
    ]


def task_of(data: Mapping[str, Any]) -> Task:
    """The task that `plain_tasks` took apart."""
    retries = tuple(_job(job) if job else None for job in data["retries"])
    return Task(data["key"], tuple(map(_job, data["jobs"])), retries)


def plain_done(done: Done) -> dict[str, Any]:
    """What became of a task, as JSON can hold it."""
    return {"key": done.key, "runs": [_plain_run(run) for run in done.runs], "layers": done.layers}


def done_of(data: Mapping[str, Any]) -> Done:
    """The result that `plain_done` took apart."""
    return Done(data["key"], tuple(map(_run, data["runs"])), tuple(map(sys.intern, data["layers"])))


# `dataclasses.asdict` would copy all that is in them, the traces to their last number.


def _plain_job(job: Job) -> dict[str, Any]:
    return {**vars(job), "cells": [vars(cell) for cell in job.cells]}


def _plain_run(run: Run) -> dict[str, Any]:
    return {**vars(run), "outcomes": [vars(outcome) for outcome in run.outcomes]}


def _job(data: Mapping[str, Any]) -> Job:
    return Job(**{**data, "cells": tuple(Cell(**cell) for cell in data["cells"])})


def _run(data: Mapping[str, Any]) -> Run:
    outcomes = tuple(CheckOutcome(**outcome) for outcome in data["outcomes"])
    share, check = data["needed"]
    return Run(**{**data, "outcomes": outcomes, "limits": tuple(data["limits"]), "needed": (share, check)})
