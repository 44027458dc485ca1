"""GIFT: Moodle's question format for the hand, a paragraph for each question.

It has no points, no feedback on the whole of several choices, and no weight of 100 where several may be chosen; a brace or
an arrow in the wrong place makes Moodle import another question without a word. Such questions are refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.export.quizzes import moodle_xml, richtext
from autograder.export.quizzes.richtext import UnsupportedError
from autograder.export.quizzes.sections import Rendered, Section, decimal, number, pairs
from autograder.quiz import (
    Matching,
    Numeric,
    Ordering,
    Question,
    SeveralChoices,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

_SPECIAL = re.compile(r"[~=#{}:\\]")
_WEIGHT = re.compile(r"%-*[0-9]{1,2}\.?[0-9]*%")


def render(section: Section, question: Question) -> str:
    """The paragraph of one question; raises UnsupportedError with the reason."""
    if question.points != 1:
        raise UnsupportedError(f"GIFT has no points, and it is worth {question.points}")
    text = _escape(_html(richtext.block(question.question)))
    lines = _answer(question)
    opening = "#" if isinstance(question, Numeric) else ""
    answer = lines[0] if isinstance(question, TrueFalse) else "\n".join([opening, *lines, ""])
    return f"// [id:{question.id}]\n::{question.id}::[html]{text} {{{answer}}}\n"


def assemble(course_id: str, rendered: Sequence[Rendered]) -> bytes:
    """UTF-8 without a byte order mark; a category before each lesson's questions."""
    parts = []
    for section, questions in rendered:
        parts.append(f"$CATEGORY: {moodle_xml.category(course_id, section)}\n")
        parts += [text for _, text in questions]
    return "\n".join(parts).encode()


def _answer(question: Question) -> list[str]:
    feedback = question.feedback
    match question:
        case TrueFalse():
            right, wrong = _feedback(feedback.right), _feedback(feedback.wrong)
            tail = f"#{wrong}#{right}" if right else f"#{wrong}" if wrong else ""
            return [f"{'TRUE' if question.answer else 'FALSE'}{tail}"]
        case SingleChoice():
            return [
                f"{'=' if option.right else '~'}{_option(option.text)}"
                f"{_comment(option.feedback, feedback.right if option.right else feedback.wrong)}"
                for option in question.options
            ]
        case SeveralChoices():
            return _several(question)
        case Numeric():
            answer = f"={number(decimal(question.answer))}:{number(decimal(question.tolerance))}"
            otherwise = [f"~{_comment(feedback.wrong)}"] if feedback.wrong.strip() else []
            return [f"{answer}{_comment(feedback.right)}", *otherwise]
        case ShortAnswer():
            return _short(question)
        case Matching() | Ordering():
            return _pairs(question)


def _several(question: SeveralChoices) -> list[str]:
    _refuse_feedback(question)
    count = len(question.right_letters)
    if count == 1:
        raise UnsupportedError("GIFT would make a single choice of several choices with one right option")
    part = moodle_xml.share(count)
    return [
        f"~%{part if option.right else f'-{part}'}%{_option(option.text)}{_comment(option.feedback)}"
        for option in question.options
    ]


def _short(question: ShortAnswer) -> list[str]:
    lines = []
    for answer in question.answers:
        text = richtext.plain(answer, "an answer")
        if "->" in text:
            raise UnsupportedError(f"GIFT takes `{text}` for a pair of a matching question")
        if _WEIGHT.match(text) or text.startswith("[") or "&&" in text:
            raise UnsupportedError(f"GIFT reads something else into `{text}`")
        lines.append(f"={_escape(moodle_xml.wildcard_free(text))}{_comment(question.feedback.right)}")
    # an answer of no weight that fits whatever else was written
    return [*lines, f"=%0%*{_comment(question.feedback.wrong)}"] if question.feedback.wrong.strip() else lines


def _pairs(question: Matching | Ordering) -> list[str]:
    _refuse_feedback(question)
    moodle_xml.refuse_few(question)
    lines = []
    for left, right in pairs(question):
        text = richtext.line(left) if isinstance(question, Matching) else left
        choice = richtext.plain(right, "a thing to choose")
        # `-` of an arrow is written as an entity on the left, which is HTML; the right side is plain text
        if "&&" in choice:
            raise UnsupportedError(f"GIFT reads something else into `{choice}`")
        lines.append(f"={_escape(_html(text).replace('-&gt;', '&#45;&gt;'))} -> {_escape(choice)}")
    return lines


def _refuse_feedback(question: Question) -> None:
    if question.feedback.right.strip() or question.feedback.wrong.strip():
        raise UnsupportedError("GIFT has no place for its feedback on the whole answer")


def _option(text: str) -> str:
    made = _html(richtext.line(text))
    return _escape(f"&#37;{made[1:]}" if _WEIGHT.match(made) else made)


def _feedback(text: str) -> str:
    return _escape(_html(richtext.block(text)))


def _comment(*texts: str) -> str:
    made = "".join(_feedback(text) for text in texts if text.strip())
    return f"#{made}" if made else ""


def _html(text: str) -> str:
    """HTML in which nothing is taken for a format in brackets."""
    return f"&#91;{text[1:]}" if text.startswith("[") else text


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")
