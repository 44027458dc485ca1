"""Begins a course, a lesson, an exercise or a quiz question with something that already works, to be changed step by step.

What is new in course.yaml is put in without touching what stands there (`insert`); the texts are in `texts`. Nothing that
exists is overwritten, and nothing is written at all if a part cannot be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from autograder.content import LessonId, schema
from autograder.course_parse import FILE, Draft, LessonPart, parse_course
from autograder.errors import AutogradeError, CourseError, did_you_mean
from autograder.files import write_text
from autograder.quiz import Id
from autograder.scaffold import texts
from autograder.scaffold.insert import append

QUESTION_TYPES = tuple(texts.QUESTIONS)

_IDS = {
    "lesson": (TypeAdapter(LessonId), "lower-case letters, digits and `-`, a letter first"),
    "item": (TypeAdapter(Id), "lower-case letters, digits and `_`, a letter first"),
}


@dataclass(frozen=True)
class Made:
    """What was written, from the root of the course, and what to do with it."""

    files: tuple[str, ...]
    advice: str


def new_course(folder: Path, title: str = "") -> Made:
    """A course with one lesson, one exercise and one question in *folder*."""
    name = "-".join(re.findall(r"[a-z0-9]+", folder.resolve().name.lower())).lstrip("0123456789-")
    course = _valid_id(name or "my-course", "lesson")
    text = texts.COURSE.format(id=course, title=_quoted(title or _title(course)))
    lesson = texts.LESSON.format(id="first-lesson", title=_quoted("The first lesson"))
    text = append(text, FILE, (), "lessons", lesson)
    text = append(text, FILE, ("lessons", 0), "exercises", _code_entry("average", "The average"))
    text = append(
        text, FILE, ("lessons", 0), "quiz", texts.QUESTIONS["single-choice"].format(id="sum_or_average")
    )
    files = {
        FILE: text,
        "course.schema.json": schema(),
        ".gitignore": texts.IGNORED,
        "course/lessons/01-first-lesson/lesson.md": texts.LESSON_TEXT.format(title="The first lesson"),
        **_exercise_files("average", "The average"),
    }
    _write(folder, files)
    return Made(tuple(files), f"next: `cd {folder}`, then `autograde validate` and `autograde verify`")


def new_lesson(root: Path, lesson: str, title: str = "") -> Made:
    """A lesson at the end of the course."""
    draft = _draft(root)
    _valid_id(lesson, "lesson")
    if lesson in [part.text("id") for part in draft.parts]:
        raise AutogradeError(f"there is a lesson `{lesson}` already", "each lesson has an id of its own")
    title = title or _title(lesson)
    number = len(draft.source.data.get("lessons") or ()) + 1
    entry = texts.LESSON.format(id=lesson, title=_quoted(title))
    path = f"course/lessons/{number:02}-{lesson}/lesson.md"
    changed = append(_text_of(root, FILE), FILE, (), "lessons", entry)
    _write(root, {path: texts.LESSON_TEXT.format(title=title)}, {FILE: changed})
    return Made((FILE, path), f"next: write `{path}`; a `due` in {FILE} sets its date")


def new_exercise(root: Path, exercise: str, lesson: str = "", title: str = "", kind: str = "code") -> Made:
    """An exercise of *kind* `code` or `text` at the end of *lesson*, or of the last one."""
    part = _lesson_for(root, exercise, lesson)
    title = title or _title(exercise)
    if kind == "text":
        entry, files = texts.TEXT_EXERCISE.format(id=exercise, title=_quoted(title)), {}
        advice = "next: write the question and its concepts; docs/free-text.md explains them"
    else:
        entry, files = _code_entry(exercise, title), _exercise_files(exercise, title)
        advice = f"next: `autograde verify --exercise {exercise}`, then change its files one by one"
    return _add(root, part, "exercises", entry, files, advice)


def new_question(root: Path, question: str, kind: str, lesson: str = "") -> Made:
    """A quiz question of one of `QUESTION_TYPES` at the end of *lesson*, or of the last one."""
    part = _lesson_for(root, question, lesson)
    entry = texts.QUESTIONS[kind].format(id=question)
    return _add(root, part, "quiz", entry, {}, "next: write the question, then `autograde validate`")


def _add(root: Path, part: LessonPart, key: str, entry: str, files: dict[str, str], advice: str) -> Made:
    file = part.source.file
    changed = append(_text_of(root, file), file, part.path, key, entry)
    _write(root, files, {file: changed})
    return Made((file, *files), advice)


def _draft(root: Path) -> Draft:
    """The course as far as it can be read; what is wrong elsewhere in it hinders nobody from adding to it."""
    draft = parse_course(root)
    if draft.source.problems or not isinstance(draft.source.data, dict):
        raise CourseError(draft.problems)
    return draft


def _lesson_for(root: Path, item: str, lesson: str) -> LessonPart:
    """The lesson that *item* is to be added to."""
    draft = _draft(root)
    _valid_id(item, "item")
    taken = {one.text("id") for part in draft.parts for one in (*part.exercises, *part.questions)}
    if item in taken:
        message = f"there is an exercise or question `{item}` already"
        raise AutogradeError(message, "each needs an id of its own in the whole course")
    known = [part.text("id") for part in draft.parts]
    if not known or (lesson and lesson not in known):
        wanted = f"no lesson `{lesson}`" if lesson else "no lesson yet"
        raise AutogradeError(f"there is {wanted}", did_you_mean(lesson, known) or "`autograde new lesson ID`")
    return draft.parts[known.index(lesson) if lesson else -1]


def _valid_id(text: str, kind: str) -> str:
    adapter, allowed = _IDS[kind]
    try:
        return str(adapter.validate_python(text))
    except ValidationError:
        raise AutogradeError(f"`{text}` cannot be an id", f"use {allowed}") from None


def _title(identity: str) -> str:
    return re.sub(r"[-_]+", " ", identity).strip().capitalize()


def _quoted(text: str) -> str:
    """*text* as YAML reads it back whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def _code_entry(exercise: str, title: str) -> str:
    return texts.CODE_EXERCISE.format(id=exercise, title=_quoted(title))


def _exercise_files(exercise: str, title: str) -> dict[str, str]:
    return {
        path.format(id=exercise): text.replace("NAME", exercise).replace("TITLE", title)
        for path, text in texts.EXERCISE_FILES.items()
    }


def _text_of(root: Path, file: str) -> str:
    return (root / file).read_bytes().decode("utf-8-sig")


def _write(root: Path, files: dict[str, str], changed: dict[str, str] | None = None) -> None:
    """Writes new *files* and what is *changed*, in this order: an index never names what is not there."""
    there = [file for file in files if (root / file).exists()]
    if there:
        shown: Sequence[str] = [f"`{file}`" for file in there]
        raise AutogradeError(
            f"{', '.join(shown)} is there already", "nothing was written; choose another name"
        )
    for file, text in files.items():
        write_text(root / file, text)
    for file, text in (changed or {}).items():
        write_text(root / file, text, force=True)
