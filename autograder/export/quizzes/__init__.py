"""Quizzes as packages that an LMS imports: each format is one module and one line in `FORMATS`.

Pure functions to bytes; the same course gives the same bytes. What a format cannot say is refused with the reason, and
what it says a little differently is named; nothing is changed in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.errors import ExportError
from autograder.export.quizzes import canvas_qti, gift, moodle_xml
from autograder.export.quizzes.richtext import UnsupportedError
from autograder.export.quizzes.sections import Rendered, Section
from autograder.export.values import Export, File, Notice
from autograder.quiz import Matching, Ordering, Question, SeveralChoices

__all__ = ["FORMATS", "QuizFormat", "Section", "make"]


@dataclass(frozen=True)
class QuizFormat:
    """One format: `render` says one question and raises UnsupportedError, `assemble` puts what was said into one file."""

    title: str
    render: Callable[[Section, Question], str]
    assemble: Callable[[str, Sequence[Rendered]], bytes]
    name: str


FORMATS: dict[str, QuizFormat] = {
    "canvas-qti": QuizFormat(
        "Canvas quizzes (QTI 1.2)", canvas_qti.render, canvas_qti.assemble, "quizzes-canvas.zip"
    ),
    "gift": QuizFormat(
        "Moodle question bank (GIFT, to be edited by hand)", gift.render, gift.assemble, "quizzes.gift"
    ),
    "moodle-xml": QuizFormat(
        "Moodle question bank (XML)", moodle_xml.render, moodle_xml.assemble, "quizzes-moodle.xml"
    ),
}

_DIFFERENT: tuple[tuple[type, str], ...] = (
    (
        SeveralChoices,
        "gives part of the points for part of the right options, and takes some off for each wrong one",
    ),
    (Matching, "gives part of the points for part of the pairs"),
    (Ordering, "has no ordering: students match places with items, and each gives part of the points"),
)


def make(format_name: str, course_id: str, sections: Sequence[Section], *, leave_out: bool = False) -> Export:
    """The package of all questions in *sections*; with *leave_out* those that the format cannot say are left out and named."""
    chosen = FORMATS[format_name]
    rendered, refused = [], []
    for section in sections:
        said: list[tuple[Question, str]] = []
        for question in section.questions:
            try:
                said.append((question, chosen.render(section, question)))
            except UnsupportedError as error:
                refused.append(f"`{question.id}` in `{section.id}`: {error}")
        if said:
            rendered.append(Rendered(section, tuple(said)))
    if refused and not leave_out:
        raise ExportError(
            "\n".join([f"{chosen.title} cannot say:", *refused]),
            "choose another format, change the questions, or write the rest with `--leave-out`",
        )
    if not rendered:
        raise ExportError("there is no question to export", "name lessons that have a quiz")
    notices = [Notice("lesson", f"{reason}; left out") for reason in refused]
    notices += _differences(chosen, [question for one in rendered for question, _ in one.questions])
    return Export((File(chosen.name, chosen.assemble(course_id, rendered)),), notices=tuple(notices))


def _differences(chosen: QuizFormat, questions: Sequence[Question]) -> list[Notice]:
    """What the LMS marks in another way than we do."""
    lms = chosen.title.partition(" ")[0]
    found = []
    for kind, what in _DIFFERENT:
        names = [f"`{question.id}`" for question in questions if isinstance(question, kind)]
        if names:
            found.append(Notice("file", f"{lms} {what}: {', '.join(names)}"))
    return found
