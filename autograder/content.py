"""The types of course.yaml: strict and frozen, with no key that is not known. `schema` gives them as a JSON Schema.

Only what one value can say by itself is judged here. What holds between values and files is for `course`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from autograder.quiz import AnyQuestion, Id, Points, Text
from autograder.rubric import About, Concept, Example, Misconception, TextDefaults

FORMAT = 1
"""The version of the format that this package reads."""

KIB, MIB, GIB = 1024, 1024**2, 1024**3
_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": KIB, "mib": MIB, "gib": GIB}
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]*)")

LessonId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)]


def _size(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _SIZE.fullmatch(value.strip())
    if match is None or match[2].lower() not in _UNITS:
        raise PydanticCustomError(
            "size", "`{value}` is not a size", {"value": value[:40], "hint": "write `1 GiB` or `512 MiB`"}
        )
    return int(float(match[1]) * _UNITS[match[2].lower()])


def _due(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    example = "2027-02-15T23:59:00+01:00"
    try:
        due = datetime.fromisoformat(value.strip())
    except ValueError:
        raise PydanticCustomError(
            "due", "`{value}` is not a date and time", {"value": value[:40], "hint": f"write `{example}`"}
        ) from None
    if due.tzinfo is None:
        raise PydanticCustomError(
            "due-zone",
            "`{value}` has no time zone",
            {"value": value[:40], "hint": f"add the offset from UTC: `{example}`"},
        )
    if not 2000 <= due.year <= 2200:
        raise PydanticCustomError(
            "due", "`{value}` is not in this century", {"value": value[:40], "hint": f"write `{example}`"}
        )
    return due


def _text_of_number(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Size = Annotated[
    int,
    BeforeValidator(_size),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": r"^[0-9.]+ ?([KMG]i?)?[Bb]?$"}, {"type": "integer"}]}
    ),
]
Due = Annotated[datetime, BeforeValidator(_due), WithJsonSchema({"type": "string", "format": "date-time"})]
LmsColumn = Annotated[
    str,
    BeforeValidator(_text_of_number),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]
Percent = Annotated[float, Field(ge=0, le=100)]


class Model(BaseModel):
    """What all types of the course have in common."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )


class CourseInfo(Model):
    """What the course is called and what stands before and after it."""

    id: LessonId
    """A short name, in file names and in the LMS."""

    title: Text
    """The name that students read."""

    before: str = ""
    """What students have learnt before."""

    after: str = ""
    """What comes next."""


class Late(Model):
    """What a late hand-in loses."""

    percent_per_day: Percent
    """Percent of the points of the lesson that are taken off for every day begun."""

    at_most: Percent = 100.0
    """Never more than this many percent."""

    grace_minutes: Annotated[float, Field(ge=0, le=60 * 24 * 14)] = 0.0
    """A hand-in that is late by no more than this many minutes counts as in time."""


class Extension(Model):
    """Another due date for one student."""

    student: Text
    """The student's id, as in nbgrader."""

    lesson: LessonId
    """The id of the lesson."""

    due: Due
    """The date that holds for this student."""


class Grading(Model):
    """What happens to the points afterwards."""

    late: Late | None = None
    """The late policy; without it, a late hand-in loses nothing."""

    attempts: Literal["last", "best"] = "last"
    """Which of several hand-ins counts."""

    extensions: tuple[Extension, ...] = ()
    """Other due dates for some students."""


class Reveal(Model):
    """What students may see of hidden checks."""

    inputs: bool = False
    """Whether messages may name the inputs of hidden checks."""


class Limits(Model):
    """What a submission may use."""

    memory: Annotated[Size, Field(ge=128 * MIB, le=1024 * GIB)] = GIB
    """Main memory, such as `1 GiB`."""

    seconds_per_check: Annotated[float, Field(gt=0, le=3600)] = 10.0
    """Computing time of one check."""

    seconds: Annotated[float, Field(gt=0, le=24 * 3600)] = 30.0
    """Computing time of all checks of one exercise together."""

    output: Annotated[Size, Field(ge=KIB, le=16 * MIB)] = 64 * KIB
    """How much of what the code prints is kept, such as `64 KiB`."""

    def over(self, limits: Limits | None) -> Limits:
        """These limits, with those that *limits* sets in their place."""
        if limits is None:
            return self
        return self.model_copy(update={name: getattr(limits, name) for name in limits.model_fields_set})


