"""Measures everything that docs/scaling.md speaks of, and writes it as a table and a plot.

    python -m benchmarks                    about five minutes on two quiet cores
    python -m benchmarks --sizes 100,1000,10000 --nbgrader 20

Nothing is asserted about times. What the machine did besides stands in the table, as its load.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from autograder import sandbox
from autograder.course import read_course
from autograder.spawning import cores
from benchmarks import layers, parts, roads, sample
from benchmarks.measuring import Command

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"


def main() -> None:
    options = _options()
    course = read_course(ROOT)
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="autograde-bench-") as folder:
        lines = [*_machine()]
        with _one_core():
            lines += _layers(layers.compare(course, sample.jobs(course, options.students), options.rounds))
            lines += _parts(parts.measure(course, 30 * options.rounds))
        same = sample.same_exercises(course, Path(folder) / "course")
        lines += _against(
            roads.against_nbgrader(same, Path(folder), options.sizes[0], options.nbgrader, options.rounds),
            options,
        )
        grown = roads.growth(same, Path(folder), options.sizes)
        lines += _growth(grown)
        lines += _start_up(roads.start_up(course, Path(folder), options.rounds))
        lines += [f"Load at the end: {os.getloadavg()[0]:.1f}"]
    text = "\n".join(lines) + "\n"
    (RESULTS / "table.md").write_text(text, encoding="utf-8")
    _plot(grown, RESULTS / "growth.svg")
    print(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])  # type: ignore[union-attr]
    parser.add_argument("--students", type=int, default=24, help="students for the cost per layer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nbgrader", type=int, default=8, help="students that nbgrader grades in each round")
    parser.add_argument(
        "--sizes", type=lambda text: [int(size) for size in text.split(",")], default=[100, 300, 1000]
    )
    return parser.parse_args()


@contextmanager
def _one_core() -> Iterator[None]:
    """Keeps this process and what it starts on one core, as the pool keeps a checker and its children."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _machine() -> Iterator[str]:
    yield f"# Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    yield ""
    yield (
        f"{cores()} cores, Linux {platform.release()}, Python {platform.python_version()}, numpy {version('numpy')}, "
        f"nbgrader {version('nbgrader')}; load at the start {os.getloadavg()[0]:.1f}"
    )
    yield f"Sandbox: {', '.join(sandbox.probe().names)}"
    yield ""


def _layers(found: dict[str, layers.Cost]) -> Iterator[str]:
    floor = found[layers.FLOOR]
    yield "## One student, all checks of the three optimizers, one core"
    yield ""
    yield "| way | ms on the clock: median (10 %–90 %) | times the floor | ms of computing: mean | times the floor |"
    yield "|---|--:|--:|--:|--:|"
    for name, cost in found.items():
        yield (
            f"| {name} | {cost.clock} | {cost.clock.median / floor.clock.median:.2f} "
            f"| {cost.computing:.0f} | {cost.computing / floor.computing:.2f} |"
        )
    yield ""


def _parts(found: Sequence[parts.Part]) -> Iterator[str]:
    yield "## Parts"
    yield ""
    yield "| part | ms: median (10 %–90 %) | beside it | ms | ratio |"
    yield "|---|--:|---|--:|--:|"
    for part in found:
        bare = part.bare
        beside = f"{part.beside} | {bare} | {part.ours.median / bare.median:.1f}" if bare else "| |"
        yield f"| {part.name} | {part.ours} | {beside} |"
    yield ""


def _against(found: roads.Against, options: argparse.Namespace) -> Iterator[str]:
    ours, theirs = statistics.median(found.ours), statistics.median(found.nbgrader)
    yield "## From `submitted/` to the gradebook"
    yield ""
    yield (
        f"`autograde grade --force` on {options.sizes[0]} students with three notebooks each; `nbgrader autograde` on the first "
        f"{options.nbgrader} of them, the same code and checks in one notebook. {len(found.ours)} rounds, in turns."
    )
    yield ""
    yield "| | s a student, each round | median | students an hour |"
    yield "|---|---|--:|--:|"
    for name, values, middle in (("nbgrader", found.nbgrader, theirs), ("autograde", found.ours, ours)):
        yield f"| {name} | {', '.join(f'{value:.3f}' for value in values)} | {middle:.3f} | {3600 / middle:,.0f} |"
    yield ""
    yield f"nbgrader's time is {theirs / ours:.1f} times ours."
    yield ""


def _growth(found: Sequence[roads.Growth]) -> Iterator[str]:
    yield "## Growth with the class"
    yield ""
    yield "| students | first run, s | computing, s | ms a student | nothing changed, s | ms a hand-in | largest process, MiB |"
    yield "|--:|--:|--:|--:|--:|--:|--:|"
    for one in found:
        hand_ins = one.students * len(sample.EXERCISES)
        yield (
            f"| {one.students:,} | {one.first.wall:.1f} | {one.first.cpu:.1f} | {1000 * one.first.wall / one.students:.0f} "
            f"| {one.again.wall:.1f} | {1000 * one.again.wall / hand_ins:.1f} | {one.first.memory:.0f} |"
        )
    yield ""


def _start_up(found: dict[str, list[Command]]) -> Iterator[str]:
    yield "## Start-up"
    yield ""
    yield "| command | s on the clock, median | s of computing, median |"
    yield "|---|--:|--:|"
    for name, runs in found.items():
        wall, cpu = (
            statistics.median(values) for values in zip(*((run.wall, run.cpu) for run in runs), strict=True)
        )
        yield f"| {name} | {wall:.2f} | {cpu:.2f} |"
    yield ""


def _plot(grown: Sequence[roads.Growth], path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.5), layout="constrained")
    sizes = [one.students for one in grown]
    axes.plot(sizes, [one.first.wall for one in grown], "o-", label="first run")
    axes.plot(sizes, [one.again.wall for one in grown], "s--", label="nothing changed")
    axes.set(xlabel="students, three notebooks each", ylabel="seconds", xscale="log", yscale="log")
    axes.legend()
    axes.grid(visible=True, alpha=0.3)
    figure.savefig(path)
    pyplot.close(figure)


if __name__ == "__main__":
    main()
