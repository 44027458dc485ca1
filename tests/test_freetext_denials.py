"""What an answer denies: concepts that a misconception contradicts, denials of denials, limits, what is called untrue."""

from __future__ import annotations

import pytest

from autograder import freetext
from autograder.freetext import Concept, Lint, Misconception, lint
from tests.rubrics import bread, flags, statuses

AIR = Misconception(
    id="air", label="it is not air that was stirred in", any=("stir|beat air",), denies=("gas",)
)
IDLE = Misconception(
    id="idle",
    label="the heat matters",
    any=("heat not:matter",),
    denies=("cold",),
    when_denied=("hot", "cold"),
)
MATCHER = freetext.compile(bread(misconceptions=(AIR, IDLE)))
PLAIN = freetext.compile(bread())


def wrong(answer: str) -> set[str]:
    return {one.id for one in MATCHER.suggest(answer).misconceptions}


def test_a_misconception_keeps_what_it_denies_from_being_credited():
    """ "There is no momentum in it. Momentum is another optimizer" must earn nothing for momentum."""
    answer = "We stir air into it. Yeast makes no difference, gas comes with yeast only in beer."

    assert statuses(PLAIN, answer)["gas"] == "found"
    assert statuses(MATCHER, answer)["gas"] == "negated"
    assert flags(MATCHER, answer) >= {"misconception", "negated"}


def test_what_a_misconception_does_not_name_is_still_credited():
    suggestion = MATCHER.suggest("We stir air into it. If it is too hot the yeast dies.")

    assert (suggestion.points, wrong(suggestion.text)) == (0.5, {"air"})


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("The yeast does not die if it is hot, and it is not slow if it is cold.", True),
        ("Neither does the yeast die when it is hot, nor is it slow when it is cold.", True),
        ("The yeast does not die if it is hot, but it is slow if it is cold.", False),
        ("The yeast does not die if it is hot.", False),
        ("If it is too hot the yeast dies, if it is too cold it is slow.", False),
    ],
)
def test_a_misconception_is_found_where_all_of_its_concepts_are_denied(answer, found):
    assert wrong(answer) == ({"idle"} if found else set())


def test_concepts_that_another_misconception_took_back_do_not_count_as_denied():
    """Otherwise one mistake would be deducted twice."""
    cold = Misconception(id="chill", label="x", any=("chill",), denies=("hot", "cold"))
    matcher = freetext.compile(bread(misconceptions=(cold, IDLE)))
    suggestion = matcher.suggest("Chill! If it is too hot the yeast dies, if it is too cold it is slow.")

    assert [one.id for one in suggestion.misconceptions] == ["chill"]


def test_what_is_evidence_of_something_else_denies_nothing():
    """ "I never touched a single knob" says that nothing needs tuning, and not that no knob has its own rate."""
    knob = Concept(id="knob", points=1, label="x", any=("single knob|button",))
    rest = Concept(id="rest", points=1, label="x", any=("not:touch knob",))
    same = Misconception(id="same", label="x", any=("alike",), when_denied=("knob",))
    matcher = freetext.compile(bread(concepts=(knob, rest), points=2.0, misconceptions=(same,)))

    assert [one.id for one in matcher.suggest("There is no single button.").misconceptions] == ["same"]
    assert not matcher.suggest("I did not touch a single knob.").misconceptions


@pytest.mark.parametrize("key", ["denies", "when_denied"])
def test_a_concept_that_does_not_exist_is_named(key):
    faulty = Misconception(id="air", label="x", any=("air",), **{key: ("gas", "warm")})

    assert lint(bread(misconceptions=(faulty,))) == [
        Lint(
            ("misconceptions", 0, key, 1),
            "`warm` is no concept of this exercise",
            "the concepts are `gas`, `hot`, `cold`",
        )
    ]


@pytest.mark.parametrize(
    ("answer", "hot"),
    [
        ("If it is not too hot the yeast does not die.", "found"),
        ("The yeast does not die as long as it is not too hot.", "found"),
        ("The yeast does not die if it is too hot.", "negated"),
        ("Neither is it hot nor does the yeast die.", "negated"),
    ],
)
def test_what_does_not_happen_where_the_condition_does_not_hold_is_claimed(answer, hot):
    assert statuses(PLAIN, answer)["hot"] == hot


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Without a sufficiently low heat the yeast dies.", "found"),
        ("If the heat is not adequately low the yeast dies.", "found"),
        ("With a sufficiently low heat the yeast dies.", "swapped"),
    ],
)
def test_a_size_that_is_not_sufficient_is_the_opposite(answer, status):
    assert statuses(PLAIN, answer)["hot"] == status


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("If it is not kept below the limit the yeast dies.", "found"),
        ("Unless it stays below the limit the yeast dies.", "found"),
        ("If it is kept below the limit the yeast dies.", "swapped"),
        ("There is no way out: below the limit the yeast dies.", "swapped"),
    ],
)
def test_a_limit_that_is_not_kept_is_exceeded(answer, status):
    synonyms = {"much": "much|hot|above", "little": "little|cold|below"}

    assert statuses(freetext.compile(bread(synonyms=synonyms)), answer)["hot"] == status


def test_what_cannot_be_without_something_has_it():
    tuned = Concept(id="tuned", points=3, label="x", any=("not:hot nor_cold",))
    matcher = freetext.compile(bread(concepts=(tuned,)))

    assert statuses(matcher, "It cannot be hot without losing yeast, nor cold.")["tuned"] == "found"
    assert statuses(matcher, "It cannot be hot and never nor cold.")["tuned"] == "negated"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("People say that yeast makes gas, but this is wrong.", "negated"),
        ("Yeast makes gas. That is not true.", "negated"),
        ("Yeast makes gas, which is a myth.", "found"),
        ("Yeast makes gas. That is not true for baking powder.", "found"),
        ("Yeast makes gas, but this is not always true.", "found"),
        ("Yeast makes gas. This is right.", "found"),
    ],
)
def test_what_is_called_untrue_behind_it_is_denied(answer, status):
    assert statuses(PLAIN, answer)["gas"] == status


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Without it we would not get yeast gas.", "found"),
        ("Without sugar we would not get yeast gas.", "negated"),
        ("Yeast makes gas but nothing happens.", "found"),
        ("Bread is not popular because yeast makes gas.", "negated"),
        ("Bread is popular because yeast makes gas.", "found"),
        ("It never makes the whole dough of bread hold bubbles or, in the oven, yeast.", "found"),
        ("It never lets sugar or yeast make gas.", "negated"),
    ],
)
def test_what_is_missed_what_comes_to_nothing_and_false_reasons(answer, status):
    assert statuses(MATCHER, answer)["gas"] == status


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Yeast costs you nothing.", "negated"),
        ("Yeast costs nothing to add.", "negated"),
        ("Where yeast costs nothing happens.", "found"),
    ],
)
def test_what_ends_in_nothing_is_denied(answer, status):
    matcher = freetext.compile(bread(concepts=(Concept(id="x", points=3, label="x", any=("yeast costs",)),)))

    assert statuses(matcher, answer)["x"] == status
