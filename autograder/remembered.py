"""An executor for the author's own files that runs only those whose result may have changed since the last time.

What decides a run is hashed: the file, the checks of its exercise and what they share, problems and data, limits and criteria, this
package to its last line, and the versions of what computes. Results are kept in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.course import Course, digest_of, read_by_checks, rules_for_checks
from autograder.errors import AutogradeError
from autograder.executors import Done, Executor, Task
from autograder.files import read_sealed, write_sealed
from autograder.parcels import done_of, plain_done, plain_tasks
from autograder.surroundings import cache_folder, surroundings


class Remembered:
    """Runs tasks of one job each, and counts in `reused` how many it need not run. With *fresh* it runs all of them."""

    def __init__(self, course: Course, executor: Executor, *, fresh: bool = False) -> None:
        self._course = course
        self._executor = executor
        self._fresh = fresh
        self._folder = cache_folder("verify")
        self._used: dict[str, dict[str, Any]] = {}
        self.reused = 0

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yields what is known first. What was found out is kept when all of it is there, or when the caller has had enough."""
        tasks = list(tasks)
        exercises = {task.key: task.jobs[0].exercise for task in tasks}
        about = {name: self._about(name) for name in set(exercises.values())}
        kept = {name: self._kept(name) for name in about}
        keys = {}
        for task in tasks:
            own, whole = (_key(one, about[exercises[task.key]]) for one in (task, _whole(task)))
            keys[task.key] = whole if whole in kept[exercises[task.key]] else own
        known = {task.key: kept[exercises[task.key]].get(keys[task.key]) for task in tasks}
        new = {name: self._used.setdefault(name, {}) for name in kept}
        try:
            for key, data in known.items():
                if data is not None:
                    self.reused += 1
                    new[exercises[key]][keys[key]] = data
                    yield done_of(data)
            for done in self._executor.run([task for task in tasks if known[task.key] is None]):
                if not _by_chance(done):
                    new[exercises[done.key]][keys[done.key]] = plain_done(done)
                yield done
        finally:
            for name, runs in new.items():
                changed = self._fresh or runs.keys() != kept[name].keys()  # writing takes a second
                if changed and about[name] == self._about(name):  # else something was edited meanwhile
                    self._keep(name, runs)

    def _kept(self, exercise: str) -> dict[str, Any]:
        return {} if self._fresh else json.loads(read_sealed(self._file(exercise)) or "{}")

    def _keep(self, exercise: str, runs: Mapping[str, Any]) -> None:
        with suppress(AutogradeError):  # a folder that cannot be written to costs time, and nothing else
            write_sealed(self._file(exercise), json.dumps(runs))

    def _file(self, exercise: str) -> Path:
        place = hashlib.sha256(str(self._course.root.resolve()).encode()).hexdigest()[:16]
        return self._folder / f"{place}-{exercise}.json"

    def _about(self, exercise: str) -> list[str]:
        """What decides the runs of all files of *exercise* alike: all that its checks could read but other exercises' checks."""
        course = self._course
        read = digest_of(course.root, read_by_checks(course, exercise))
        return [*rules_for_checks(course, exercise), read, *surroundings()]


def _key(task: Task, about: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps([plain_tasks([task]), about]).encode()).hexdigest()


def _whole(task: Task) -> Task:
    """*task* with all checks and the probe: what is known of that is known of each part."""
    return replace(task, jobs=tuple(replace(job, checks=(), probe="always") for job in task.jobs))


def _by_chance(done: Done) -> bool:
    """Whether the machine may have had a part in the result: a limit was hit, or something of ours failed."""
    return any(run.limits or run.broken for run in done.runs)
