"""Quiz answers are read, never run, and earn exactly what they deserve, however they are written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from autograder.answers import Answer, AnswerError, read_answer
from autograder.quiz import AnyQuestion, Mark, Matching, Ordering, Question, mark

QUESTION: TypeAdapter[Question] = TypeAdapter(AnyQuestion)


def question(kind: str, **keys: Any) -> Question:
    return QUESTION.validate_python({"id": "q", "type": kind, "question": "Q?", "points": 2, **keys})


TRUE_FALSE = question("true-false", answer=True, feedback={"right": "Yes.", "wrong": "Read again."})
SINGLE = question(
    "single-choice",
    options=(
        {"text": "the data", "feedback": "They stay."},
        {"text": "the weights", "right": True},
        "the loss",
    ),
)
SEVERAL = question(
    "several-choices",
    options=({"text": "rate", "right": True}, "data", {"text": "batch size", "right": True}),
    feedback={"wrong": "Two are right."},
)
NUMERIC = question("numeric", answer=0.5, tolerance=0.01)
SHORT = question("short-answer", answers=("Adam", "AdaGrad", "10"))
ORDERING = question("ordering", items=("predict", "measure", "step"))
MATCHING = question(
    "matching",
    pairs=(
        {"left": "rate", "right": "size"},
        {"left": "batch", "right": "rows"},
        {"left": "epoch", "right": "pass"},
    ),
)


def in_order(shown: Ordering | Matching, texts: tuple[str, ...]) -> str:
    """The letters behind which *texts* are shown, as a student writes them."""
    return "answer = " + repr(["abc"[shown.shown.index(text)] for text in texts])


RIGHT = {
    "true-false": (TRUE_FALSE, ["answer = True", "answer = 'yes'", "answer = true", "True", "answer = 'T'"]),
    "single-choice": (
        SINGLE,
        ["answer = 'b'", "answer = 'B)'", "answer = b", "answer = ['b']", "answer = '(b)'", "answer = 'The  Weights'"],
    ),
    "several-choices": (
        SEVERAL,
        [
            "answer = ['a', 'c']",
            "answer = 'a, c'",
            "answer = {'c', 'a'}",
            "answer = 'c and a'",
            "answer = ('a', 'a', 'c')",
            "answer = ['rate', 'batch size']",
            "answer = a, c",
        ],
    ),
    "numeric": (
        NUMERIC,
        [
            "answer = 0.5",
            "answer = .49",
            "answer = 0.51",  # as floats, 0.51 - 0.5 is more than 0.01
            "answer = '0.5'",
            "answer = '0,5'",
            "answer = 1/2",
            "answer = 5e-1",
            "answer = -(-0.5)",
            "answer = 2 ** -1",
        ],
    ),
    "short-answer": (SHORT, ["answer = 'Adam'", "answer = ' ADAM '", "answer = adam", "answer = 10", "'adam'"]),
    "ordering": (ORDERING, [in_order(ORDERING, ("predict", "measure", "step")), "answer = ['predict', 'Measure', 'step']"]),
    "matching": (MATCHING, [in_order(MATCHING, ("size", "rows", "pass")), "answer = ('size', 'rows', 'pass')"]),
}  # fmt: skip


@pytest.mark.parametrize(
    "source", [(kind, source) for kind, (_, sources) in RIGHT.items() for source in sources]
)
def test_a_right_answer_earns_all_points_however_it_is_written(source: tuple[str, str]) -> None:
    """The notebook says how to write it; what means the same beyond doubt counts the same."""
    asked = RIGHT[source[0]][0]

    assert mark(asked, source[1]) == Mark("pass", 2, asked.feedback.right)


WRONG = [
    (TRUE_FALSE, "answer = False", "your answer `False` is not right\nRead again."),
    (SINGLE, "answer = 'a'", "a) They stay."),
    (SINGLE, "answer = 'c'", "c) is not right"),
    (SEVERAL, "answer = 'a'", "something that is right was not chosen\nTwo are right."),
    (SEVERAL, "answer = ['a', 'b', 'c']", "b) is not right\nTwo are right."),
    (SEVERAL, "answer = ['b']", "b) is not right\nsomething that is right was not chosen\nTwo are right."),
    (NUMERIC, "answer = 0.511", "your answer 0.511 is not right"),
    (NUMERIC, "answer = -0.5", "your answer -0.5 is not right"),
    (NUMERIC, "answer = 1e300 * 10", "your answer 1.0e+301 is not right"),
    (SHORT, "answer = 'Adamax'", "your answer `adamax` is not right"),
    (ORDERING, in_order(ORDERING, ("measure", "predict", "step")), "the order is not right"),
    (MATCHING, in_order(MATCHING, ("rows", "size", "pass")), "not all pairs are right"),
]


@pytest.mark.parametrize(("asked", "source", "message"), WRONG, ids=[f"{q.type} {s}" for q, s, _ in WRONG])
def test_a_wrong_answer_earns_nothing_and_is_told_why(asked: Question, source: str, message: str) -> None:
    """The message says what is wrong; it does not give the right answer away."""
    assert mark(asked, source) == Mark("fail", 0, message)


EMPTY = [
    "",
    "\n\n",
    "# answer to: q\nanswer = ...",
    "answer = None",
    "answer = ''",
    "answer = []",
    "answer = [..., ...]",
]


@pytest.mark.parametrize("source", EMPTY)
@pytest.mark.parametrize("asked", [one for one, _ in RIGHT.values()], ids=list(RIGHT))
def test_an_empty_cell_is_no_answer(asked: Question, source: str) -> None:
    """Not a wrong answer, and above all not a right one."""
    assert mark(asked, source) == Mark("fail", 0, "no answer was given")


UNREADABLE = [
    (TRUE_FALSE, "answer = 1", "the answer must be `True` or `False`"),
    (TRUE_FALSE, "answer = 'maybe'", "the answer must be `True` or `False`"),
    (SINGLE, "answer = ['a', 'b']", "choose one option"),
    (SINGLE, "answer = 'd'", "there is no option d); the last one is c)"),
    (SINGLE, "answer = 1", "answer with letters"),
    (SEVERAL, "answer = 'a, data'", "answer with letters"),
    (SEVERAL, "answer = [['a'], ['c']]", "answer with letters"),
    (NUMERIC, "answer = 0,5", "a comma makes two numbers of it"),
    (NUMERIC, "answer = '1,500'", "`1,500` can be read in two ways"),
    (NUMERIC, "answer = True", "the answer must be a number"),
    (NUMERIC, "answer = 'half'", "the answer must be a number"),
    (NUMERIC, "answer = 1e999", "the answer must be a finite number"),
    (NUMERIC, "answer = 'nan'", "the answer must be a number alone"),
    (NUMERIC, "answer = 1/0", "the calculation has no finite result"),
    (NUMERIC, "answer = 0.5j", "the answer must be written out"),
    (SHORT, "answer = ['Adam']", "the answer must be a text"),
    (SHORT, "answer = True", "the answer must be a text"),
    (SHORT, f"answer = {'a' * 201!r}", "the answer must be a few words"),
    (ORDERING, "answer = ['a', 'b']", "use each of the 3 letters once"),
    (ORDERING, "answer = ['a', 'a', 'b']", "use each of the 3 letters once"),
    (MATCHING, "answer = 'abcd'", "answer with letters"),
    (MATCHING, "answer = ['a', 'b', 'd']", "there is no option d)"),
]


@pytest.mark.parametrize(
    ("asked", "source", "message"), UNREADABLE, ids=[f"{q.type} {s[:30]}" for q, s, _ in UNREADABLE]
)
def test_what_is_no_answer_to_this_question_says_how_to_write_one(
    asked: Question, source: str, message: str
) -> None:
    """It earns nothing, and the student reads what to write instead."""
    marked = mark(asked, source)

    assert ("error", 0) == (marked.outcome, marked.points)
    assert message in marked.message


HOSTILE = {
    "a call": "answer = print('x')",
    "an import": "answer = __import__('os').getcwd()",
    "an attribute": "answer = ().__class__",
    "an f-string": "answer = f'{open}'",
    "a comprehension": "answer = [x for x in range(10**9)]",
    "a lambda": "answer = lambda: True",
    "a walrus": "answer = (x := True)",
    "a comparison": "answer = 1 == 1",
    "a negation": "answer = not False",
    "a condition": "answer = True if True else False",
    "a dict": "answer = {'a': True}",
    "bytes": "answer = b'b'",
    "a star": "answer = [*'ac']",
    "a slice": "answer = 'abc'[1]",
    "a huge power": "answer = 9 ** 9 ** 9",
    "a huge shift": "answer = 1 << 10**9",
    "a huge repetition": "answer = 'a' * 10**9",
    "many digits": "answer = " + "9" * 1900,
    "more digits than Python reads": "answer = " + "9" * 4400,
    "a deep list": "answer = " + "[" * 100 + "]" * 100,
    "a very deep list": "answer = " + "[" * 900 + "]" * 900,
    "deep signs": "answer = " + "-" * 1500 + "1",
    "a long sum": "answer = " + "1+" * 900 + "1",
    "many entries": "answer = [" + "1," * 900 + "]",
    "too long": "answer = '" + "a" * 3000 + "'",
    "a NUL": "answer = '\0'",
    "not Python": "answer = it's b",
    "no answer": "x = True\ny = 'b'",
    "an attribute as target": "self.answer = True",
    "an item as target": "answer['x'] = True",
    "added up": "answer += True",
    "hidden in a function": "def f():\n    answer = True",
    "hidden in an if": "if True:\n    answer = True",
}


@pytest.mark.parametrize("asked", [one for one, _ in RIGHT.values()], ids=list(RIGHT))
@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_a_hostile_answer_is_an_outcome_without_points(case: str, asked: Question) -> None:
    """Whatever it would be when run, it is not run: no exception, no endless calculation, no point."""
    marked = mark(asked, HOSTILE[case])

    assert marked.outcome in ("error", "fail")
    assert marked.points == 0
    assert marked.message


def test_nothing_of_an_answer_is_executed(tmp_path: Path) -> None:
    """Proved by a file that would exist if it were."""
    proof = tmp_path / "executed"
    call = f"__import__('pathlib').Path({str(proof)!r}).touch()"

    for source in (
        f"answer = {call}",
        f"{call}\nanswer = True",
        f"answer = True or {call}",
        f"@{call}\ndef f(): ...\nanswer = True",
    ):
        mark(TRUE_FALSE, source)

    assert not proof.exists()


READ: list[tuple[str, Answer | None]] = [
    ("answer = 1\nanswer = 2", 2),
    ("answer = 'b'\nanswer = ...", "b"),
    ("answer: str = 'b'", "b"),
    ("Answer = 'b'", "b"),
    ("x = answer = 'b'", "b"),
    ("print('hello')\nanswer = 'b'", "b"),
    ("%matplotlib inline\nanswer = 'b'", "b"),
    ("this is my answer:\nanswer = 'b'", "b"),
    ("answer = 'b'  # I think", "b"),
    ("answer = 3 - 1", 2),
    ("answer = 0.1 + 0.2", Decimal("0.3")),
    ("answer = 1_000", 1000),
    ("answer == 'b'\nanswer = 'c'", "c"),
]


@pytest.mark.parametrize(("source", "value"), READ)
def test_the_last_assignment_that_says_something_counts(source: str, value: Answer | None) -> None:
    """Also beside lines that are no Python: the student answered, and that is what counts."""
    assert read_answer(source) == value


def test_a_cell_without_an_answer_line_says_so() -> None:
    with pytest.raises(AnswerError, match="has no line"):
        read_answer("x = 1\ny = 2")


def test_options_may_be_marked_by_their_letter_or_text() -> None:
    """Two ways to write the same question; whoever reads it afterwards sees one."""
    texts = ("SGD", "Adam", "a")
    by_mark = question("single-choice", options=("SGD", {"text": "Adam", "right": True}, "a"))
    by_text = question("single-choice", options=texts, answer="Adam")
    by_letter = question("single-choice", options=texts, answer="b")

    assert by_mark.right_letters == by_text.right_letters == by_letter.right_letters == ("b",)  # type: ignore[union-attr]


def test_an_option_that_is_itself_a_letter_is_not_taken_for_another() -> None:
    """In the file the whole text wins; in an answer the letter in front of the option does."""
    asked = question("single-choice", options=("b", "a"), answer="a")

    assert asked.right_letters == ("b",)  # type: ignore[union-attr]
    assert mark(asked, "answer = 'b'").outcome == "pass"
    assert mark(asked, "answer = 'a'").outcome == "fail"


@pytest.mark.parametrize("count", range(2, 8))
def test_what_is_to_be_put_in_order_is_never_shown_in_order(count: int) -> None:
    """Otherwise a, b, c would be right; the order that is shown is always the same."""
    items = tuple(f"step {number}" for number in range(count))

    asked = question("ordering", items=items)

    assert isinstance(asked, Ordering)
    assert asked.shown != items
    assert sorted(asked.shown) == sorted(items)
    assert asked.shown == question("ordering", items=items).shown  # type: ignore[union-attr]
    assert tuple(asked.shown["abcdefgh".index(letter)] for letter in asked.solution) == items
