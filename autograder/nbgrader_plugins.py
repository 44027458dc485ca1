"""What nbgrader's own commands load from us: named in nbgrader_config.py, used by `nbgrader autograde` and by formgrader.

Each class does its work for the lessons of our course, and leaves every other assignment to nbgrader's own class for the
same task. A hand-in is read from its file, graded and written to the gradebook by the very functions that `autograde grade`
uses, so that both roads end in the same rows.
"""

from __future__ import annotations

import atexit
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import (
    AssignLatePenalties,
    ClearOutput,
    ClearSolutions,
    DeduplicateIds,
    Execute,
    NbGraderPreprocessor,
    OverwriteCells,
    SaveAutoGrades,
)
from traitlets import Unicode

from autograder import gradebook, lateness
from autograder.classroom import Classroom
from autograder.course import Course, Lesson, read_course
from autograder.hand_backs import hand_back, shown
from autograder.report import Report
from autograder.submissions import Submission, read_handin

IDLE_SECONDS = 120.0
"""formgrader's server lives for days; a checker that nobody asks is ended after this time."""


class InCourse(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types; so for all classes here
    """Knows which assignments are lessons of the course that `c.InCourse.course` names."""

    course = Unicode("", help="The folder that holds course.yaml").tag(config=True)

    def lesson(self, resources: Any) -> tuple[Course, Lesson] | None:
        """The course and the lesson, if the assignment at hand is one."""
        course = _course(Path(self.course))
        name = resources["nbgrader"]["assignment"]
        return next(((course, lesson) for lesson in course.lessons if lesson.id == name), None)

    def room(self, resources: Any) -> Classroom:
        """The course directory of the command that is running, with the database that it was told to use."""
        return Classroom(Path(self._directory.root), resources["nbgrader"]["db_url"])

    def submission(self, course: Course, lesson: Lesson, resources: Any) -> Submission:
        """The hand-in as it was submitted, before nbgrader touched it."""
        student = resources["nbgrader"]["student"]
        directory = self._directory
        folder = directory.format_path(directory.submitted_directory, student, lesson.id)
        return read_handin(course, lesson, student, Path(folder))

    @property
    def _directory(self) -> Any:
        return self.parent.parent.coursedir  # preprocessor -> exporter -> converter


class KeepStarters(InCourse, ClearSolutions):  # type: ignore[misc]
    """Leaves starters and blank answers as they are; there is no solution in our notebooks that could be cleared."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        return (nb, resources) if self.lesson(resources) else ClearSolutions.preprocess(self, nb, resources)


class ForeignClearOutput(InCourse, ClearOutput):  # type: ignore[misc]
    """nbgrader's ClearOutput; ours keeps the outputs that students handed in, made harmless."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        return (nb, resources) if self.lesson(resources) else ClearOutput.preprocess(self, nb, resources)


class ForeignDeduplicateIds(InCourse, DeduplicateIds):  # type: ignore[misc]
    """nbgrader's DeduplicateIds, after which a copied cell stops the whole batch; ours keeps one of them."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        return (nb, resources) if self.lesson(resources) else DeduplicateIds.preprocess(self, nb, resources)


class ForeignOverwriteCells(InCourse, OverwriteCells):  # type: ignore[misc]
    """nbgrader's OverwriteCells; `RestoreCells` did the same for ours, and put back what was deleted."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        return (nb, resources) if self.lesson(resources) else OverwriteCells.preprocess(self, nb, resources)


class ForeignExecute(InCourse, Execute):  # type: ignore[misc]
    """nbgrader's Execute; no notebook of ours is run outside of the sandbox."""

    def preprocess(self, nb: Any, resources: Any, *args: Any, **kwargs: Any) -> Any:
        if self.lesson(resources):
            return nb, resources
        return Execute.preprocess(self, nb, resources, *args, **kwargs)


class RestoreCells(InCourse):
    """While sanitising: the hand-in with every cell of ours restored, and everything active removed."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        found = self.lesson(resources)
        if not found:
            return nb, resources
        course, lesson = found
        submission = self.submission(course, lesson, resources)
        empty = Report(submission.student, lesson.id, ())
        return _as_node(shown(course, hand_back(course, submission, empty))), resources


class RunChecks(InCourse):
    """In the place of Execute: runs the hidden checks in the sandbox and shows their outcomes in the notebook."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        found = self.lesson(resources)
        if not found:
            return nb, resources
        course, lesson = found
        submission = self.submission(course, lesson, resources)
        room = self.room(resources)
        report = gradebook.taught(course, room, submission, _shared.grade(course, submission, room.kept))
        resources["autograde"] = (submission, report)
        return _as_node(shown(course, hand_back(course, submission, report))), resources


class SaveReport(InCourse, SaveAutoGrades):  # type: ignore[misc]
    """In the place of SaveAutoGrades: writes the report of RunChecks to the gradebook."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        found = self.lesson(resources)
        if not found:
            return SaveAutoGrades.preprocess(self, nb, resources)
        course, _ = found
        gradebook.write(course, self.room(resources), [resources["autograde"]], notebooks=False)
        return nb, resources


class LatePolicy(LateSubmissionPlugin):  # type: ignore[misc]
    """nbgrader's late-submission plugin for the policy in course.yaml."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points to take off, None for nothing."""
        del student_id  # nbgrader has added this student's extension to the due date
        policy = _course(Path(self.parent.course)).grading.late
        lost = lateness.penalty(policy, total_seconds_late, score)
        return None if lost is None else float(lost)


class LatePenalties(InCourse, AssignLatePenalties):  # type: ignore[misc]
    """nbgrader's AssignLatePenalties, with our policy for our lessons and the configured plugin for all others."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        if self.lesson(resources):
            self.plugin_class = LatePolicy
        return AssignLatePenalties.preprocess(self, nb, resources)


def _as_node(notebook: dict[str, Any]) -> Any:
    return nbformat.reads(json.dumps(notebook), as_version=4)


def _course(root: Path) -> Course:
    """The course at *root*, read again when one of its files has changed: nbgrader's server runs for days."""
    course = _read.get(root)
    if course is None or course.is_edited():
        course = _read[root] = read_course(root)
    return course


_read: dict[Path, Course] = {}


@dataclass
class _SharedChecker:
    """One checker for all notebooks of this process, started when first needed, ended when idle or at exit."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    checker: Any = None
    diagnoser: Any = None
    digest: str = ""
    timer: threading.Timer | None = None

    def grade(self, course: Course, submission: Submission, kept: Path) -> Report:
        """The report of *submission*; raises SandboxError if this machine cannot contain a stranger's code.

        What known mistakes look like is kept in the folder *kept*, where `autograde grade` has it too.
        """
        # most commands of nbgrader that load this module grade nothing
        from autograder.checking import Checker
        from autograder.diagnosis import Diagnoser
        from autograder.executors import OneChecker
        from autograder.grade import grade_submission

        with self.lock:
            self._stop_timer()
            if self.checker is None or self.digest != course.digest:
                self._close()
                checker = Checker(course.briefing)
                checker.__enter__()
                self.checker, self.digest = checker, course.digest
                self.diagnoser = Diagnoser(course, OneChecker(checker), kept)
            try:
                return grade_submission(course, submission, self.checker, self.diagnoser)
            finally:
                self.timer = threading.Timer(IDLE_SECONDS, self.close)
                self.timer.daemon = True
                self.timer.start()

    def close(self) -> None:
        with self.lock:
            self._stop_timer()
            self._close()

    def _stop_timer(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    def _close(self) -> None:
        if self.checker is not None:
            self.checker.close()
            self.checker = self.diagnoser = None


_shared = _SharedChecker()
atexit.register(_shared.close)
