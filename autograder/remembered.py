"""An executor for the author's own files that runs only those whose result may have changed since the last time.

What decides a run is hashed: the file, the checks of its exercise and what they share, problems and data, limits and criteria, this
package to its last line, and the versions of what computes. Results are kept in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.deciding import asked_for, read_by_checks
from autograder.errors import AutogradeError
from autograder.executors import Done, Executor, Task
from autograder.files import read_sealed, write_sealed
from autograder.hashes import READ_BY_CHECKS, hashes_below
from autograder.parcels import done_of, plain_done, plain_tasks
from autograder.surroundings import cache_folder, surroundings


def knows_any_of(course_root: Path) -> bool:
    """Whether anything is kept of the course there, true or not by now; found out without reading any of it."""
    return any(_folder().glob(f"{_place(course_root)}-*"))


class Remembered:
    """Runs tasks of one job each, and counts in `reused` how many it need not run. With *fresh* it runs all of them."""

    def __init__(self, course: Course, executor: Executor, *, fresh: bool = False) -> None:
        self._course = course
        self._executor = executor
        self._fresh = fresh
        self._used: dict[str, dict[str, Any]] = {}
        self._reused: set[str] = set()
        # Of the files as the course was read: a checker that holds others refuses to run.
        self._decides = {one.id: self._about(one.id, course.briefing.files) for one in course.code_exercises}

    @property
    def reused(self) -> int:
        """How many files need not be run."""
        return len(self._reused)

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yields what is known first. What was found out is kept when all of it is there, or when the caller has had enough."""
        tasks = list(tasks)
        exercises = {task.key: task.jobs[0].exercise for task in tasks}
        kept = {name: self._kept(name) for name in set(exercises.values())}
        keys = {}
        for task in tasks:
            own, whole = (_key(one, self._decides[exercises[task.key]]) for one in (task, _whole(task)))
            keys[task.key] = whole if whole in kept[exercises[task.key]] else own
        known = {task.key: kept[exercises[task.key]].get(keys[task.key]) for task in tasks}
        new = {name: self._used.setdefault(name, {}) for name in kept}
        found = {key: data for key, data in known.items() if data is not None}
        for key, data in found.items():  # all of it, however early the caller leaves
            new[exercises[key]][keys[key]] = data
        self._reused |= found.keys()
        left_early = True
        try:
            yield from map(done_of, found.values())
            for done in self._executor.run([task for task in tasks if known[task.key] is None]):
                self._reused.discard(done.key)
                if not _by_chance(done):
                    new[exercises[done.key]][keys[done.key]] = plain_done(done)
                yield done
            left_early = False
        finally:
            if left_early:  # what others found meanwhile, or this run did not come to, stays
                for name, runs in new.items():
                    runs.update({**self._on_disk(name), **runs})
            # Writing takes a second.
            changed = [name for name in new if self._fresh or new[name].keys() != kept[name].keys()]
            now = self._now() if changed else {}
            for name in changed:
                if self._decides[name] == self._about(name, now):  # else it was edited meanwhile
                    self._keep(name, new[name])

    def _now(self) -> dict[str, str]:
        try:
            return hashes_below(self._course.root, READ_BY_CHECKS)
        except OSError:  # a file that went away meanwhile
            return {}

    def _kept(self, exercise: str) -> dict[str, Any]:
        return {} if self._fresh else self._on_disk(exercise)

    def _on_disk(self, exercise: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(read_sealed(self._file(exercise)) or "{}")
        return found

    def _keep(self, exercise: str, runs: Mapping[str, Any]) -> None:
        with suppress(AutogradeError):  # a folder that cannot be written to costs time, and nothing else
            write_sealed(self._file(exercise), json.dumps(runs))

    def _file(self, exercise: str) -> Path:
        return _folder() / f"{_place(self._course.root)}-{exercise}.json"

    def _about(self, exercise: str, files: Mapping[str, str]) -> str:
        """A hash of what decides the runs of all files of *exercise* alike, where checks can read *files*."""
        course = self._course
        return _hash([asked_for(course, exercise), read_by_checks(course, exercise, files), *surroundings()])


def _folder() -> Path:
    return cache_folder("verify")


def _place(course_root: Path) -> str:
    return hashlib.sha256(str(course_root.resolve()).encode()).hexdigest()[:16]


def _key(task: Task, about: str) -> str:
    return _hash([plain_tasks([task]), about])


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _whole(task: Task) -> Task:
    """*task* with all checks and the probe: what is known of that is known of each part."""
    return replace(task, jobs=tuple(replace(job, checks=(), probe="always") for job in task.jobs))


def _by_chance(done: Done) -> bool:
    """Whether the machine may have had a part in the result: a limit was hit, or something of ours failed."""
    return any(run.limits or run.broken for run in done.runs)
