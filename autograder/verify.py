"""Tests the tests: runs the hidden checks on what the author knows to be right and wrong.

Starters must earn nothing, the solution and its variants everything; every known mistake must lose points and be the
first one named for itself; no two may behave alike; every check must catch something. All of it goes through the same
checkers as a student's code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder import shipped
from autograder.behaviour import behave_alike, behaviour_of
from autograder.checking import CheckOutcome, Run
from autograder.checks import Check
from autograder.course import Course
from autograder.diagnosis import Library, library_of, task_of
from autograder.errors import Place, Problem
from autograder.executors import Executor, Task
from autograder.sandbox import is_heavy
from autograder.shipped import Record

NARROW = 0.25
"""The share of a limit of computing time from which on a right implementation might be stopped on a busy or an older machine."""

_KINDS = ("starter", "solution", "variants", "mistakes")


@dataclass(frozen=True)
class Entry:
    """One file that the author wrote, and what became of it; `kind` is one of `_KINDS`."""

    exercise: str
    kind: str
    name: str
    file: str
    source: str
    run: Run

    def outcome(self, check: str) -> CheckOutcome:
        """What became of *check*."""
        return next(outcome for outcome in self.run.outcomes if outcome.id == check)

    def caught_by(self) -> frozenset[str]:
        """The checks that it did not pass; one that was skipped says nothing."""
        return frozenset(outcome.id for outcome in self.run.outcomes if outcome.caught)


@dataclass(frozen=True)
class Verified:
    """What was found out about one exercise: `problems` must be mended, `remarks` are worth a thought."""

    exercise: str
    checks: tuple[Check, ...]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]

    def of_kind(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == kind]

    @property
    def right(self) -> list[Entry]:
        """The solution and its variants."""
        return [*self.of_kind("solution"), *self.of_kind("variants")]

    def points(self, entry: Entry) -> int:
        """What *entry* earns."""
        passed = {outcome.id for outcome in entry.run.outcomes if outcome.outcome == "pass"}
        return sum(check.points for check in self.checks if check.id in passed)

    @property
    def max_points(self) -> int:
        return sum(check.points for check in self.checks)

    def summary(self) -> str:
        """One line: what was tried, and how much the mistakes lose."""
        mistakes = self.of_kind("mistakes")
        lost = sorted(self.max_points - self.points(entry) for entry in mistakes)
        counts = f"{len(self.checks)} checks, {self.max_points} points, {len(self.right)} right, {len(mistakes)} mistakes"
        middle = (
            f", which lose {lost[0]} to {lost[-1]} points, half of them {lost[len(lost) // 2]} or less"
            if lost
            else ""
        )
        return f"{self.exercise}: {counts}{middle}"


def verify(
    course: Course,
    executor: Executor,
    exercises: Sequence[str] = (),
    on_done: Callable[[str], None] = lambda _: None,
    *,
    keep: Executor | None = None,
) -> list[Verified]:
    """What is found out about each of *exercises*, or of all that have a solution. With *keep* the behaviours of the mistakes
    are shipped where nothing is wrong with them; it runs what says how long each check takes."""
    wanted = _wanted(course, exercises)
    files = {f"{name}/{file}": (name, file) for name in wanted for file in files_of(course, name)}
    stamps = {name: shipped.stamp(course, name) for name in wanted} if keep else {}  # before anything is read
    sources = {key: (course.root / file).read_text("utf-8") for key, (_, file) in files.items()}
    runs: dict[str, Run] = {}
    waiting = Counter(name for name, _ in files.values())
    found: dict[str, Verified] = {}

    def look_at(name: str) -> Verified:
        own = [(key, file) for key, (exercise, file) in files.items() if exercise == name]
        entries = tuple(_entry(name, file, sources[key], runs[key]) for key, file in own)
        record = shipped.read(course, name)
        verified = _verified(course, name, entries, record)
        if keep:
            return _keep(course, keep, verified, record, stamps[name])
        return _with_shipped(course, verified, record)

    # What takes longest goes first: for one worker to prepare for scikit-learn, then what is long looked at, while workers go on.
    tasks = [task_of(name, key, sources[key], "always") for key, (name, _) in files.items()]
    heavy = {job.exercise for task in tasks for job in task.jobs if is_heavy(job.cells)}
    tasks.sort(key=lambda task: (files[task.key][0] not in heavy, -waiting[files[task.key][0]]))
    for done in executor.run(tasks):
        name, is_new = files[done.key][0], done.key not in runs
        runs[done.key] = done.runs[0]
        if not is_new:  # what was taken from a record turned out wrong
            found.pop(name, None)
            continue
        on_done(done.key)
        waiting[name] -= 1
        if not waiting[name]:  # while the workers go on with the next exercise
            found[name] = look_at(name)
    return [found.get(name) or look_at(name) for name in wanted]


def _wanted(course: Course, exercises: Sequence[str]) -> list[str]:
    return [exercise.id for exercise in course.code_exercises if not exercises or exercise.id in exercises]


def count(course: Course, exercises: Sequence[str] = ()) -> int:
    """How many files `verify` runs."""
    return sum(len(files_of(course, name)) for name in _wanted(course, exercises))


def files_of(course: Course, exercise: str) -> list[str]:
    """The starter, the solution, its variants and the known mistakes, from the root of the course."""
    folder = course.solutions_folder(exercise)
    starter = course.exercise_folder(exercise) / "starter.py"
    found = [starter, folder / "solution.py", *sorted((folder / "variants").glob("*.py"))]
    found += sorted((folder / "mistakes").glob("*.py"))
    return [path.relative_to(course.root).as_posix() for path in found if path.is_file()]


def _entry(exercise: str, file: str, source: str, run: Run) -> Entry:
    path = Path(file)
    kind = path.parent.name if path.parent.name in _KINDS else path.stem
    return Entry(exercise, kind, path.stem, file, source, run)


def _verified(course: Course, exercise: str, entries: tuple[Entry, ...], record: Record | None) -> Verified:
    checks = course.checks[exercise]
    verified = Verified(exercise, checks, entries, (), ())
    problems = [
        *_broken(verified),
        *_starters(verified),
        *_right_ones(verified),
        *_mistakes(verified),
        *_idle_checks(verified),
    ]
    if not _are_shipped(verified, record):
        library = _library(entries)
        problems += [*_same_behaviour(verified, library), *_diagnoses(verified, library)]
    return Verified(
        exercise, checks, entries, tuple(problems), (*_narrow_limits(verified), *_redundant(verified))
    )


def _are_shipped(verified: Verified, record: Record | None) -> bool:
    """Whether the behaviours are those of the *record*, from which most were taken: nothing is shipped of mistakes that behave alike, or
    are not named."""
    if record is None or not record.outcomes:
        return False
    found = _to_be_shipped(verified)
    taken = any(run.trace is record.traces.get(name) for name, run in found.items())
    return taken and found.keys() == record.traces.keys() and not _otherwise(record.traces, found)


def _keep(
    course: Course, executor: Executor, verified: Verified, record: Record | None, stamped: tuple[str, str]
) -> Verified:
    """Ships how the mistakes behave, if nothing is wrong with them, if that is not what is shipped already, and if no file was
    edited since it was *stamped* before the run: that is remarked."""
    if not verified.of_kind("mistakes"):
        return verified
    found = _to_be_shipped(verified)
    stale = not record or record.outcomes != shipped.signs_of(found) or _otherwise(record.traces, found)
    if not stale or verified.problems:
        return verified
    if stamped != shipped.stamp(course, verified.exercise):
        file = shipped.path_of(course, verified.exercise).relative_to(course.root).as_posix()
        remark = f"{file}: not written, because a file that decides it was edited meanwhile; run `autograde verify --keep` again"
        return replace(verified, remarks=(*verified.remarks, remark))
    seconds = _seconds_alone(executor, verified)
    shipped.write(course, verified.exercise, found, seconds, stamped)
    return verified


def _seconds_alone(executor: Executor, verified: Verified) -> dict[str, float]:
    """How long the solution takes with each check alone: the shorter of two runs, since the first may wait for a worker that prepares."""
    tasks: list[Task] = []
    for solution in verified.of_kind("solution"):
        whole = task_of(verified.exercise, solution.file, solution.source, "never")
        for check in verified.checks:
            jobs = tuple(replace(job, checks=(check.id,)) for job in whole.jobs)
            tasks.append(replace(whole, key=check.id, jobs=jobs))
    rounds = [{done.key: done.runs[0].seconds for done in executor.run(tasks)} for _ in range(2)]
    return {check: min(found[check] for found in rounds) for check in rounds[0]}


def _to_be_shipped(verified: Verified) -> dict[str, Run]:
    return {shipped.name_of(entry.file): entry.run for entry in verified.entries if entry.kind != "starter"}


def _with_shipped(course: Course, verified: Verified, record: Record | None) -> Verified:
    """*verified* with what is wrong with the behaviours that are shipped."""
    path = shipped.path_of(course, verified.exercise)
    if not verified.of_kind("mistakes") or not path.is_file():
        return verified
    others = _otherwise(record.traces, _to_be_shipped(verified)) if record else []
    file = path.relative_to(course.root).as_posix()
    if not record:
        message = (
            "cannot be read, or was made before something was changed that decides how the mistakes behave"
        )
        problem = Problem(Place(file), message, "behaviours-old", "`autograde verify --keep` writes it anew")
        return replace(verified, problems=(*verified.problems, problem))
    if not record.outcomes:
        remark = (
            f"{file}: was made under another course.yaml, or by another version of this package; "
            "`autograde verify --keep` writes it anew, which saves most of the time"
        )
        return replace(verified, remarks=(*verified.remarks, remark))
    if "solution" in others:
        message = "the solution behaves otherwise than it did when this was made, so diagnoses would be wrong"
        problem = Problem(Place(file), message, "behaviours-old", "`autograde verify --keep` writes it anew")
        return replace(verified, problems=(*verified.problems, problem))
    if others:  # no fault: what grows from rounding errors may go another way on another machine
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        remark = (
            f"{file}: `{others[0]}`{more} behave otherwise here; `autograde verify --keep` writes it anew"
        )
        return replace(verified, remarks=(*verified.remarks, remark))
    return verified


def _otherwise(traces: Mapping[str, Any], found: Mapping[str, Run]) -> list[str]:
    """What does not behave here as the shipped *traces* say; what was stopped may have been stopped by the machine."""
    return [
        name
        for name, run in found.items()
        if not run.limits
        and traces.get(name) is not run.trace
        and not behave_alike(behaviour_of(traces.get(name, {})), behaviour_of(run.trace))
    ]


def _library(entries: Sequence[Entry]) -> Library:
    """The library of mistakes as `grade` would have it, from the runs that were made here."""
    ours = [entry for entry in entries if entry.kind in ("solution", "mistakes")]
    traces = {entry.file if entry.kind == "mistakes" else "solution": entry.run.trace for entry in ours}
    return library_of(traces, {entry.file: entry.source for entry in ours if entry.kind == "mistakes"})


def _broken(verified: Verified) -> Iterator[Problem]:
    """A check that stumbles is our fault, whoever made it stumble; each is told once."""
    told: set[str] = set()
    for entry in verified.entries:
        for outcome in entry.run.outcomes:
            if outcome.outcome == "broken" and outcome.id not in told:
                told.add(outcome.id)
                last = ([line for line in entry.run.log.splitlines() if line.strip()] or [""])[-1]
                message = f"on this file the check `{outcome.id}` itself fails: {last or outcome.message}"
                hint = "a check must read whatever comes back; only its own AssertionError is for the student"
                yield Problem(Place(entry.file), message, "check-broken", hint)
        if "probe of" in entry.run.log and "probe" not in told:
            told.add("probe")
            last = [line for line in entry.run.log.splitlines() if line.strip()][-1]
            hint = "a probe must cope with whatever comes back; without its findings there is no diagnosis"
            yield Problem(
                Place(entry.file), f"on this file the probe itself fails: {last}", "probe-broken", hint
            )


def _starters(verified: Verified) -> Iterator[Problem]:
    for entry in verified.of_kind("starter"):
        earned = verified.points(entry)
        if earned:
            passed = ", ".join(
                f"`{check.id}`" for check in verified.checks if entry.outcome(check.id).outcome == "pass"
            )
            message = f"the starter earns {earned} of {verified.max_points} points, for {passed}"
            yield Problem(Place(entry.file), message, "starter-earns", "what nobody wrote must earn nothing")


def _right_ones(verified: Verified) -> Iterator[Problem]:
    for entry in verified.right:
        for outcome in entry.run.outcomes:
            if outcome.caught:
                message = f"a right implementation does not pass `{outcome.id}`: {outcome.message}"
                hint = "the check asks for more than the task says, or this file is not right"
                yield Problem(Place(entry.file), message, "right-fails", hint)


def _mistakes(verified: Verified) -> Iterator[Problem]:
    for entry in verified.of_kind("mistakes"):
        if entry.run.passed:
            hint = "write a check that sees it, or delete the file if it is right after all"
            yield Problem(Place(entry.file), "this mistake earns all points", "mistake-passes", hint)


def _idle_checks(verified: Verified) -> Iterator[Problem]:
    """A check that never fails on a mistake might as well be empty, and nobody would notice."""
    mistakes = verified.of_kind("mistakes")
    caught = {check for entry in mistakes for check in entry.caught_by()}
    for check in verified.checks:
        if mistakes and check.id not in caught:
            place = Place(f"tests/hidden/{verified.exercise}/{check.file}")
            hint = f"add one to `solutions/{verified.exercise}/mistakes/` that it must catch, or delete the check"
            yield Problem(place, f"`{check.id}` catches none of the known mistakes", "check-idle", hint)


def _same_behaviour(verified: Verified, library: Library) -> Iterator[Problem]:
    """Two files that no input of ours tells apart are one mistake under two names."""
    for number, known in enumerate(library.mistakes):
        for other in library.mistakes[:number]:
            if known.wrong and known.wrong == other.wrong and behave_alike(known.behaviour, other.behaviour):
                message = f"behaves like `{other.name}` on everything that was tried"
                hint = "delete one of them, or add to the probe what tells them apart"
                yield Problem(Place(known.name), message, "mistake-repeated", hint)
                break


def _diagnoses(verified: Verified, library: Library) -> Iterator[Problem]:
    runs = {entry.file: entry.run for entry in verified.entries}
    for known in library.mistakes:
        named = library.nearest(known.behaviour)
        if runs[known.name].passed or (named and named[0] is known):
            continue
        message = f"the first diagnosis is `{named[0].name}`" if named else "it gets no diagnosis"
        hint = "let the probe of the exercise look at what is wrong here"
        yield Problem(Place(known.name), message, "mistake-unnamed", hint)
    for entry in verified.of_kind("variants"):
        named = library.nearest(behaviour_of(entry.run.trace))
        if named:
            message = f"a right implementation behaves like `{named[0].name}`"
            hint = "the probe looks at something that right implementations may do in different ways"
            yield Problem(Place(entry.file), message, "right-diagnosed", hint)


def _narrow_limits(verified: Verified) -> Iterator[str]:
    """Right implementations that need much of the time that they may take: how much is left to slower machines."""
    for entry in verified.right:
        share, check = entry.run.needed
        if share >= NARROW:
            what, limit = (f"`{check}`", "seconds_per_check") if check else ("all checks", "seconds")
            yield (
                f"{entry.file}: takes {share:.0%} of the computing time that {what} may take, so on a machine that is "
                f"{1 / share:.1f} times slower a right implementation would be stopped; raise `limits: {limit}`"
            )


def _redundant(verified: Verified) -> Iterator[str]:
    """Checks whose catch is caught by the other checks of their file as well."""
    mistakes = verified.of_kind("mistakes")
    for layer in dict.fromkeys(check.file for check in verified.checks):
        ids = [check.id for check in verified.checks if check.file == layer]
        catches = [entry.caught_by() & set(ids) for entry in mistakes]
        idle = [one for one in ids if len(ids) > 1 and frozenset({one}) not in catches]
        if mistakes and idle:
            names = ", ".join(f"`{one}`" for one in idle)
            yield (
                f"tests/hidden/{verified.exercise}/{layer}: redundant: {names}; "
                "each mistake caught there is caught by another check of this file"
            )
