"""Joins course.yaml, the files of the exercises and the hidden checks into one `Course`, or names every problem.

`inspect` reads everything and runs nothing. What one rule looks for stands in `course_rules`, how YAML becomes
typed content in `course_parse`.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from autograder.briefing import Brief, Briefing
from autograder.briefing import Limits as PlainLimits
from autograder.checks import Check
from autograder.content import (
    CodeExercise,
    CourseContent,
    Exercise,
    Grading,
    LessonContent,
    Limits,
    TextExercise,
    TextSettings,
)
from autograder.course_files import (
    find_file_problems,
    find_import_problems,
    find_solution_problems,
    read_all_checks,
)
from autograder.course_parse import Draft, parse_course
from autograder.course_rubrics import find_rubric_problems
from autograder.course_rules import find_rule_problems, problem_names_in
from autograder.errors import CourseError, Place, Problem, counted
from autograder.hashes import READ_BY_CHECKS, digest_of, hashes_below, is_below
from autograder.quiz import Question

Item = Exercise | Question

DECIDING = ("course.yaml", *READ_BY_CHECKS)
"""What decides a grade, from the root of the course; lessons in files of their own are added."""

_TIMES = 3
_CLOCK_BEHIND = 0.02
"""How many seconds the clock by which a file's date is written may be behind."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STUBS = frozenset({"youranswerhere", "writeyouranswerhere", "youranswer"})


class _Read(NamedTuple):
    """What the files of a course say, their hashes, and what is wrong with them."""

    draft: Draft
    checks: Mapping[str, tuple[Check, ...]]
    files: Mapping[str, str]
    problems: list[Problem]


@dataclass(frozen=True, eq=False)
class Lesson:
    """One lesson; `number` counts from 1, `folder` holds its lesson.md."""

    id: str
    title: str
    number: int
    folder: Path
    due: datetime | None
    lms: Mapping[str, str]
    exercises: tuple[Exercise, ...]
    questions: tuple[Question, ...]
    max_points: int

    @property
    def items(self) -> tuple[Item, ...]:
        """Exercises, then quiz questions, in the order of the file."""
        return (*self.exercises, *self.questions)


@dataclass(frozen=True, eq=False)
class Course:
    """A course without problems; `files` are the hashes of all that decide a grade, by their names, as they were read."""

    root: Path
    content: CourseContent
    lessons: tuple[Lesson, ...]
    checks: Mapping[str, tuple[Check, ...]]
    problem_names: tuple[str, ...]
    files: Mapping[str, str]
    _items: Mapping[str, Item] = field(repr=False)
    _lesson_of: Mapping[str, Lesson] = field(repr=False)
    _draft: Draft = field(repr=False)

    @property
    def id(self) -> str:
        return self.content.course.id

    @property
    def title(self) -> str:
        return self.content.course.title

    @property
    def before(self) -> str:
        return self.content.course.before

    @property
    def after(self) -> str:
        return self.content.course.after

    @property
    def grading(self) -> Grading:
        return self.content.grading

    @property
    def limits(self) -> Limits:
        return self.content.limits

    @property
    def reveal_inputs(self) -> bool:
        return self.content.reveal.inputs

    @property
    def text(self) -> TextSettings:
        return self.content.text

    @property
    def problems_path(self) -> Path | None:
        """The file of the practice problems, if the course has one."""
        return self.briefing.problems_path

    @cached_property
    def digest(self) -> str:
        """A hash of every file that decides a grade, with its name."""
        return digest_of(self.files)

    def is_edited(self) -> bool:
        """Whether a file that decides a grade is not what it was when the course was read. Raises OSError."""
        lessons = [name for name in self.files if not is_below(name, DECIDING)]
        return self.files != hashes_below(self.root, (*DECIDING, *lessons))

    @cached_property
    def briefing(self) -> Briefing:
        """What checkers are told of the course."""
        exercises = {
            one.id: Brief(
                self.checks[one.id],
                tuple(criterion.values for criterion in one.convergence),
                _plain(self.limits_of(one)),
            )
            for one in self.code_exercises
        }
        files = {name: found for name, found in self.files.items() if is_below(name, READ_BY_CHECKS)}
        return Briefing(self.root, _plain(self.limits), self.reveal_inputs, exercises, files)

    @cached_property
    def code_exercises(self) -> tuple[CodeExercise, ...]:
        return tuple(item for item in self._items.values() if isinstance(item, CodeExercise))

    @cached_property
    def text_exercises(self) -> tuple[TextExercise, ...]:
        return tuple(item for item in self._items.values() if isinstance(item, TextExercise))

    @cached_property
    def item_ids(self) -> frozenset[str]:
        """The ids of all exercises and quiz questions."""
        return frozenset(self._items)

    @cached_property
    def answerable(self) -> frozenset[str]:
        """The ids of what is answered in a cell of its own: text exercises and quiz questions."""
        return frozenset(key for key, item in self._items.items() if not isinstance(item, CodeExercise))

    def lesson(self, lesson_id: str) -> Lesson:
        """The lesson of that id; raises KeyError."""
        return {lesson.id: lesson for lesson in self.lessons}[lesson_id]

    def item(self, item_id: str) -> Item:
        """The exercise or question of that id; raises KeyError."""
        return self._items[item_id]

    def lesson_of(self, item_id: str) -> Lesson:
        """The lesson that an exercise or question belongs to; raises KeyError."""
        return self._lesson_of[item_id]

    def max_points(self, item_id: str) -> int:
        """What an exercise or question is worth; raises KeyError."""
        return _max_points(self._items[item_id], self.checks)

    def limits_of(self, exercise: CodeExercise) -> Limits:
        """The limits of the course with those of the exercise in their place."""
        return self.limits.over(exercise.limits)

    def exercise_folder(self, exercise_id: str) -> Path:
        """Where task, starter and visible checks lie."""
        return self.root / "course" / "exercises" / exercise_id

    def checks_folder(self, exercise_id: str) -> Path:
        """Where the hidden checks lie."""
        return self.root / "tests" / "hidden" / exercise_id

    def solutions_folder(self, exercise_id: str) -> Path:
        """Where solution, variants and mistakes lie; the folder may be absent."""
        return self.root / "solutions" / exercise_id

    def is_answered(self, exercise_id: str, answer: str) -> bool:
        """Whether the source of an answer cell holds more than what the released notebook held."""
        del exercise_id  # every text exercise is released with the same empty answer
        words = re.sub(r"[\W_]+", "", _COMMENT.sub("", answer)).lower()
        return bool(words) and words not in _STUBS


