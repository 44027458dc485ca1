"""How a quiz question looks in a notebook: the Markdown that asks it, and the cell that takes the answer.

Nothing here depends on which answer is right, except through the order in which `quiz` shows the parts.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder import quiz
from autograder.errors import counted

BLANK = "answer = ..."


def asked(question: quiz.Question, number: int, count: int) -> str:
    """The Markdown of question *number* of *count*."""
    heading = f"### Question {number} of {count} ({points(question.points)})"
    return "\n\n".join([heading, question.question.strip(), *_choices(question), f"*{_how(question)}*"])


def answer_cell(question: quiz.Question) -> str:
    """The source of the empty answer cell; its first line tells whose answer it is, should the cell lose its metadata."""
    return f"# answer to: {question.id}\n{BLANK}"


def points(number: int) -> str:
    """ "1 point", "2 points"."""
    return counted(number, "point")


def _choices(question: quiz.Question) -> list[str]:
    match question:
        case quiz.SingleChoice() | quiz.SeveralChoices():
            return [_lettered([option.text for option in question.options])]
        case quiz.Ordering():
            return [_lettered(question.shown)]
        case quiz.Matching():
            return [_numbered(question.left), _lettered(question.shown)]
    return []


def _lettered(texts: Sequence[str]) -> str:
    return _rows(f"**{letter})** {text}" for letter, text in zip(quiz.LETTERS, texts, strict=False))


def _numbered(texts: Sequence[str]) -> str:
    return _rows(f"**{number}.** {text}" for number, text in enumerate(texts, 1))


def _rows(rows: object) -> str:
    """One row below the other; a backslash at the end of a line is Markdown's line break."""
    return "\\\n".join(" ".join(str(row).split()) for row in rows)  # type: ignore[attr-defined]


def _how(question: quiz.Question) -> str:
    match question:
        case quiz.TrueFalse():
            return "Write `answer = True` or `answer = False`."
        case quiz.SingleChoice():
            return 'One is right. Write its letter in quotes, as in `answer = "?"`.'
        case quiz.SeveralChoices():
            return 'One or more are right. Write all their letters, as in `answer = ["?", "?"]`.'
        case quiz.Numeric():
            return "Write a number after `answer =`, with a point as the decimal mark."
        case quiz.ShortAnswer():
            return (
                'Write a word or two in quotes, as in `answer = "..."`. Upper and lower case do not matter.'
            )
        case quiz.Ordering():
            blanks = ", ".join(['"?"'] * len(question.items))
            return f"Write the letters in the right order, as in `answer = [{blanks}]`."
        case quiz.Matching():
            blanks = ", ".join(['"?"'] * len(question.pairs))
            return f"Write for 1., 2. and so on the letter that belongs to it, as in `answer = [{blanks}]`."
