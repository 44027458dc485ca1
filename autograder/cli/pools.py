"""Where `autograde grade` runs submissions: on this machine, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.context import Context
from autograder.errors import AutogradeError

if TYPE_CHECKING:
    from autograder.executors import Executor


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --jobs, --scheduler and --cluster, for `chosen`."""
    for option in (
        click.option(
            "--cluster",
            metavar="local[:N]",
            help="Start a Dask cluster of N workers on this machine (default: all cores).",
        ),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="Send the work to a running Dask scheduler: tcp://host:8786.",
        ),
        click.option(
            "--jobs", type=click.IntRange(1, 256), help="How many to grade at once (default: all cores)."
        ),
    ):
        command = option(command)
    return command


@contextmanager
def chosen(
    context: Context, *, jobs: int | None, scheduler: str | None, cluster: str | None, unsafe: bool
) -> Iterator[Executor]:
    """The executor that the options ask for; raises AutogradeError if they contradict each other.

    On this machine a checker is begun at once, while the course is still being read, and its sandbox while the hand-ins are.
    """
    given = [
        name
        for name, value in (("--jobs", jobs), ("--scheduler", scheduler), ("--cluster", cluster))
        if value
    ]
    if len(given) > 1:
        raise AutogradeError(
            f"{' and '.join(given)} cannot be used together", "name one place where to grade"
        )
    if scheduler or cluster:
        from autograder.cluster import DaskCluster

        local = _workers(cluster) if cluster else 0
        yield DaskCluster(context.course, scheduler or "", local=local, unsafe=unsafe)
        return
    from autograder import spawning

    workers = jobs or spawning.cores()
    with spawning.begun(workers, unsafe=unsafe) as first:
        from autograder import executors

        course = context.course.briefing
        with executors.LocalPool(course, workers, unsafe=unsafe, first=first) as pool:
            pool.warm()
            yield pool


def _workers(cluster: str) -> int:
    from autograder import spawning

    kind, _, number = cluster.partition(":")
    if kind != "local" or (
        number and not (number.isascii() and number.isdigit() and 1 <= int(number) <= 256)
    ):
        raise AutogradeError(
            f"`--cluster {cluster}` is not understood", "write `--cluster local` or `--cluster local:4`"
        )
    return int(number) if number else spawning.cores()
