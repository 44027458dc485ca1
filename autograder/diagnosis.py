"""Names the likely mistake: a failed submission's behaviour is compared with that of each known mistake.

The known mistakes are the files in `solutions/<exercise>/mistakes/`; the docstring of each is the sentence for the
student. They are run once by the same checkers as submissions are. That does the author, who ships how they behaved
(`shipped`), or else whoever grades first: then it is kept beside the results, and in the user's cache for all other
classrooms. Only the behaviour counts, so names and structure of the student's code do not matter. A diagnosis never
changes points.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import shipped
from autograder.behaviour import Aspect, Behaviour, are_alike, behaviour_of, differences
from autograder.checking import Job, Run
from autograder.course import Course
from autograder.deciding import asked_for, read_by_checks
from autograder.errors import AutogradeError
from autograder.executors import Executor, Task
from autograder.files import read_sealed, write_sealed
from autograder.sandbox import Cell, NotFound
from autograder.surroundings import cache_folder, surroundings

MOST = 2
SHOWN = 2
NEAR = 0.6
"""How much of what is wrong here or with a mistake must be wrong in the same way, for the mistake to be near."""
FOLDER = "behaviours"
MOST_KEPT = 6
"""Versions of one exercise whose behaviours stay in the user's cache."""


@dataclass(frozen=True)
class Known:
    """A known mistake: the aspects in which it differs from a right solution, and how it behaves there."""

    name: str
    sentence: str
    behaviour: Behaviour
    wrong: frozenset[str]


@dataclass(frozen=True)
class Library:
    """How a right solution and each known mistake of one exercise behave."""

    right: Behaviour
    mistakes: tuple[Known, ...]

    def nearest(self, behaviour: Behaviour) -> tuple[Known, ...]:
        """The known mistakes that explain what is wrong, at most two; nothing if there is no such way.

        One that explains all of it; else two that do so together; else one that explains most of it; else one of the
        same kind, which differs in a constant only; else the one that is nearest, if it is near.
        """
        wrong = differences(behaviour, self.right)
        if not wrong:
            return ()
        alike = [known for known in self.mistakes if _is_part(known, behaviour, wrong)]
        whole = [known for known in alike if known.wrong == wrong]
        if behaviour.exception:  # one word in all aspects: only the exception tells what it comes from
            return tuple(known for known in whole if known.behaviour.exception == behaviour.exception)[:MOST]
        return (
            tuple(whole[:MOST])
            or _pair(alike, wrong)
            or _most(alike, wrong)
            or self._of_kind(behaviour)
            or self._near(behaviour, wrong)
        )

    def explain(self, known: Known, behaviour: Behaviour) -> str:
        """The sentence of *known* with the evidence for it."""
        seen = [
            key
            for key in known.wrong
            if are_alike(behaviour.aspects.get(key), known.behaviour.aspects.get(key))
        ]
        shown = [self._where(known, key) for key in known.behaviour.aspects if key in seen]
        if len(seen) < len(known.wrong):
            if behaviour.kind and behaviour.kind == known.behaviour.kind:
                how = "of this kind, though not the same to the last number"
            else:
                how = "nearly those of this mistake, though not all are the same"
            return f"{known.sentence} (Your results are {how}.)"
        more = f" and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
        return f"{known.sentence} (Your results are the same as with this mistake: {', '.join(shown[:SHOWN])}{more}.)"

    def _where(self, known: Known, key: str) -> str:
        aspect, right = known.behaviour.aspects[key], self.right.aspects.get(key)
        row = aspect.first_row_off(right) if right else None
        return f"{key}, from row {row} on" if row else key

    def _of_kind(self, behaviour: Behaviour) -> tuple[Known, ...]:
        """The mistakes of the same kind, the nearest first; none where the kind is the right one, or too many share it."""
        if behaviour.kind in ("", self.right.kind):
            return ()
        same = [known for known in self.mistakes if known.behaviour.kind == behaviour.kind]
        apart = {known.name: len(differences(behaviour, known.behaviour)) for known in same}
        nearest = sorted((known for known in same), key=lambda known: apart[known.name])
        nearest = [known for known in nearest if apart[known.name] == apart[nearest[0].name]]
        return tuple(nearest) if len(nearest) <= MOST else ()

    def _near(self, behaviour: Behaviour, wrong: frozenset[str]) -> tuple[Known, ...]:
        """The only mistake that is nearest, if it is near: what is beside the slip, such as a start that cannot be written to,
        may be handled in another way than in our example of it."""
        shares = [_agreement(known, behaviour, wrong) for known in self.mistakes]
        largest = max(shares, default=0.0)
        found = [known for known, share in zip(self.mistakes, shares, strict=True) if share == largest]
        return tuple(found) if len(found) == 1 and largest >= NEAR else ()