def read_course(root: Path) -> Course:
    """The course under *root*; raises CourseError holding every problem in it.

    Faults in `solutions/` are left to `validate`: grades do not depend on that folder.
    """
    read = _read(root)
    if read.problems or read.draft.content is None:
        raise CourseError(read.problems)
    return _assemble(root, read, read.draft.content)


def inspect(root: Path) -> tuple[Course | None, list[Problem]]:
    """The course under *root*, None if anything but `solutions/` has problems; and every problem, those of `solutions/` too, in the
    order of files and lines. Reads everything, runs nothing."""
    read = _read(root)
    content = None if read.problems else read.draft.content
    course = _assemble(root, read, content) if content else None
    return course, sorted({*read.problems, *find_solution_problems(root, read.draft)})


def author_problems(course: Course) -> list[Problem]:
    """What is wrong in `solutions/`: nobody who grades depends on that. Takes as long as reading the course itself."""
    return sorted({*find_solution_problems(course.root, course._draft)})


def _read(root: Path) -> _Read:
    """What `_read_once` says, of files that were not edited while they were read: what was read must be what was hashed."""
    for _ in range(_TIMES):
        started = time.time() - _CLOCK_BEHIND
        found = _read_once(root)
        if not _edited_since(started, root, found.files):
            break
    return found


def _edited_since(moment: float, root: Path, names: Iterable[str]) -> bool:
    try:
        return any((root / name).stat().st_ctime >= moment for name in names)
    except OSError:
        return True


def _read_once(root: Path) -> _Read:
    """What the course says, the hashes of its files, and what is wrong with it, `solutions/` apart, whose thousand files would take as
    long as the rest."""
    draft = parse_course(root)
    checks, check_problems = read_all_checks(root, draft)
    problems = {
        *draft.problems,
        *check_problems,
        *find_rule_problems(root, draft),
        *find_import_problems(root, draft),
        *find_rubric_problems(draft),
        *find_file_problems(root, draft),
    }
    files: dict[str, str] = {}
    try:
        files = hashes_below(root, (*DECIDING, *sorted(draft.files)))
        problems |= {*_unnamed(files)}
    except OSError as error:
        place = Place(os.path.relpath(error.filename or root, root))
        problems.add(Problem(place, f"cannot be read: {error.strerror}", "unreadable-file"))
    return _Read(draft, checks, files, sorted(problems))


def _unnamed(files: Iterable[str]) -> Iterator[Problem]:
    """Files whose names cannot travel to other machines, nor be written down."""
    for name in files:
        if (shown := os.fsencode(name).decode("utf-8", "backslashreplace")) != name:
            yield Problem(
                Place(shown), "the name is not UTF-8 text", "unreadable-file", "give it another name"
            )


def _assemble(root: Path, read: _Read, content: CourseContent) -> Course:
    lessons = tuple(
        _lesson(root, number, lesson, read.checks) for number, lesson in enumerate(read.draft.lessons, 1)
    )
    return Course(
        root,
        content,
        lessons,
        read.checks,
        tuple(problem_names_in(root)[0] or ()),
        read.files,
        {item.id: item for lesson in lessons for item in lesson.items},
        {item.id: lesson for lesson in lessons for item in lesson.items},
        read.draft,
    )


def _lesson(
    root: Path, number: int, content: LessonContent, checks: Mapping[str, tuple[Check, ...]]
) -> Lesson:
    return Lesson(
        content.id,
        content.title,
        number,
        root / "course" / "lessons" / f"{number:02}-{content.id}",
        content.due,
        content.lms,
        content.exercises,
        content.quiz,
        sum(_max_points(item, checks) for item in (*content.exercises, *content.quiz)),
    )


def _max_points(item: Item, checks: Mapping[str, Sequence[Check]]) -> int:
    if isinstance(item, CodeExercise):
        return sum(check.points for check in checks[item.id])
    return item.points


def _plain(limits: Limits) -> PlainLimits:
    return PlainLimits(limits.memory, limits.seconds_per_check, limits.seconds, limits.output)


def summary(course: Course) -> str:
    """The one line that `validate` prints for a course without problems."""
    code, text = len(course.code_exercises), len(course.text_exercises)
    questions = len(course.item_ids) - code - text
    checks = sum(len(found) for found in course.checks.values())
    points = sum(lesson.max_points for lesson in course.lessons)
    counts = [
        counted(len(course.lessons), "lesson"),
        counted(code, "code exercise"),
        counted(checks, "hidden check"),
        counted(text, "text exercise"),
        counted(questions, "quiz question"),
        counted(points, "point"),
    ]
    return f"course.yaml: {', '.join(counts)}, no problems"


def report(problems: Sequence[Problem]) -> list[str]:
    """The lines that `validate` prints for *problems*, the count last."""
    return [*map(str, problems), counted(len(problems), "problem")]
