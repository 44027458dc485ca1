"""An executor for the author's own files that confirms what the author ships, instead of finding all of it out anew.

What is right goes through all checks, a known mistake through the quickest that caught it and those which that one needs, and every
check is seen to catch a mistake. All other outcomes, and how the files behave, are taken from what is shipped (`shipped`). A file
of which anything comes out otherwise is run in full.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder import shipped
from autograder.checking import CheckOutcome, Run
from autograder.checks import Check
from autograder.course import Course
from autograder.executors import Done, Executor, Task
from autograder.shipped import CAUGHT, Record

_MISTAKES = "mistakes/"
_OUTCOMES = {"pass": "pass", CAUGHT: "fail", "skipped": "skipped"}


@dataclass(frozen=True)
class _Plan:
    """What is shipped of one exercise, and the checks that are enough to confirm it, by the names of the mistakes."""

    record: Record
    asked: Mapping[str, tuple[str, ...]]


class Confirmed:
    """Runs tasks of one job each, and counts in `confirmed` the mistakes of which only a part was run."""

    def __init__(self, course: Course, executor: Executor) -> None:
        self._course = course
        self._executor = executor
        self._plans: dict[str, _Plan] = {}
        self._in_part: dict[str, list[Task]] = {}
        self._wrong: set[str] = set()
        self.confirmed = 0

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yields what is confirmed, and what was run in full because something came out otherwise.

        Where a full run contradicts what is shipped, nothing that is shipped of its exercise counts: its other files are run in
        full as well, and given back a second time. What is doubted runs beside the last exercise, so that the others
        can be looked at while the workers go on.
        """
        asked = list(tasks)
        self._read(asked)
        last = asked[-1].jobs[0].exercise if asked else ""
        most = [task for task in asked if task.jobs[0].exercise != last]
        doubted = yield from self._confirmed(most, [])
        doubted = yield from self._confirmed(asked[len(most) :], doubted)
        yield from self._confirmed([], doubted)
        again = [task for exercise in sorted(self._wrong) for task in self._in_part.pop(exercise, ())]
        self.confirmed -= sum(_name(task).startswith(_MISTAKES) for task in again)
        yield from self._executor.run(again)

    def _confirmed(self, tasks: Sequence[Task], doubted: Sequence[Task]) -> Generator[Done, None, list[Task]]:
        """Yields what becomes of *doubted* and what is confirmed of *tasks*; gives back those of them that are not."""
        asked, in_full = {task.key: task for task in (*tasks, *doubted)}, {task.key for task in doubted}
        left = []
        for done in self._executor.run([*doubted, *map(self._short, tasks)]):
            run = self._whole(asked[done.key], done.runs[0], in_full=done.key in in_full)
            if run is None:
                left.append(asked[done.key])
            else:
                yield replace(done, runs=(run,))
        return left

    def _short(self, task: Task) -> Task:
        """The part of *task* that is enough, where anything is known of its file; else all of it."""
        plan, name = self._plan(task), _name(task)
        job = task.jobs[0]
        if plan is None or name not in plan.record.traces:
            return task
        return replace(task, jobs=(replace(job, probe="never", checks=plan.asked.get(name, ())),))

    def _whole(self, task: Task, run: Run, *, in_full: bool) -> Run | None:
        """*run* with what is shipped beside it; None if only a part was run, and that does not agree."""
        plan, name, exercise = self._plan(task), _name(task), task.jobs[0].exercise
        if plan is None or name not in plan.record.traces:
            return run
        signs = plan.record.outcomes[name]
        told = {outcome.id: outcome for outcome in run.outcomes}
        agrees = all(shipped.sign_of(outcome) == signs.get(check) for check, outcome in told.items())
        if in_full or any(run.trace.values()):  # what is known from before may be of a run in full as well
            self._wrong |= set() if agrees else {exercise}
            return run
        if not agrees or not {*plan.asked.get(name, signs)} <= told.keys():
            return None
        self._in_part.setdefault(exercise, []).append(task)
        self.confirmed += name.startswith(_MISTAKES)
        outcomes = (told.get(check) or CheckOutcome(check, _OUTCOMES[sign]) for check, sign in signs.items())
        return replace(run, outcomes=tuple(outcomes), trace=plan.record.traces[name])

    def _plan(self, task: Task) -> _Plan | None:
        return self._plans.get(task.jobs[0].exercise)

    def _read(self, tasks: Sequence[Task]) -> None:
        """Makes the plans, before anything is run; none of a record in which something is missing, or is of no file."""
        names: dict[str, set[str]] = {}
        for task in tasks:
            names.setdefault(task.jobs[0].exercise, set()).add(_name(task))
        for exercise, known in names.items():
            record = shipped.read(self._course, exercise)
            if record and record.outcomes.keys() == record.traces.keys() <= known:
                self._plans[exercise] = _Plan(record, _asked(record, self._course.checks[exercise]))


def _name(task: Task) -> str:
    return shipped.name_of(task.key.removeprefix(f"{task.jobs[0].exercise}/"))


def _asked(record: Record, checks: Sequence[Check]) -> dict[str, tuple[str, ...]]:
    """For each mistake the checks that confirm it: the quickest that caught it, and those of which it is to show that they catch
    something, if no other mistake does."""
    caught = {
        name: [check for check, sign in signs.items() if sign == CAUGHT]
        for name, signs in record.outcomes.items()
        if name.startswith(_MISTAKES)
    }
    asked = {name: {min(found, key=record.seconds.__getitem__)} for name, found in caught.items() if found}
    seen = {check for ids in asked.values() for check in ids}
    for check in checks:
        witness = next((name for name, found in caught.items() if check.id in found), None)
        if witness and check.id not in seen:
            asked[witness].add(check.id)
    return {name: tuple(sorted(ids)) for name, ids in asked.items()}
