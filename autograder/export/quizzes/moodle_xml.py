"""Moodle XML: the question bank, a category for each lesson.

Moodle skips a question whose fractions are not on its list, reads `5%` as 5 and takes a choice without a right option;
so fractions are written with five decimals and everything else is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from autograder.export.quizzes import richtext
from autograder.export.quizzes.richtext import UnsupportedError
from autograder.export.quizzes.sections import Rendered, Section, decimal, number, pairs, shown
from autograder.quiz import (
    Matching,
    Numeric,
    Option,
    Ordering,
    Question,
    SeveralChoices,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

SHARES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20)
"""Into how many equal parts Moodle can cut the points of a question."""

CATEGORY = "$course$/top"
_TYPES: dict[type, str] = {
    TrueFalse: "truefalse",
    SingleChoice: "multichoice",
    SeveralChoices: "multichoice",
    Numeric: "numerical",
    ShortAnswer: "shortanswer",
    Matching: "matching",
    Ordering: "matching",
}


def render(section: Section, question: Question) -> str:
    """The `<question>` element; raises UnsupportedError with the reason."""
    lines = [
        f'  <question type="{_TYPES[type(question)]}">',
        f"    <name><text>{escape(question.id)}</text></name>",
        f'    <questiontext format="html"><text>{escape(richtext.block(question.question))}</text></questiontext>',
        '    <generalfeedback format="html"><text></text></generalfeedback>',
        f"    <defaultgrade>{question.points}</defaultgrade>",
        "    <penalty>0</penalty>",
        "    <hidden>0</hidden>",
        f"    <idnumber>{escape(question.id)}</idnumber>",
        *(f"    {line}" for line in _specifics(question)),
        "  </question>",
    ]
    return "\n".join(lines) + "\n"


def assemble(course_id: str, rendered: Sequence[Rendered]) -> bytes:
    """All questions, each lesson's after the element that names its category."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for section, questions in rendered:
        parts.append(_category(course_id, section))
        parts += [text for _, text in questions]
    return "".join([*parts, "</quiz>\n"]).encode()


def category(course_id: str, section: Section) -> str:
    """Where a lesson's questions lie; `//` is a slash within a name."""
    title = " ".join(section.title.split()).replace("/", "//")
    return f"{CATEGORY}/{course_id}/{title}"


def share(count: int) -> str:
    """The fraction for each of *count* right options, in percent; raises UnsupportedError if Moodle has no such fraction."""
    if count not in SHARES:
        raise UnsupportedError(
            f"it has {count} right options, and Moodle cannot cut the points into {count} equal parts"
        )
    return number(round(Decimal(100) / count, 5))


def refuse_few(question: Matching | Ordering) -> None:
    """Raises UnsupportedError for two pairs."""
    if len(set(shown(question))) < 3:
        raise UnsupportedError("Moodle needs three things to choose from in a matching question")


def wildcard_free(text: str) -> str:
    """`*` stands for anything in Moodle unless it is escaped."""
    return text.replace("*", r"\*")


def _category(course_id: str, section: Section) -> str:
    return (
        '  <question type="category">\n'
        f"    <category><text>{escape(category(course_id, section))}</text></category>\n"
        f"    <idnumber>{escape(section.id)}</idnumber>\n"
        "  </question>\n"
    )


def _specifics(question: Question) -> list[str]:
    feedback = question.feedback
    match question:
        case TrueFalse():
            wrong = "false" if question.answer else "true"
            return [
                _answer("100", str(question.answer).lower(), feedback.right, form="moodle_auto_format"),
                _answer("0", wrong, feedback.wrong, form="moodle_auto_format"),
            ]
        case SingleChoice():
            shares = ["100" if option.right else "0" for option in question.options]
            return ["<single>true</single>", *_choice(question.options, shares), *_combined(question)]
        case SeveralChoices():
            part = share(len(question.right_letters))
            shares = [part if option.right else f"-{part}" for option in question.options]
            return ["<single>false</single>", *_choice(question.options, shares), *_combined(question)]
        case Numeric():
            return _numeric(question)
        case ShortAnswer():
            answers = [
                _answer("100", wildcard_free(richtext.plain(text, "an answer")), feedback.right)
                for text in question.answers
            ]
            return ["<usecase>0</usecase>", *answers, *_otherwise(feedback.wrong)]
        case Matching() | Ordering():
            return [*_pairs(question), *_combined(question)]


def _choice(options: Sequence[Option], shares: Sequence[str]) -> list[str]:
    return [
        "<shuffleanswers>false</shuffleanswers>",
        "<answernumbering>abc</answernumbering>",
        *(
            f'<answer fraction="{part}" format="html"><text>{escape(richtext.line(option.text))}</text>'
            f"{_feedback('feedback', option.feedback)}</answer>"
            for option, part in zip(options, shares, strict=True)
        ),
    ]


def _numeric(question: Numeric) -> list[str]:
    answer, tolerance = number(decimal(question.answer)), number(decimal(question.tolerance))
    right = (
        f'<answer fraction="100" format="moodle_auto_format"><text>{answer}</text>'
        f"{_feedback('feedback', question.feedback.right)}<tolerance>{tolerance}</tolerance></answer>"
    )
    otherwise = [
        line.replace("</answer>", "<tolerance>0</tolerance></answer>")
        for line in _otherwise(question.feedback.wrong)
    ]
    return [
        right,
        *otherwise,
        "<unitgradingtype>0</unitgradingtype>",
        "<unitpenalty>0</unitpenalty>",
        "<showunits>3</showunits>",
    ]


def _pairs(question: Matching | Ordering) -> list[str]:
    refuse_few(question)
    found = ["<shuffleanswers>true</shuffleanswers>"]
    for left, right in pairs(question):
        choice = escape(richtext.plain(right, "a thing to choose"))
        text = richtext.line(left) if isinstance(question, Matching) else left
        found.append(
            f'<subquestion format="html"><text>{escape(text)}</text><answer><text>{choice}</text></answer></subquestion>'
        )
    return found


def _combined(question: Question) -> list[str]:
    wrong = question.feedback.wrong
    return [
        _feedback("correctfeedback", question.feedback.right),
        _feedback("partiallycorrectfeedback", wrong),
        _feedback("incorrectfeedback", wrong),
    ]


def _otherwise(feedback: str) -> list[str]:
    """The answer that fits whatever else was written, where there is something to say to that."""
    return [_answer("0", "*", feedback)] if feedback.strip() else []


def _answer(fraction: str, text: str, feedback: str, form: str = "moodle_auto_format") -> str:
    return f'<answer fraction="{fraction}" format="{form}"><text>{escape(text)}</text>{_feedback("feedback", feedback)}</answer>'


def _feedback(name: str, text: str) -> str:
    return f'<{name} format="html"><text>{escape(richtext.block(text))}</text></{name}>'
