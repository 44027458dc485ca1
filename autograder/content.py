"""The types of course.yaml: strict and frozen, with no key that is not known. `schema` gives them as a JSON Schema.

Only what one value can say by itself is judged here. What holds between values and files is for `course`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

try:  # until the module is there
    from autograder.freetext import Concept, Example, Misconception, TextDefaults
except ModuleNotFoundError:

    class _Any(BaseModel):
        model_config = ConfigDict(frozen=True, extra="allow")

    class Concept(_Any): ...

    class Example(_Any): ...

    class Misconception(_Any): ...

    class TextDefaults(_Any): ...


from autograder.quiz import AnyQuestion, Id, Points, Text

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
Setting = bool | int | float | str


class Model(BaseModel):
    """What all types of the course have in common."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class CourseInfo(Model):
    """What the course is called and what stands before and after it."""

    id: LessonId
    title: Text
    before: str = ""
    after: str = ""


class Late(Model):
    """What a late hand-in loses: *percent_per_day* for every day begun, never more than *at_most* percent."""

    percent_per_day: Percent
    at_most: Percent = 100.0
    grace_minutes: Annotated[float, Field(ge=0, le=60 * 24 * 14)] = 0.0


class Extension(Model):
    """Another due date for one student."""

    student: Text
    lesson: LessonId
    due: Due


class Grading(Model):
    """What happens to the points afterwards."""

    late: Late | None = None
    attempts: Literal["last", "best"] = "last"
    extensions: tuple[Extension, ...] = ()


class Reveal(Model):
    """What students may see of hidden checks."""

    inputs: bool = False


class Limits(Model):
    """What a submission may use. `seconds` is for all checks of one exercise together."""

    memory: Annotated[Size, Field(ge=128 * MIB, le=1024 * GIB)] = GIB
    seconds_per_check: Annotated[float, Field(gt=0, le=3600)] = 10.0
    seconds: Annotated[float, Field(gt=0, le=24 * 3600)] = 30.0
    output: Annotated[Size, Field(ge=KIB, le=16 * MIB)] = 64 * KIB

    def over(self, limits: Limits | None) -> Limits:
        """These limits, with those that *limits* sets in their place."""
        if limits is None:
            return self
        return self.model_copy(update={name: getattr(limits, name) for name in limits.model_fields_set})


class TextSettings(Model):
    """What holds for all free-text exercises."""

    defaults: TextDefaults = TextDefaults()
    synonyms: dict[str, Text] = {}


class Criterion(BaseModel):
    """One convergence criterion. Keys beyond the three are the author's, and reach the check as they are."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow")
    __pydantic_extra__: dict[str, Setting]

    problem: Name
    points: Points
    within: Annotated[float, Field(gt=0)] | None = None

    @property
    def settings(self) -> Mapping[str, Setting]:
        """The author's own keys: learning rate, steps, seed and the like."""
        return dict(self.__pydantic_extra__ or {})

    @property
    def values(self) -> Mapping[str, Any]:
        """All keys of the criterion."""
        within = {} if self.within is None else {"within": self.within}
        return {"problem": self.problem, **self.settings, **within, "points": self.points}


class CodeExercise(Model):
    """An exercise in which students write functions; its folder names are its id."""

    id: Id
    type: Literal["code"]
    title: Text
    functions: Annotated[tuple[Name, ...], Field(min_length=1)]
    needs: tuple[Literal["scikit-learn"], ...] = ()
    limits: Limits | None = None
    convergence: tuple[Criterion, ...] = ()


class TextExercise(Model):
    """An exercise that is answered in sentences; a score is suggested, and a person confirms it."""

    id: Id
    type: Literal["text"]
    title: str = ""
    question: Text
    points: Points
    concepts: tuple[Concept, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    examples: tuple[Example, ...] = ()


Exercise = CodeExercise | TextExercise
AnyExercise = Annotated[Exercise, Field(discriminator="type")]


class LessonContent(Model):
    """One lesson: its text lies in course/lessons/<NN>-<id>/lesson.md."""

    id: LessonId
    title: Text
    due: Due | None = None
    lms: dict[str, LmsColumn] = {}
    exercises: tuple[AnyExercise, ...] = ()
    quiz: tuple[AnyQuestion, ...] = ()


class CourseContent(Model):
    """The whole of course.yaml."""

    format: Literal[1]
    course: CourseInfo
    grading: Grading = Grading()
    reveal: Reveal = Reveal()
    limits: Limits = Limits()
    text: TextSettings = TextSettings()
    lessons: Annotated[tuple[LessonContent | Text, ...], Field(min_length=1)]