def _agreement(known: Known, behaviour: Behaviour, wrong: frozenset[str]) -> float:
    """The share of what is wrong here or with *known* that is wrong in the same way in both."""
    here, there = behaviour.aspects, known.behaviour.aspects
    same = {key for key in wrong & known.wrong if are_alike(here.get(key), there.get(key))}
    units = {_unit(key, here) for key in wrong} | {_unit(key, there) for key in known.wrong}
    shared = {_unit(key, here) for key in same}
    if len(shared) == 1 and len(wrong | known.wrong) > 1 and next(iter(shared)) not in same:
        return 0.0  # the same word in many aspects, here or there, and nothing else: too little to tell what it comes from
    return len(shared) / len(units)


def _unit(key: str, aspects: Mapping[str, Aspect]) -> str:
    """What aspect *key* counts for: where nothing but the same word stands in many aspects, they all say one thing."""
    value = aspects[key].value if key in aspects else None
    return f"word {value}" if isinstance(value, str) and value else key


def _is_part(known: Known, behaviour: Behaviour, wrong: frozenset[str]) -> bool:
    """Whether all that *known* gets wrong is wrong in the same way here."""
    here, there = behaviour.aspects, known.behaviour.aspects
    return (
        bool(known.wrong)
        and known.wrong <= wrong
        and all(are_alike(here.get(key), there.get(key)) for key in known.wrong)
    )


def _pair(alike: Sequence[Known], wrong: frozenset[str]) -> tuple[Known, ...]:
    """The only two of *alike* that together explain all that is *wrong*."""
    pairs = [
        (first, second)
        for number, first in enumerate(alike)
        for second in alike[number + 1 :]
        if first.wrong | second.wrong == wrong and not first.wrong & second.wrong
    ]
    return pairs[0] if len(pairs) == 1 else ()


def _most(alike: Sequence[Known], wrong: frozenset[str]) -> tuple[Known, ...]:
    """The only one of *alike* that explains more than half of what is *wrong*, others being parts of it."""
    largest = max((len(known.wrong) for known in alike), default=0)
    found = [known for known in alike if len(known.wrong) == largest]
    return tuple(found) if len(found) == 1 and 2 * largest > len(wrong) else ()


