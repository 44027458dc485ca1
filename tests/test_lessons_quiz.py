"""The quizzes of the course: right answers that code confirms, wrong ones with a reason, and nothing to be won by their form."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pytest

from autograder import quiz
from autograder.course import Course
from tests import lessons

Kind = TypeVar("Kind")

TYPES = {"true-false", "single-choice", "several-choices", "numeric", "short-answer", "ordering", "matching"}


def _questions(course: Course) -> list[quiz.Question]:
    return [question for lesson in course.lessons for question in lesson.questions]


def _of_type(course: Course, kind: type[Kind]) -> list[Kind]:
    return [question for question in _questions(course) if isinstance(question, kind)]


def test_each_lesson_has_five_questions_or_more_of_five_types_or_more(optimizers: Course) -> None:
    for lesson in optimizers.lessons:
        types = {question.type for question in lesson.questions}
        assert (len(lesson.questions) >= 5, len(types) >= 5) == (True, True), lesson.id


def test_the_course_uses_every_type_in_two_lessons_or_more(optimizers: Course) -> None:
    seen = Counter(kind for lesson in optimizers.lessons for kind in {one.type for one in lesson.questions})

    assert set(seen) == TYPES
    assert min(seen.values()) >= 2


def test_every_wrong_choice_comes_from_a_misconception_and_says_what_is_wrong(optimizers: Course) -> None:
    """A distractor that nobody believes teaches nothing. No sentence is used twice."""
    wrong = [
        (question.id, option)
        for kind in (quiz.SingleChoice, quiz.SeveralChoices)
        for question in _of_type(optimizers, kind)
        for option in question.options
        if not option.right
    ]

    assert [where for where, option in wrong if not option.misconception.strip()] == []
    assert [where for where, option in wrong if not option.feedback.strip()] == []
    for texts in ([option.misconception for _, option in wrong], [option.feedback for _, option in wrong]):
        assert [text for text, count in Counter(texts).items() if count > 1] == []


def test_every_other_wrong_answer_is_explained_as_well(optimizers: Course) -> None:
    """There is one sentence for all wrong answers of these types; for a true-false question also the idea behind it."""
    choices = (quiz.SingleChoice, quiz.SeveralChoices)
    others = [question for question in _questions(optimizers) if not isinstance(question, choices)]

    assert [question.id for question in others if not question.feedback.wrong.strip()] == []
    assert [one.id for one in _of_type(optimizers, quiz.TrueFalse) if not one.misconception.strip()] == []


def _position(place: int) -> Callable[[quiz.SingleChoice], int]:
    return lambda question: place % len(question.options)


def _words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", text.lower()))


def _by(score: Callable[[quiz.SingleChoice, str], float]) -> Callable[[quiz.SingleChoice], int]:
    return lambda question: int(np.argmax([score(question, option.text) for option in question.options]))


def _unlike_the_others(question: quiz.SingleChoice, text: str) -> float:
    lengths = [len(option.text) for option in question.options]
    return abs(len(text) - float(np.median(lengths)))


BY_FORM: dict[str, Callable[[quiz.SingleChoice], int]] = {
    "the first": _position(0),
    "the second": _position(1),
    "the third": _position(2),
    "the last": _position(-1),
    "the longest": _by(lambda question, text: len(text)),
    "the shortest": _by(lambda question, text: -len(text)),
    "the one whose length stands out": _by(_unlike_the_others),
    "the one with most words of the question": _by(
        lambda question, text: len(_words_of(text) & _words_of(question.question))
    ),
    "the one most like the others": _by(
        lambda question, text: sum(len(_words_of(text) & _words_of(other.text)) for other in question.options)
    ),
    "the most careful one": _by(
        lambda question, text: len(re.findall(r"\b(?:can|may|might|often|usually|some)\b", text))
    ),
    "the one with a reason": _by(
        lambda question, text: len(re.findall(r"\b(?:because|so that|which)\b", text))
    ),
}


@pytest.mark.parametrize("rule", BY_FORM)
def test_nobody_passes_by_looking_at_the_form_of_the_options(optimizers: Course, rule: str) -> None:
    """Somebody who has not read the lesson and always picks by such a rule fails; luck alone gives a quarter."""
    asked = _of_type(optimizers, quiz.SingleChoice)
    right = [question.options[BY_FORM[rule](question)].right for question in asked]

    assert len(asked) >= 8
    assert sum(right) < len(asked) / 2, [
        question.id for question, hit in zip(asked, right, strict=True) if hit
    ]


def test_several_choices_are_not_won_by_a_habit_either(optimizers: Course) -> None:
    """Not always two of four, not always all, not always the longer half."""
    asked = _of_type(optimizers, quiz.SeveralChoices)
    patterns = [question.right_letters for question in asked]

    assert max(Counter(patterns).values()) < len(asked) / 2
    assert len({len(pattern) for pattern in patterns}) > 1
    longer = [
        {option.text for option in question.options if option.right}
        == {
            option.text
            for option in sorted(question.options, key=lambda one: -len(one.text))[
                : len(question.right_letters)
            ]
        }
        for question in asked
    ]
    assert sum(longer) < len(asked) / 2


def test_true_and_false_are_balanced_over_the_course(optimizers: Course) -> None:
    answers = [question.answer for question in _of_type(optimizers, quiz.TrueFalse)]

    assert min(Counter(answers)[True], Counter(answers)[False]) >= len(answers) / 3


@pytest.mark.parametrize(
    ("words", "verdict"), [(r"can|may|might|often|usually", True), (r"any|every|always|never|no|only", False)]
)
def test_a_statement_is_not_judged_by_its_hedges(optimizers: Course, words: str, verdict: bool) -> None:  # noqa: FBT001
    """ "Can" is not a sign of truth, nor "every" one of falsehood: who goes by such words is right by luck alone."""
    asked = _of_type(optimizers, quiz.TrueFalse)
    guesses = [
        verdict if re.search(rf"\b(?:{words})\b", one.question, re.IGNORECASE) else not verdict
        for one in asked
    ]

    right = [guess == one.answer for guess, one in zip(guesses, asked, strict=True)]
    assert len(asked) / 3 <= sum(right) <= 2 * len(asked) / 3


def test_no_option_gives_itself_away(optimizers: Course) -> None:
    """ "Always" is nearly always wrong, and "all of the above" is a game."""
    for kind in (quiz.SingleChoice, quiz.SeveralChoices):
        for question in _of_type(optimizers, kind):
            texts = [option.text for option in question.options]
            assert re.findall(r"\b(?:of the above|of these|never|only|guarante\w+)\b", " ".join(texts)) == []
            assert [
                o.text for o in question.options if not o.right and re.search(r"\balways\b", o.text)
            ] == []
            assert max(map(len, texts)) <= 2 * min(map(len, texts)), question.id
            assert len({text[0].isupper() for text in texts}) == 1, question.id
            assert len({text.rstrip()[-1] == "." for text in texts}) == 1, question.id


def test_an_id_does_not_give_the_answer_away(optimizers: Course) -> None:
    """Students see it in the answer cell. In true-false questions it says no more than what the question is about."""
    for short in _of_type(optimizers, quiz.ShortAnswer):
        words = {word for answer in short.answers for word in re.findall(r"\w{4,}", answer.lower())}
        assert words & set(short.id.split("_")) == set(), short.id
    for statement in _of_type(optimizers, quiz.TrueFalse):
        assert {"can", "cannot", "has", "is", "not", "no", "more", "less", "needs"} & set(
            statement.id.split("_")
        ) == set()


def test_questions_need_no_mathematics_that_an_lms_cannot_show(optimizers: Course) -> None:
    """The same text goes to notebooks and to six kinds of LMS; plain characters look right in all of them."""
    for question in _questions(optimizers):
        assert "$" not in question.model_dump_json(), question.id


def _distance(rate: float) -> float:
    return float(abs(1 - 4 * rate) ** 10)


def _condition(text: str) -> float:
    one, other = (float(number) for number in re.findall(r"[\d.]+", text))
    return max(one, other) / min(one, other)


def _sweep() -> dict[float, float]:
    """The losses at the end of the mini practice."""
    two = lessons.text("02").module
    return {rate: float(two.line_losses(rate, two.SWEEP_STEPS)[-1]) for rate in two.SWEEP}


def _row_gradients(steps: int, rows: int) -> int:
    return steps * rows


def _corrected_moment(gradients: list[float]) -> float:
    m = 0.0
    for gradient in gradients:
        m = 0.9 * m + 0.1 * gradient
    return m / (1 - 0.9 ** len(gradients))


COMPUTED: dict[str, Callable[[], float]] = {
    "one_step_by_hand": lambda: 2.0 - 0.1 * -3.0,
    "largest_stable_rate": lambda: 2 / 10,
    "sweep_diverges": lambda: next(rate for rate, loss in _sweep().items() if loss > 2 * _sweep()[0.01]),
    "full_batch_cost": lambda: _row_gradients(20, 50_000),
    "two_weights_by_hand": lambda: 1 - 0.1 * 6 * 1,
    "updates_in_three_epochs": lambda: 3 * math.ceil(700 / 32),
    "noise_and_rows": lambda: 8 * (0.6 / 0.2) ** 2,
    "first_adam_step": lambda: (
        -float(
            lessons.text("05").module.walk(
                lessons.text("05").module.adam(0.01), lambda w: 0 * w + 250, [0.0], 1
            )[1, 0]
        )
    ),
    "corrected_moment": lambda: _corrected_moment([2, 10]),
    "work_ratio": lambda: _row_gradients(100, 700) / _row_gradients(150, 32),
}


def test_every_numeric_answer_is_computed_here(optimizers: Course) -> None:
    assert set(COMPUTED) == {question.id for question in _of_type(optimizers, quiz.Numeric)}


@pytest.mark.parametrize("name", COMPUTED)
def test_a_numeric_answer_is_right_however_it_is_sensibly_rounded(optimizers: Course, name: str) -> None:
    """From three significant digits on, up to the value at full length; one in ten off is wrong."""
    question = next(one for one in _of_type(optimizers, quiz.Numeric) if one.id == name)
    value = COMPUTED[name]()

    for digits in (3, 4, 6, 12):
        source = f"answer = {float(f'{value:.{digits}g}')!r}"
        assert quiz.mark(question, source).outcome == "pass", source
    for off in (0.9, 1.1, -1):
        assert quiz.mark(question, f"answer = {value * off!r}").outcome == "fail"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("one_step_by_hand", 1.7),  # stepped along the gradient
        ("largest_stable_rate", 0.4),  # took the 5 in front of the square for the curvature
        ("largest_stable_rate", 0.1),  # the best rate, not the limit
        ("full_batch_cost", 20),  # one row per step
        ("two_weights_by_hand", 0.7),  # left the square's 2 out of the derivative
        ("updates_in_three_epochs", 63),  # dropped the small batch
        ("updates_in_three_epochs", 65.625),  # counted a part of an update
        ("noise_and_rows", 24),  # a third of the noise for three times the rows
        ("first_adam_step", 2.5),  # plain gradient descent
        ("first_adam_step", 0.03162),  # without the correction
        ("corrected_moment", 6),  # a plain average
        ("corrected_moment", 1.18),  # without the correction
        ("corrected_moment", 11.8),  # divided by 1 - beta, without the power
        ("work_ratio", 0.667),  # compared the steps
        ("work_ratio", 21.875),  # compared the batches
    ],
)
def test_no_tolerance_is_so_wide_that_a_known_mistake_passes(
    optimizers: Course, name: str, wrong: float
) -> None:
    question = next(one for one in _of_type(optimizers, quiz.Numeric) if one.id == name)

    assert quiz.mark(question, f"answer = {wrong}").outcome == "fail"


def test_rates_and_valleys_stand_in_the_order_that_code_finds(optimizers: Course) -> None:
    items = {question.id: question.items for question in _of_type(optimizers, quiz.Ordering)}

    assert list(items["rates_in_order"]) == sorted(
        items["rates_in_order"], key=lambda rate: _distance(float(rate))
    )
    assert list(items["valleys_in_order"]) == sorted(items["valleys_in_order"], key=_condition)


def test_the_two_statements_with_numbers_are_judged_as_code_judges_them(optimizers: Course) -> None:
    """Factor −0.5: every step lands on the other side, nearer. 100 full steps against 1,000 small ones."""
    asked = {one.id: one for one in _of_type(optimizers, quiz.TrueFalse)}
    walk = [(-0.5) ** step for step in range(20)]

    overshoots = all(after * before < 0 for before, after in itertools.pairwise(walk))
    assert (overshoots and abs(walk[-1]) < 1e-5) == asked["overshooting"].answer
    more = _row_gradients(100, 700) > _row_gradients(1000, 32)
    assert more == asked["steps_and_work"].answer


def test_the_four_runs_end_in_the_order_of_the_quiz(optimizers: Course) -> None:
    """Lesson 4: falling, 0.1, 0.4, and 3, which diverges."""
    four = lessons.text("04").module
    rates = [four.decaying, 0.1, 0.4, 3.0]
    with np.errstate(all="ignore"):
        ends = [np.mean([four.LINE.loss(w) for w in four.sgd_path(rate, 5, 2000, 1)[-20:]]) for rate in rates]

    assert ends[:3] == sorted(ends[:3])
    assert not ends[3] < ends[2]


def test_the_mini_practice_ends_as_its_two_questions_say(optimizers: Course) -> None:
    """Only 1.5 rises, 1.0 ends lowest, 0.01 is far behind, and 0.3 ends below 0.1."""
    ends = _sweep()
    reading = next(one for one in _of_type(optimizers, quiz.SingleChoice) if one.id == "sweep_reading")

    assert [
        rate for rate, loss in ends.items() if loss > lessons.text("02").module.LINE.loss(np.zeros(2))
    ] == [1.5]
    best = min(ends, key=ends.__getitem__)
    assert [option.text.startswith(f"It is {best}") for option in reading.options if option.right] == [True]
    assert ends[0.01] > ends[0.03] > ends[0.1] > ends[0.3] > ends[1.0]


def test_the_question_that_the_course_promises_is_asked(optimizers: Course) -> None:
    assert "Can a bad optimizer prevent a model from learning?" in [
        one.question for one in _questions(optimizers)
    ]
