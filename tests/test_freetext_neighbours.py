"""What confirmed answers teach: a second opinion, one grade for the same words, and how often suggestions are kept."""

from __future__ import annotations

import pytest

from autograder import freetext
from autograder.freetext.neighbours import Confirmed, Neighbours, agreement, groups
from tests.rubrics import bread

MATCHER = freetext.compile(bread())
CONFIRMED = [
    Confirmed("Yeast makes gas which lifts the dough.", 1.0),
    Confirmed("The baker kneads it for a long time and folds it.", 0.0),
    Confirmed("Tiny animals breathe out inside of the dough.", 3.0),
]


def test_the_nearest_confirmed_answer_is_found_by_its_rare_words():
    nearest = Neighbours(CONFIRMED).nearest("tiny animals that breathe")

    assert nearest is not None
    assert nearest.confirmed is CONFIRMED[2]
    assert 0.5 < nearest.similarity < 1.0


def test_the_same_answer_has_similarity_one_and_unrelated_ones_none():
    neighbours = Neighbours(CONFIRMED)

    assert neighbours.nearest(CONFIRMED[1].answer).similarity == pytest.approx(1.0)  # type: ignore[union-attr]
    assert neighbours.nearest("completely unrelated").similarity == 0.0  # type: ignore[union-attr]
    assert neighbours.nearest("").similarity == 0.0  # type: ignore[union-attr]


def test_with_fewer_than_three_confirmed_answers_there_is_no_second_opinion():
    assert Neighbours(CONFIRMED[:2]).nearest("tiny animals") is None


def test_a_similar_answer_with_another_score_sends_the_suggestion_to_a_person():
    answer = "Tiny animals breathe out, and yeast makes gas. If it is too hot the yeast dies."
    alone = MATCHER.suggest("Yeast makes gas which lifts the dough and the bread.")
    neighbours = Neighbours(
        [*CONFIRMED, Confirmed("Yeast makes gas which lifts all the dough and bread.", 3.0)]
    )

    assert Neighbours(CONFIRMED).second_opinion(alone) == alone
    told = neighbours.second_opinion(alone)
    assert (told.points, told.route) == (alone.points, "review")
    assert told.flags[-1].message == "a similar answer got 3 points from a person"
    assert neighbours.second_opinion(MATCHER.suggest(answer)).points == MATCHER.suggest(answer).points


def test_the_same_words_get_the_score_that_a_person_gave():
    told = Neighbours(CONFIRMED).second_opinion(
        MATCHER.suggest("tiny animals breathe out, inside of the DOUGH!")
    )

    assert (told.points, told.route) == (3.0, "ready")
    assert told.flags[-1].message == "the same answer got 3 points from a person"


def test_people_who_disagree_teach_nothing():
    neighbours = Neighbours([*CONFIRMED, Confirmed(CONFIRMED[2].answer, 1.0)])

    assert neighbours.same(CONFIRMED[2].answer) is None
    assert neighbours.second_opinion(MATCHER.suggest(CONFIRMED[2].answer)).route == "review"


def test_a_word_that_turns_the_meaning_makes_another_answer():
    assert Neighbours(CONFIRMED).same("Yeast never makes gas which lifts the dough.") is None


def test_answers_that_differ_in_case_and_punctuation_form_one_group():
    pairs = [("eve", "Too hot!"), ("bob", "too  hot"), ("ann", "too cold"), ("dan", "Too hot.")]

    assert groups(pairs) == (("bob", "dan", "eve"), ("ann",))


def test_agreement_is_told_once_there_are_thirty_confirmed_answers():
    kept = [Confirmed("x", 1.0, 1.0)] * 27
    changed = [Confirmed("x", 1.0, 2.0)] * 3

    assert agreement([*kept, *changed[:2]]) == ""
    assert agreement([*kept, *changed]) == "27 of 30 people's scores are what the rubric suggests"
    assert agreement([*kept, *changed[:2], Confirmed("x", 1.0)]) == ""