class Diagnoser:
    """Names mistakes of one course; behaviours that are not shipped are computed when first needed and kept in *folder*."""

    def __init__(self, course: Course, executor: Executor, folder: Path) -> None:
        self._course = course
        self._executor = executor
        self._folder = folder / FOLDER
        self._libraries: dict[str, Library] = {}

    def diagnose(self, exercise: str, run: Run) -> tuple[str, ...]:
        """The sentences about *run*, at most two, or none; none for a run that passed, or in which there was no function."""
        if run.passed or _found_nothing(run):
            return ()
        if exercise not in self._libraries:
            self._libraries[exercise] = self._library(exercise)
        library = self._libraries[exercise]
        behaviour = behaviour_of(run.trace)
        return tuple(library.explain(known, behaviour) for known in library.nearest(behaviour))

    def _library(self, exercise: str) -> Library:
        sources = _sources(self._course, exercise)
        if record := shipped.read(self._course, exercise):
            return library_of(record.traces, sources)
        name = f"{exercise}-{_key(self._course, exercise, sources)}.json"
        kept = read_sealed(self._folder / name)
        if not kept and (kept := read_sealed(cache_folder(FOLDER) / name)):
            write_sealed(self._folder / name, kept)
        if kept:
            return library_of(json.loads(kept), sources)
        runs = self._run(exercise, sources)
        traces = {name: runs[name].trace for name in sources}
        if not any(run.broken for run in runs.values()):  # else it is done again the next time
            line = json.dumps(traces)
            write_sealed(self._folder / name, line)
            _share(exercise, name, line)
        return library_of(traces, sources)

    def _run(self, exercise: str, sources: Mapping[str, str]) -> dict[str, Run]:
        tasks = [task_of(exercise, name, source) for name, source in sources.items()]
        return {done.key: done.runs[0] for done in self._executor.run(tasks)}


def _share(exercise: str, name: str, traces: str) -> None:
    """Keeps *traces* for all classrooms of this user, and forgets the oldest ones of the exercise."""
    folder = cache_folder(FOLDER)
    with suppress(AutogradeError, OSError):  # a folder that cannot be written to costs time, and nothing else
        write_sealed(folder / name, traces)
        kept = sorted(folder.glob(f"{exercise}-*.json"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-MOST_KEPT]:
            path.unlink()


def _found_nothing(run: Run) -> bool:
    """Whether no call found its function: no known mistake explains that, and to look at them all takes a while."""
    kept = run.trace.get("calls")
    made = [call for calls in kept.values() for call in calls] if isinstance(kept, Mapping) else []
    return bool(made) and all(call[1:3] == ["fault", NotFound.__name__] for call in made)


def solution_files(course: Course, exercise: str) -> dict[str, Path]:
    """The solution and the known mistakes, by name; empty where the course has none."""
    folder = course.solutions_folder(exercise)
    files = {"solution": folder / "solution.py"} | {
        f"mistakes/{path.stem}": path for path in sorted((folder / "mistakes").glob("*.py"))
    }
    return files if files["solution"].is_file() else {}


def _sources(course: Course, exercise: str) -> dict[str, str]:
    """Their text, without files that are no text: those are the matter of `validate`, and grading goes on without them."""
    sources = {}
    for name, path in solution_files(course, exercise).items():
        with suppress(OSError, UnicodeDecodeError):
            sources[name] = path.read_text("utf-8")
    return sources


def task_of(exercise: str, name: str, source: str, probe: str = "alone") -> Task:
    """What looks at the behaviour of one file of ours as if it had been handed in."""
    return Task(name, (Job(name, exercise, (Cell(name, source),), probe),), (None,))


def library_of(traces: Mapping[str, Mapping[str, Any]], sources: Mapping[str, str]) -> Library:
    """The library that the *traces* of the solution and the mistakes make; a mistake without a sentence is nothing to tell."""
    if "solution" not in traces:
        return Library(Behaviour({}), ())
    right = behaviour_of(traces["solution"])
    mistakes = []
    for name, source in sources.items():
        if name in traces and name != "solution" and (sentence := sentence_of(source)):
            behaviour = behaviour_of(traces[name])
            mistakes.append(Known(name, sentence, behaviour, differences(behaviour, right)))
    return Library(right, tuple(mistakes))


def sentence_of(source: str) -> str:
    """The docstring of a known mistake, as one line; empty if there is none, or the file is no Python."""
    try:
        return " ".join((ast.get_docstring(ast.parse(source)) or "").split())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""


def _key(course: Course, exercise: str, sources: Mapping[str, str]) -> str:
    """A hash of everything that decides how the mistakes behave."""
    decides = [
        surroundings(),
        read_by_checks(course, exercise),
        asked_for(course, exercise),
        sorted(sources.items()),
    ]
    return hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:32]
