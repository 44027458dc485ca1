"""Simulates a deadline night: hand-ins come in ever faster until the deadline, workers grade them one after the other.

    python -m benchmarks.capacity --hand-ins 100000 --milliseconds 150 --workers 4,8,16,32

What a hand-in costs is measured by `python -m benchmarks`. A few cost much more than the others, because a loop does
not end and is stopped at its limit.
"""

from __future__ import annotations

import argparse
import heapq
import random
from collections.abc import Sequence
from dataclasses import dataclass

HOURS = 24.0
SEED = 1


@dataclass(frozen=True)
class Night:
    """Seconds: the wait of half of all hand-ins and of 95 in 100, and from the deadline until the last one is graded."""

    half: float
    most: float
    after_deadline: float


def arrivals(number: int, last_hour: float, chance: random.Random) -> list[float]:
    """When each comes, in seconds before the deadline as negative numbers; a share of *last_hour* in the last hour."""
    early = [-3600 * (1 + (HOURS - 1) * chance.random() ** 2) for _ in range(round(number * (1 - last_hour)))]
    late = [-3600 * chance.random() ** 2 for _ in range(number - len(early))]
    return sorted(early + late)


def simulate(times: Sequence[float], costs: Sequence[float], workers: int) -> Night:
    """First come, first graded, by so many workers; *costs* in seconds."""
    free = [-3600 * HOURS] * workers
    heapq.heapify(free)
    waits, last = [], 0.0
    for time, cost in zip(times, costs, strict=True):
        done = max(time, heapq.heappop(free)) + cost
        heapq.heappush(free, done)
        waits.append(done - time)
        last = max(last, done)
    waits.sort()
    return Night(waits[len(waits) // 2], waits[len(waits) * 95 // 100], last)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.capacity", description="Simulates a deadline night."
    )
    parser.add_argument("--hand-ins", type=int, default=100_000)
    parser.add_argument(
        "--milliseconds", type=float, default=150, help="what a usual hand-in costs on one core"
    )
    parser.add_argument(
        "--loops", type=float, default=0.01, help="share of hand-ins that run into a limit of time"
    )
    parser.add_argument("--loop-seconds", type=float, default=20, help="what such a one costs")
    parser.add_argument("--last-hour", type=float, default=0.3, help="share that comes in the last hour")
    parser.add_argument(
        "--workers", type=lambda text: [int(one) for one in text.split(",")], default=[4, 8, 16, 32, 64]
    )
    options = parser.parse_args()
    chance = random.Random(SEED)  # noqa: S311  no secret
    times = arrivals(options.hand_ins, options.last_hour, chance)
    costs = [
        options.loop_seconds
        if chance.random() < options.loops
        else chance.expovariate(1000 / options.milliseconds)
        for _ in times
    ]
    print(f"{len(times):,} hand-ins, {sum(costs) / 3600:.1f} hours of one core")
    print(
        "| workers | half are graded within, s | 95 % within, s | last one after the deadline, min | all at once, min |"
    )
    print("|--:|--:|--:|--:|--:|")
    for workers in options.workers:
        night = simulate(times, costs, workers)
        at_once = simulate([0.0] * len(times), costs, workers).after_deadline
        print(
            f"| {workers} | {night.half:.1f} | {night.most:,.1f} | {night.after_deadline / 60:.1f} | {at_once / 60:.1f} |"
        )


if __name__ == "__main__":
    main()
