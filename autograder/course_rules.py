"""The rules of `validate` that hold between the values of course.yaml: ids, criteria, dates, LMS columns.

Each rule is one function that yields its problems. All of them work on the raw parts of a `Draft`, so that a wrong type
in one place hides nothing elsewhere. Rules about files stand in `course_files`; docs/rules.md has a line for each rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.checks import EACH
from autograder.course_parse import Draft, Part
from autograder.course_words import shown
from autograder.errors import Place, Problem, did_you_mean
from autograder.pythonsource import keys_of, read_python

PROBLEMS_FILE = "course/problems.py"


def find_rule_problems(root: Path, draft: Draft) -> Iterator[Problem]:
    """What all rules say about *draft*."""
    for rule in _RULES:
        yield from rule(draft)
    yield from _unknown_problems(root, draft)


def problem_names_in(root: Path) -> tuple[tuple[str, ...] | None, tuple[Problem, ...]]:
    """The names of the practice problems; None if there is no such file or they cannot be read from it."""
    if not (root / PROBLEMS_FILE).exists():
        return None, ()
    tree, problems = read_python(root / PROBLEMS_FILE, PROBLEMS_FILE)
    if tree is None:
        return None, problems
    names = keys_of(tree, "PROBLEMS")
    if names is None:
        message = "has no dict `PROBLEMS` whose keys are written out"
        hint = 'write `PROBLEMS = {"bowl": Problem(...), ...}`'
        return None, (Problem(Place(PROBLEMS_FILE), message, "problems-file", hint),)
    return names, ()


def _unique_lessons(draft: Draft) -> Iterator[Problem]:
    yield from _unique([lesson for lesson in draft.parts], "lesson")


def _unique_items(draft: Draft) -> Iterator[Problem]:
    """Exercises and questions share one set of ids: both are cells of notebooks and rows of the gradebook."""
    items = [item for lesson in draft.parts for item in (*lesson.exercises, *lesson.questions)]
    yield from _unique(items, "exercise or question")


def _unique(parts: list[Any], what: str) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for part in parts:
        identity = part.text("id")
        if identity and identity in first:
            message = f"another {what} has the id {shown(identity)}: {first[identity]}"
            yield Problem(
                part.place("id"), message, "repeated-id", "each needs an id of its own in the whole course"
            )
        elif identity:
            first[identity] = part.place("id")


def _functions(draft: Draft) -> Iterator[Problem]:
    """A notebook is one namespace: two exercises of a lesson cannot ask for functions of the same name."""
    for lesson in draft.parts:
        first: dict[str, Place] = {}
        for exercise in lesson.exercises:
            for number, name in enumerate(exercise.entries("functions")):
                if not isinstance(name, str):
                    continue
                place = exercise.place("functions", number)
                if name in first:
                    message = f"the function {shown(name)} is asked for already: {first[name]}"
                    yield Problem(
                        place, message, "repeated-function", "the code of a lesson shares one notebook"
                    )
                first.setdefault(name, place)


def _criteria(draft: Draft) -> Iterator[Problem]:
    for exercise in draft.code_exercises:
        seen: dict[str, int] = {}
        for number, criterion in enumerate(exercise.entries(EACH)):
            if not isinstance(criterion, dict):
                continue
            yield from _near_misses(exercise, number, criterion)
            key = repr(sorted((name, value) for name, value in criterion.items() if name != "points"))
            if key in seen:
                message = f"the criterion is the same as number {seen[key]}"
                yield Problem(
                    exercise.place(EACH, number), message, "repeated-criterion", "change one or leave it out"
                )
            seen.setdefault(key, number + 1)


def _near_misses(exercise: Part, number: int, criterion: dict[str, Any]) -> Iterator[Problem]:
    """Any key is allowed in a criterion; one that is almost a known key is a slip all the same."""
    for key in criterion:
        missing = [name for name in ("problem", "points", "within") if name not in criterion]
        hint = did_you_mean(key, missing) if key not in ("problem", "points", "within") else ""
        if hint.startswith("did you mean"):
            place = exercise.source.key_place(*exercise.path, EACH, number, key)
            yield Problem(place, f"`{key}` looks like a slip of the pen", "unknown-key", hint)


def _unknown_problems(root: Path, draft: Draft) -> Iterator[Problem]:
    names, problems = problem_names_in(root)
    yield from problems
    for exercise in draft.code_exercises:
        for number, criterion in enumerate(exercise.entries(EACH)):
            name = criterion.get("problem") if isinstance(criterion, dict) else None
            if not isinstance(name, str) or problems:
                continue
            place = exercise.place(EACH, number, "problem")
            if names is None:
                message = f"{shown(name)} is looked up in {PROBLEMS_FILE}, but there is no such file"
                yield Problem(place, message, "unknown-problem", "write the file, with a dict `PROBLEMS`")
            elif name not in names:
                message = f"there is no problem {shown(name)} in {PROBLEMS_FILE}"
                yield Problem(place, message, "unknown-problem", did_you_mean(name, names))


def _extensions(draft: Draft) -> Iterator[Problem]:
    source = draft.source
    grading = source.data.get("grading") if isinstance(source.data, dict) else None
    entries = grading.get("extensions") if isinstance(grading, dict) else None
    lessons = {lesson.text("id"): lesson for lesson in draft.parts}
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(entries if isinstance(entries, tuple) else ()):
        if not isinstance(entry, dict) or not isinstance(entry.get("lesson"), str):
            continue
        part = Part(source, ("grading", "extensions", number), entry)
        lesson = lessons.get(part.text("lesson"))
        if lesson is None:
            if draft.complete:
                message = f"there is no lesson {shown(part.text('lesson'))}"
                yield Problem(
                    part.place("lesson"),
                    message,
                    "unknown-lesson",
                    did_you_mean(part.text("lesson"), lessons),
                )
            continue
        key = part.text("student"), part.text("lesson")
        if key in seen:
            message = f"{shown(key[0])} has an extension for {shown(key[1])} already"
            yield Problem(part.place(), message, "repeated-extension", "keep one of them")
        seen.add(key)
        yield from _extension_date(part, lesson)


def _extension_date(part: Part, lesson: Part) -> Iterator[Problem]:
    if "due" not in lesson.data:
        message = f"the lesson {shown(part.text('lesson'))} has no due date that could be extended"
        yield Problem(part.place("lesson"), message, "extension-date", "give the lesson a `due`")
        return
    extended, due = _date(part), _date(lesson)
    if extended and due and extended < due:
        message = f"the extension ends before the lesson is due ({lesson.text('due')})"
        yield Problem(part.place("due"), message, "extension-date", "an extension is later than the due date")


def _date(part: Part) -> datetime | None:
    try:
        date = datetime.fromisoformat(part.text("due").strip())
    except ValueError:
        return None
    return date if date.tzinfo else None


def _columns(draft: Draft) -> Iterator[Problem]:
    """Two lessons in one column of an LMS would overwrite each other's grades."""
    first: dict[tuple[str, str], Place] = {}
    for lesson in draft.parts:
        columns = lesson.data.get("lms")
        for lms, column in columns.items() if isinstance(columns, dict) else ():
            key = lms, str(column)
            if key in first:
                message = f"{lms} column {shown(str(column))} belongs to another lesson: {first[key]}"
                yield Problem(
                    lesson.place("lms", lms), message, "repeated-column", "each lesson has its own column"
                )
            first.setdefault(key, lesson.place("lms", lms))


_RULES: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    _unique_lessons,
    _unique_items,
    _functions,
    _criteria,
    _extensions,
    _columns,
)
