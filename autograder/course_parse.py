"""Turns course.yaml and its lesson files into typed content, and every fault in them into a `Problem` with its place.

Each lesson, exercise and question is read by itself, so that one that is broken hides no problem of the others. For
the rules about files, `Draft` also keeps the raw mappings, of broken ones too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import TypeAdapter

from autograder import yamlsource
from autograder.content import FORMAT, AnyExercise, CourseContent, LessonContent
from autograder.course_faults import read_value
from autograder.course_questions import find_question_faults
from autograder.course_words import shown
from autograder.errors import Place, Problem
from autograder.quiz import AnyQuestion, Question
from autograder.yamlsource import Source, Step

FILE = "course.yaml"

_COURSE: TypeAdapter[Any] = TypeAdapter(CourseContent)
_LESSON: TypeAdapter[Any] = TypeAdapter(LessonContent)
_EXERCISE: TypeAdapter[Any] = TypeAdapter(AnyExercise)
_QUESTION: TypeAdapter[Any] = TypeAdapter(AnyQuestion)

_FOLDER_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")

_STAND_INS = {"points": 1, "id": "x", "question": "x", "feedback": {}}
"""What takes the place of a faulty value of a question, so that its other faults can be found."""


@dataclass(frozen=True)
class Part:
    """A lesson, exercise or question as it stands in the file, right or not."""

    source: Source
    path: tuple[Step, ...]
    data: Mapping[str, Any]
    value: Any = None

    def text(self, key: str) -> str:
        """The value of *key* if it is a text, else nothing."""
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def entries(self, key: str) -> tuple[Any, ...]:
        """The value of *key* if it is a list, else nothing."""
        value = self.data.get(key)
        return value if isinstance(value, tuple) else ()

    def place(self, *path: Step) -> Place:
        return self.source.place(*self.path, *path)


@dataclass(frozen=True)
class LessonPart(Part):
    """A lesson with its exercises and questions; `number` counts from 1."""

    number: int = 0
    exercises: tuple[Part, ...] = ()
    questions: tuple[Part, ...] = ()


@dataclass
class Draft:
    """A course as far as it could be read. `content` is None if anything has the wrong type."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    content: CourseContent | None = None
    parts: list[LessonPart] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    complete: bool = True
    """Whether every lesson and exercise could be read well enough to know its id."""

    @property
    def lessons(self) -> tuple[LessonContent, ...]:
        """The lessons that are right."""
        return tuple(part.value for part in self.parts if part.value is not None)

    @property
    def exercises(self) -> Iterator[Part]:
        return (exercise for lesson in self.parts for exercise in lesson.exercises)

    @property
    def code_exercises(self) -> Iterator[Part]:
        return (exercise for exercise in self.exercises if exercise.data.get("type") == "code")


def is_folder_name(identity: str) -> bool:
    """Whether *identity* can be looked for as the name of a folder, on every system."""
    return _FOLDER_NAME.fullmatch(identity) is not None


def parse_course(root: Path) -> Draft:
    """What course.yaml under *root* says, and everything that is wrong with it by itself."""
    source = yamlsource.read(root / FILE, FILE)
    draft = Draft(source, [_with_way_out(problem) for problem in source.problems])
    data = _mapping(source, draft)
    if data is None or not _right_format(data, draft):
        draft.complete = False
        return draft
    entries = data.get("lessons")
    header = {**data, "lessons": ("x",)} if isinstance(entries, tuple) and entries else data
    content, problems = read_value(_COURSE, header, source)
    draft.problems += problems
    draft.complete = isinstance(entries, tuple)
    for number, entry in enumerate(entries if isinstance(entries, tuple) else (), 1):
        _add_lesson(root, draft, entry, number)
    if content is not None and all(part.value is not None for part in draft.parts) and draft.complete:
        draft.content = content.model_copy(update={"lessons": draft.lessons})
    return draft


def _with_way_out(problem: Problem) -> Problem:
    if problem.rule != "missing-file":
        return problem
    return replace(problem, hint="run `autograde` in the folder of the course, or name it: `--course DIR`")


def _mapping(source: Source, draft: Draft) -> Mapping[str, Any] | None:
    if isinstance(source.data, dict):
        return source.data
    if source.data is not None:
        message = "must hold a mapping: lines of the form `key: value`"
        draft.problems.append(Problem(source.place(), message, "wrong-type"))
    elif not source.problems:
        draft.problems.append(
            Problem(
                Place(source.file),
                "is empty",
                "empty-file",
                "see docs/course-format.md for what belongs into it",
            )
        )
    return None


