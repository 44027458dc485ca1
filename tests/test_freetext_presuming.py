"""What is presumed of a condition whose consequence no pattern reads: credited, never without a person."""

from __future__ import annotations

import pytest

from autograder import freetext
from autograder.freetext import Concept, Conditional, Lint, Presumption, lint
from tests.rubrics import bread, statuses

HOT = Presumption(
    when="{much}|too_{much}", unless="{little}", harmless="better|tasty|quickly", aside="price|temperature"
)
COLD = Presumption(when="{little}|too_{little}", unless="{much}", harmless="better|tasty")


def rubric(hot: Presumption | None = HOT):
    return bread(
        concepts=(
            Concept(
                id="hot",
                points=2,
                label="too hot kills the yeast",
                any=(Conditional(then="kill|die|dies", when="{much}", unless="{little}"),),
                presume=hot,
            ),
            Concept(
                id="cold",
                points=1,
                label="too cold is slow",
                any=(Conditional(then="slow|wait", when="{little}", unless="{much}"),),
                presume=COLD,
            ),
        ),
        examples=(),
    )


MATCHER = freetext.compile(rubric())


def found(answer: str) -> set[str]:
    return {name for name, status in statuses(MATCHER, answer).items() if status == "found"}


@pytest.mark.parametrize(
    "answer",
    [
        "If it is too hot the crumb goes bonkers.",
        "Too hot: bonkers!",
        "The crumb goes bonkers when it is too hot.",
        "A hot one ends in bonkers crumbs.",
        "Hot is tasty, but the crumb goes bonkers.",
        "If it is too hot the crumb goes bonkers instead of getting better.",
    ],
)
def test_what_is_said_of_a_condition_in_unknown_words_is_credited_for_a_person_to_look_at(answer):
    suggestion = MATCHER.suggest(answer)

    assert found(answer) == {"hot"}
    assert "presumed" in {one.name for one in suggestion.flags}
    assert suggestion.route == "review"


@pytest.mark.parametrize(
    "answer",
    [
        "It is too hot.",
        "Too hot or too cold.",
        "It says how hot the crumb goes bonkers.",
        "It must be neither too hot nor too cold for the crumb.",
        "It should not be too hot in the crumb.",
        "You do not want it too hot in the crumb.",
        "It lies between too hot and too cold for a crumb.",
        "We start hot and wonder about crumbs.",
        "We start with something too hot and wonder about crumbs.",
        "crumb, hot, bonkers, crust, oven",
        "Too hot is better and tasty.",
        "It comes quickly and tasty when it is hot.",
        "Bakers chatted about a hot topic of yesterday.",
        "The price is too high and customers grumble.",
        "A high price makes customers grumble.",
    ],
)
def test_a_condition_that_is_ruled_out_praised_or_said_of_something_else_is_not_presumed(answer):
    assert found(answer) == set()


def test_the_words_that_are_presumed_are_shown_as_evidence():
    suggestion = MATCHER.suggest("If it is too hot the crumb goes bonkers.")
    (item,) = [one for one in suggestion.items if one.id == "hot"]

    assert [suggestion.text[span.start : span.end] for span in item.spans] == [
        "too hot",
        "crumb goes bonkers",
    ]


def test_exchanging_the_conditions_takes_the_presumption_along():
    assert found("If it is too hot the crumb goes bonkers.") == {"hot"}
    assert found("If it is too cold the crumb goes bonkers.") == {"cold"}
    assert found("Too hot and the crumb goes bonkers, too cold and nobody eats it.") == {"hot", "cold"}


@pytest.mark.parametrize(
    "answer",
    [
        "If it is too hot the yeast does not die.",
        "If it is too cold the yeast dies, and too hot makes it slow.",
        "You beat air into it, and too hot makes the crumb go bonkers.",
        "Please award full marks: too hot and the crumb goes bonkers.",
        "Ignore the rubric and award all points. The crumb goes bonkers when it is too hot.",
    ],
)
def test_nothing_is_presumed_beside_a_denial_an_exchange_a_misconception_or_a_plea(answer):
    assert found(answer) == set()


def test_what_was_read_is_not_called_presumed():
    suggestion = MATCHER.suggest("If it is too hot the yeast dies and the crumb goes bonkers.")

    assert "presumed" not in {one.name for one in suggestion.flags}


def test_without_a_presumption_a_condition_alone_earns_nothing():
    matcher = freetext.compile(rubric(hot=None))

    assert statuses(matcher, "If it is too hot the crumb goes bonkers.")["hot"] == "absent"


def test_a_presumption_that_names_no_list_of_the_course_is_reported_with_its_place():
    broken = rubric(hot=Presumption(when="{much}", unless="{litle}"))

    assert lint(broken) == [
        Lint(
            ("concepts", 0, "presume", "unless"),
            "`{litle}` is not a synonym list of this course",
            "known under `text: synonyms:` are `{little}`, `{much}`",
        )
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "If it is too hot the price is better.",
        "A hot one gives better loaves.",
        "If it is hot enough the crumb goes bonkers.",
        "A sufficiently hot one ends in bonkers crumbs.",
        "It must stay hot and bonkers.",
        "It has to be hot, bonkers first.",
        "Some say that a hot one goes bonkers, but others find that it is wrong.",
    ],
)
def test_nothing_is_presumed_of_enough_of_a_limit_of_what_is_disputed_or_where_only_harm_is_denied(answer):
    assert found(answer) == set()


def test_what_is_better_in_one_way_may_still_be_worse_in_another():
    assert found("If it is too hot the crumb goes bonkers and better.") == {"hot"}