class TextSettings(Model):
    """What holds for all free-text exercises."""

    defaults: TextDefaults = TextDefaults()
    """Length, rounding and deductions."""

    synonyms: dict[str, Text] = {}
    """Groups of words that patterns use as `{name}`, such as `big: large|high|big`."""


def _setting(value: Any) -> Any:
    if isinstance(value, bool | int | str) or (isinstance(value, float) and math.isfinite(value)):
        return value
    hint = "write several settings as several keys"
    raise PydanticCustomError(
        "setting", "must be a finite number, a text or `true` or `false`", {"hint": hint}
    )


Setting = Annotated[Any, BeforeValidator(_setting)]


class Criterion(BaseModel):
    """One convergence criterion. Keys beyond the three are the author's, and reach the check as they are."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="allow", allow_inf_nan=False, use_attribute_docstrings=True
    )
    __pydantic_extra__: dict[str, Setting]

    problem: Name
    """A key of `PROBLEMS` in course/problems.py."""

    points: Points
    """What the check is worth."""

    within: Annotated[float, Field(gt=0)] | None = None
    """How near to the lowest loss the result must come."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """The author's own keys: learning rate, steps, seed and the like."""
        return dict(self.__pydantic_extra__ or {})

    @property
    def values(self) -> Mapping[str, Any]:
        """All keys of the criterion."""
        within = {} if self.within is None else {"within": self.within}
        return {"problem": self.problem, **self.settings, **within, "points": self.points}


class CodeExercise(Model):
    """An exercise in which students write functions; its folders have its id as their name."""

    id: Id
    """The name of its folders in course/exercises, tests/hidden and solutions."""

    type: Literal["code"]

    title: Text
    """The heading in the notebook."""

    functions: Annotated[tuple[Name, ...], Field(min_length=1)]
    """The functions that students write; the starter defines them."""

    needs: tuple[Literal["scikit-learn"], ...] = ()
    """Libraries beyond numpy."""

    limits: Limits | None = None
    """Limits of this exercise in the place of the course's."""

    convergence: tuple[Criterion, ...] = ()
    """Criteria, each of which becomes one check."""


class TextExercise(Model):
    """An exercise that is answered in sentences; a score is suggested, and a person confirms it."""

    id: Id
    """Its name in notebooks and in the gradebook."""

    type: Literal["text"]

    title: str = ""
    """The heading in the notebook."""

    question: Text
    """What students answer."""

    points: Points
    """The most that an answer can earn."""

    about: About | None = None
    """Whom the question is about; what an answer says of others does not count."""

    concepts: tuple[Concept, ...] = ()
    """What a full answer says."""

    misconceptions: tuple[Misconception, ...] = ()
    """What a right answer does not say."""

    examples: tuple[Example, ...] = ()
    """Answers with the concepts that must be found in them."""


Exercise = CodeExercise | TextExercise
AnyExercise = Annotated[Exercise, Field(discriminator="type")]


class LessonContent(Model):
    """One lesson: its text lies in course/lessons/NN-ID/lesson.md, where NN is its place in the list."""

    id: LessonId
    """The name of its folder and of its notebook."""

    title: Text
    """The heading that students read."""

    due: Due | None = None
    """Until when it can be handed in, with the zone; without it, nothing is ever late."""

    lms: dict[str, LmsColumn] = {}
    """The column of this lesson in an LMS: `{canvas: 101, moodle: hw3}`."""

    exercises: tuple[AnyExercise, ...] = ()
    """Code and free-text exercises, in the order of the notebook."""

    quiz: tuple[AnyQuestion, ...] = ()
    """Quiz questions, after the exercises."""


class CourseContent(Model):
    """The whole of course.yaml."""

    model_config = ConfigDict(title="course.yaml")

    format: Literal[1]
    """The version of this format."""

    course: CourseInfo
    """Which course this is."""

    grading: Grading = Grading()
    """Late policy, attempts and extensions."""

    reveal: Reveal = Reveal()
    """What students may see of hidden checks."""

    limits: Limits = Limits()
    """What a submission may use."""

    text: TextSettings = TextSettings()
    """What holds for all free-text exercises."""

    lessons: Annotated[tuple[LessonContent | Text, ...], Field(min_length=1)]
    """The lessons in their order; one may be written as the path of a file that holds it."""


def schema() -> str:
    """The JSON Schema of course.yaml, as docs/course.schema.json holds it for editors."""
    return json.dumps(CourseContent.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