def _right_format(data: Mapping[str, Any], draft: Draft) -> bool:
    """Whether `format` is the one that we read; other problems of another format would mean nothing."""
    number = data.get("format", FORMAT)
    if type(number) is not int or number == FORMAT:
        return True
    place = draft.source.place("format")
    if number > FORMAT:
        message = (
            f"format {shown(number)} is newer than this version of autograde, which reads format {FORMAT}"
        )
        hint = "install a newer version of autograde"
        draft.problems.append(Problem(place, message, "format-too-new", hint))
    else:
        message = (
            f"format {shown(number)} is older than the oldest that this version of autograde reads, {FORMAT}"
        )
        hint = f"write `format: {FORMAT}` and mend what `validate` finds then"
        draft.problems.append(Problem(place, message, "format-too-old", hint))
    return False


def _add_lesson(root: Path, draft: Draft, entry: Any, number: int) -> None:
    source: Source = draft.source
    path: tuple[Step, ...] = ("lessons", number - 1)
    if isinstance(entry, str):
        found = _open_lesson(root, draft, entry, path)
        if found is None:
            draft.complete = False
            return
        source, path, entry = found, (), found.data
    if not isinstance(entry, dict):
        draft.complete = False
        _, problems = read_value(_LESSON, entry, source, path)
        draft.problems += problems
        return
    draft.parts.append(_lesson(draft, Part(source, path, entry), number))


def _open_lesson(root: Path, draft: Draft, name: str, path: tuple[Step, ...]) -> Source | None:
    """The lesson in a file of its own."""
    place = draft.source.place(*path)
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name or not name.strip():
        message = f"{shown(name)} does not lead to a file below the folder of course.yaml"
        draft.problems.append(
            Problem(place, message, "lesson-file", "write a path such as `lessons/adam.yaml`")
        )
        return None
    if not (root / name).is_file():
        message = f"there is no file {shown(name)}"
        hint = "a lesson is a mapping with `id` and `title`, or the path of a file that holds one"
        draft.problems.append(Problem(place, message, "lesson-file", hint))
        return None
    source = yamlsource.read(root / name, name)
    draft.files.append(name)
    draft.problems += source.problems
    return source if _mapping(source, draft) is not None else None


def _lesson(draft: Draft, part: Part, number: int) -> LessonPart:
    exercises = [_exercise(draft, inner) for inner in _inner_parts(draft, part, "exercises")]
    questions = [_question(draft, inner) for inner in _inner_parts(draft, part, "quiz")]
    header = {
        key: () if key in ("exercises", "quiz") and isinstance(value, tuple) else value
        for key, value in part.data.items()
    }
    value, problems = read_value(_LESSON, header, part.source, part.path)
    draft.problems += problems
    if not is_folder_name(part.text("id")):
        draft.complete = False
    counts = (len(part.entries("exercises")), len(part.entries("quiz")))
    whole = value is not None and all(inner.value is not None for inner in (*exercises, *questions))
    if whole and counts == (len(exercises), len(questions)):
        update = {
            "exercises": tuple(inner.value for inner in exercises),
            "quiz": tuple(inner.value for inner in questions),
        }
        value = value.model_copy(update=update)
    else:
        value = None
    return LessonPart(part.source, part.path, part.data, value, number, tuple(exercises), tuple(questions))


def _inner_parts(draft: Draft, part: Part, key: str) -> Iterator[Part]:
    """The entries of a list that are mappings; what the others are is told."""
    for number, entry in enumerate(part.entries(key)):
        path = (*part.path, key, number)
        if isinstance(entry, dict):
            yield Part(part.source, path, entry)
        else:
            adapter: TypeAdapter[Any] = _EXERCISE if key == "exercises" else _QUESTION
            draft.problems += read_value(adapter, entry, part.source, path)[1]
            draft.complete = False


def _exercise(draft: Draft, part: Part) -> Part:
    value, problems = read_value(_EXERCISE, part.data, part.source, part.path)
    draft.problems += problems
    if not is_folder_name(part.text("id")) or part.text("type") not in ("code", "text"):
        draft.complete = False
    return Part(part.source, part.path, part.data, value)


def _question(draft: Draft, part: Part) -> Part:
    value, problems = read_value(_QUESTION, part.data, part.source, part.path)
    draft.problems += problems
    judged = value or _mended(part, problems)
    if judged is not None:
        for fault in find_question_faults(judged):
            place = part.place(*fault.at)
            draft.problems.append(Problem(place, fault.message, fault.rule, fault.hint))
    return Part(part.source, part.path, part.data, value)


def _mended(part: Part, problems: list[Problem]) -> Question | None:
    """The question without its unknown keys and with stand-ins for what has nothing to do with the answer."""
    unknown = {
        key for key in part.data if part.source.key_place(*part.path, key) in {one.place for one in problems}
    }
    data = {key: value for key, value in part.data.items() if key not in unknown}
    mended: Question | None = read_value(_QUESTION, {**data, **_STAND_INS}, part.source, part.path)[0]
    return mended
