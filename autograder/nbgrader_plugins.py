"""What nbgrader's own commands load from us: named in nbgrader_config.py, used by `nbgrader autograde` and by formgrader.

Each class does its work for the lessons of our course, and leaves every other assignment to nbgrader's own class of the
same task.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor
from traitlets import Unicode

from autograder.course import Course, read_course


class InCourse(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Knows which assignments are lessons of the course that `c.InCourse.course` names."""

    course = Unicode("", help="The folder that holds course.yaml").tag(config=True)

    def lesson_course(self, resources: Any) -> Course | None:
        """The course, if the assignment at hand is one of its lessons."""
        course = _course(Path(self.course))
        name = resources["nbgrader"]["assignment"]
        return course if any(lesson.id == name for lesson in course.lessons) else None


@lru_cache(maxsize=1)
def _course(root: Path) -> Course:
    return read_course(root)


class KeepStarters(InCourse, ClearSolutions):  # type: ignore[misc]
    """Leaves starters and blank answers as they are; there is no solution in our notebooks that could be cleared."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        if self.lesson_course(resources):
            return nb, resources
        return ClearSolutions.preprocess(self, nb, resources)
