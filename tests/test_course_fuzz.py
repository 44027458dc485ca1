"""However a course.yaml is broken, `validate` names places in its files and never stumbles itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import yamlsource
from autograder.course import inspect, read_course
from autograder.errors import CourseError

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "courses" / "tiny"

Way = tuple[str | int, ...]


def thawed(value: Any) -> Any:
    """*value* with lists that can be changed."""
    if isinstance(value, tuple):
        return [thawed(inner) for inner in value]
    return {key: thawed(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def ways(value: Any, way: Way = ()) -> Iterator[Way]:
    if way:
        yield way
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, inner in entries:
        yield from ways(inner, (*way, step))


def whole(root: Path) -> Any:
    """The course with the lessons that lie in files of their own put in their places."""
    course = yamlsource.read(root / "course.yaml").data
    lessons = [yamlsource.read(root / one).data if isinstance(one, str) else one for one in course["lessons"]]
    return thawed({**course, "lessons": tuple(lessons)})


COURSES = {"tiny": whole(TINY), "optimizers": whole(ROOT)}
JUNK = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**40, float("nan"), float("inf"), "", " ", "x", "a" * 6000, "../x", "{big}", "||", "{", "[]",
     "2027-02-30", "2027-02-10T00:00:00", "9999-12-31T23:59:59-23:59", "1 TiB", [], [[]], [None], ["x", "x"], {}, {"id": "x"},
     {"type": "code"}, {"type": []}, {"text": None}, "code", "text", "numeric", "matching", "averages", "moving_average"]
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, name: str) -> Any:
    """A course in which one to three values are something else, gone, or there twice."""
    course = deepcopy(COURSES[name])
    for _ in range(draw(st.integers(1, 3))):
        *outer, last = draw(st.sampled_from(sorted(ways(course), key=repr)))
        holder = course
        for step in outer:
            holder = holder[step]
        kind = draw(st.sampled_from(["junk", "junk", "delete", "twice", "rename"]))
        if kind == "junk":
            holder[last] = deepcopy(draw(JUNK))
        elif kind == "delete":
            del holder[last]
        elif isinstance(holder, list):
            holder.append(deepcopy(holder[last]))
        else:
            holder[f"{last}x"] = holder.pop(last) if kind == "rename" else deepcopy(holder[last])
    return course


@pytest.fixture(scope="module")
def tiny_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(TINY, tmp_path_factory.mktemp("fuzz") / "tiny"))


def assert_named(root: Path, course: Any) -> None:
    """Every problem has a place that exists, and a course is read exactly if nothing hinders it."""
    text = yaml.safe_dump(course, allow_unicode=True, sort_keys=False)
    (root / "course.yaml").write_text(text, encoding="utf-8")
    lines = text.split("\n")

    problems = inspect(root)[1]

    for problem in problems:
        place = problem.place
        assert problem.message
        assert problem.rule
        if place.file == "course.yaml" and place.line:
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1, str(problem)
    hindering = [problem for problem in problems if not problem.place.file.startswith("solutions/")]
    try:
        read_course(root)
    except CourseError as error:
        assert error.problems
    else:
        assert all(problem.rule.startswith("solution-") for problem in hindering)


fuzz = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@fuzz
@given(course=broken("tiny"))
def test_a_small_course_broken_anywhere_is_told(course: Any, tiny_copy: Path) -> None:
    """With all of its files in place."""
    assert_named(tiny_copy, course)


@settings(fuzz, max_examples=25)
@given(course=broken("optimizers"))
def test_a_large_course_broken_anywhere_is_told(course: Any, tmp_path: Path) -> None:
    """With rubrics, criteria and every type of question; its files are missing, too."""
    assert_named(tmp_path, course)
