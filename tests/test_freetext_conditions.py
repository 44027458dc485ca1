"""Which condition a consequence belongs to in longer sentences: contrasts, purposes, wishes, brackets, pairs, degrees."""

from __future__ import annotations

import pytest

from autograder import freetext
from autograder.freetext import About, Concept, Conditional
from autograder.freetext.lexicon import Vocabulary, stem
from autograder.freetext.reading import read
from tests.rubrics import bread, flags, statuses

MATCHER = freetext.compile(bread())


@pytest.mark.parametrize(
    "answer",
    [
        "A hot oven gets the loaf out in no time but kills all of the yeast inside, whereas cold ones are slow.",
        "A hot oven gets the whole big loaf of bread out in hardly any time but kills yeast, whereas cold ones are slow.",
        "It either makes the yeast die, when it is too hot, or makes it slow, when it is too cold.",
        "The yeast dies (too hot) or it is slow (too cold).",
        "The yeast dies when it is too hot, or it is slow when it is too cold.",
        "Too cold = slow, too hot = yeast dies",
        "Depending on whether it is too cold or too hot, it is slow or the yeast dies.",
        "Either it is slow or the yeast dies, depending on whether it is too cold or too hot.",
        "If it is too hot or too cold the yeast dies or it is slow.",
        "We do not want the yeast to die because it is hot, nor to wait because it is cold.",
        "If it is cold dough takes a slow rise, if it is hot yeast dies.",
    ],
)
def test_conditions_find_their_consequence_across_a_sentence(answer):
    assert {"hot": "found", "cold": "found"}.items() <= statuses(MATCHER, answer).items()


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("If it is hot the yeast dies, otherwise it is slow.", {"hot", "cold"}),
        ("When it is hot the yeast dies. Otherwise it is slow.", {"hot", "cold"}),
        ("It should be cold, otherwise the yeast dies.", {"hot"}),
        ("It must not be too hot, otherwise the yeast dies.", {"hot"}),
        ("It must not be too hot, otherwise it is slow.", set()),
    ],
)
def test_otherwise_turns_a_condition_round_that_is_not_denied(answer, found):
    assert {name for name, status in statuses(MATCHER, answer).items() if status == "found"} == found


@pytest.mark.parametrize(
    "answer",
    [
        "To avoid killing the yeast, it must not be too hot.",
        "In order to avoid killing the yeast it should not be so hot.",
    ],
)
def test_what_must_not_be_lest_something_happens_says_that_it_would(answer):
    assert statuses(MATCHER, answer)["hot"] == "found"
    assert "doubtful" in flags(MATCHER, answer)


@pytest.mark.parametrize(
    "answer", ["A hot oven avoids killing the yeast.", "A hot oven never kills the yeast."]
)
def test_that_a_condition_avoids_its_consequence_is_a_denial(answer):
    assert statuses(MATCHER, answer)["hot"] == "negated"


def test_two_conditions_side_by_side_turn_nothing_round_and_go_to_a_person():
    suggestion = MATCHER.suggest("If it is too hot or too cold it is slow.")

    assert {one.id: one.status for one in suggestion.items}["cold"] == "found"
    assert [one.name for one in suggestion.flags if one.name in ("doubtful", "swapped")] == ["doubtful"]


def test_a_large_number_is_a_value_and_a_large_number_of_things_is_none():
    rubric = bread(
        concepts=(
            Concept(
                id="x",
                points=3,
                label="x",
                any=({"then": "burn", "when": "large", "unless": "small", "aside": "number|price"},),
            ),
        )
    )
    matcher = freetext.compile(rubric)

    assert statuses(matcher, "Set to a large number, it burns.")["x"] == "found"
    assert statuses(matcher, "With a large number of prices it burns.")["x"] == "absent"
    assert statuses(matcher, "If it is large prices burn.")["x"] == "found"
    assert statuses(matcher, "A large price burns.")["x"] == "absent"


def test_a_denial_reaches_over_so_and_that_where_they_say_how_much():
    matcher = freetext.compile(bread(concepts=(Concept(id="x", points=3, label="x", any=("not:fussy",)),)))

    assert statuses(matcher, "Yeast is not that fussy.")["x"] == "found"
    assert statuses(matcher, "Yeast is not so fussy.")["x"] == "found"
    assert statuses(matcher, "I do not think so, that fussy yeast died.")["x"] == "absent"


def test_verbs_of_absence_deny():
    for verb in ("ceases to make", "stops making", "refuses to make", "dispenses with", "is unrelated to"):
        assert statuses(MATCHER, f"Yeast {verb} gas.")["gas"] == "negated", verb


def test_what_something_is_kept_from_does_not_happen():
    assert statuses(MATCHER, "A hot oven keeps it from killing yeast.")["hot"] == "negated"
    assert statuses(MATCHER, "A hot oven is far from it and kills yeast.")["hot"] == "found"


def test_who_disagrees_or_does_not_know_is_read_by_a_person():
    assert "doubtful" in flags(MATCHER, "Some say that yeast makes gas, I disagree.")
    assert "doubtful" in flags(MATCHER, "Whether yeast makes gas is unknown.")


def test_a_negation_that_is_evidence_itself_is_no_denial():
    matcher = freetext.compile(
        bread(concepts=(Concept(id="x", points=3, label="x", any=("without search", "oven search")),))
    )

    assert flags(matcher, "The oven works without any search.") == set()
    assert "negated" in flags(matcher, "The oven needs no search.")


def test_numbers_with_exponents_and_ordinals_are_one_word_each():
    assert [word.text for word in read("1e-3, 2E5 and 0.5 for the 1ST, 2nd one").words] == [
        "1e-3", "2e5", "and", "0.5", "for", "the", "1st", "2nd", "one",
    ]  # fmt: skip


def test_a_number_is_no_typing_error_of_another():
    vocabulary = Vocabulary(["0.00001", "100000", "1e-6"])

    assert vocabulary.meant("0.00001") == (0,)
    assert vocabulary.meant("0.001") == vocabulary.meant("1000000") == vocabulary.meant("1e-5") == ()


def test_words_of_one_stem_that_mean_two_things_are_told_apart():
    assert stem("optimal") != stem("optimizer") == stem("optimiser") == stem("optimization")
    assert stem("experiment") != stem("experience")


def test_an_equals_sign_does_not_begin_another_clause():
    assert [word.clause for word in read("yeast = soda").words] == [0, 0]
    assert [word.clause for word in read("yeast > soda").words] == [0, 1]


def test_what_is_used_together_has_the_properties_of_both():
    rubric = bread(
        about=About(this="yeast", others="soda"),
        concepts=(Concept(id="x", points=3, label="x", any=("soda",)),),
    )
    matcher = freetext.compile(rubric)

    assert statuses(matcher, "It has yeast and soda together.")["x"] == "found"
    assert statuses(matcher, "It has yeast, and soda has gas.")["x"] == "absent"


def test_words_of_a_pattern_that_stand_too_far_apart_ask_for_a_person():
    rubric = bread(
        concepts=(
            Concept(id="x", points=1, label="x", any=("yeast gas",)),
            Concept(id="y", points=2, label="y", any=("within:5 oven crumb crust",)),
        )
    )
    matcher = freetext.compile(rubric)

    assert "half_said" in flags(
        matcher, "Yeast gas in the oven is a cause of the crumb and also of the crust."
    )
    assert "half_said" not in flags(matcher, "Yeast gas in the oven is the cause of the crumb.")


def test_a_partial_answer_with_many_more_words_beside_its_evidence_goes_to_a_person():
    matcher = freetext.compile(
        bread(
            concepts=(
                Concept(id="x", points=1, label="x", any=("yeast gas",)),
                Concept(id="y", points=2, label="y", any=("oven|red|blue|green|pink|gold crumb",)),
            )
        )
    )

    assert flags(matcher, "The red and the blue yeast makes green gas.") == set()
    assert flags(matcher, "The red and the blue yeast makes green gas, pink and gold.") == {"unexplained"}


@pytest.mark.parametrize(
    "answer",
    [
        "With a cold oven the yeast that is in every single loaf of the baker soon dies, with a hot one it is slow.",
        "If it is cold the yeast dies, when it is hot it is slow.",
        "For a cold oven the yeast dies, for a hot one it is slow.",
    ],
)
def test_who_begins_with_a_condition_names_each_before_its_consequence(answer):
    """What is turned round in both halves must not be credited for the half that stands behind the comma."""
    assert {"hot": "swapped", "cold": "swapped"}.items() <= statuses(MATCHER, answer).items()


@pytest.mark.parametrize(
    ("answer", "hot"),
    [
        ("When it gets hot instead of cold, the yeast dies.", "found"),
        ("When it gets hot rather than cold, the yeast dies.", "found"),
    ],
)
def test_what_is_not_so_is_no_condition(answer, hot):
    assert statuses(MATCHER, answer)["hot"] == hot


def test_an_adverb_of_degree_is_no_condition():
    matcher = freetext.compile(bread(synonyms={"much": "much|hot", "little": "little|slight"}))

    assert statuses(matcher, "When it is hot, slightly later the yeast dies.")["hot"] == "found"


def test_what_one_starts_with_is_no_excess():
    synonyms = {"much": "much|hot", "little": "little|cold|with_180"}
    matcher = freetext.compile(bread(synonyms=synonyms))

    assert statuses(matcher, "With 180 the yeast dies.")["hot"] == "swapped"
    assert statuses(matcher, "I start with 180 and look whether the yeast dies.")["hot"] == "absent"


def test_what_must_not_be_is_a_condition():
    matcher = freetext.compile(bread(synonyms={"much": "much|be_too_long", "little": "little|cold"}))

    assert statuses(matcher, "It must not be too long, otherwise the yeast dies.")["hot"] == "found"


def test_who_has_both_has_the_properties_of_each():
    concept = Concept(id="gas", points=3, label="yeast makes gas", any=("gas",))
    matcher = freetext.compile(
        bread(concepts=(concept,), about=About(this="yeast", others="soda|baking_powder"))
    )

    assert statuses(matcher, "Soda has gas, baking powder has heat, yeast has both.")["gas"] == "found"
    assert statuses(matcher, "Soda has gas, baking powder has heat, yeast has none.")["gas"] == "absent"


def test_what_somebody_does_about_it_is_no_condition():
    synonyms = {"much": "much|hot|increase", "little": "little|cold|lower"}
    matcher = freetext.compile(bread(synonyms=synonyms))

    assert statuses(matcher, "If the yeast dies I lower it.")["hot"] == "absent"
    assert statuses(matcher, "When I lower it the yeast dies.")["hot"] == "swapped"


@pytest.mark.parametrize(
    ("answer", "hot", "cold"),
    [
        ("With a cold oven it waits too much and dies.", "swapped", "found"),
        ("The yeast dies if it bakes too much.", "found", "absent"),
    ],
)
def test_a_degree_behind_a_condition_is_what_comes_of_it(answer, hot, cold):
    matcher = freetext.compile(bread(synonyms={"much": "too_much|hot", "little": "little|cold"}))
    found = statuses(matcher, answer)

    assert (found["hot"], found["cold"]) == (hot, cold)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("If the price is high the yeast dies.", False),
        ("If this number is high the yeast dies.", True),
        ("If the number of loaves is high the yeast dies.", True),
        ("If numbers are high the yeast dies.", False),
        ("The oven was ten times too hot and the yeast dies.", True),
        ("If baking times are high the yeast dies.", False),
    ],
)
def test_a_number_that_is_pointed_at_is_the_value_and_times_may_be_a_factor(answer, found):
    values = Conditional(
        then="die|dies", when="{much}", unless="{little}", aside="price|number|numbers|times"
    )
    matcher = freetext.compile(bread(concepts=(Concept(id="x", points=3, label="x", any=(values,)),)))

    assert (statuses(matcher, answer)["x"] == "found") is found


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("Nobody wants the yeast to die, so in the village bakers never make the oven too hot.", True),
        (
            "The yeast dies, and a baker told me that for such a dough the oven was far too hot.",
            True,
        ),
        ("The yeast dies, and a baker has an oven that for such a dough is far too hot.", False),
    ],
)
def test_wishes_and_what_was_found_out_lead_to_the_condition(answer, found):
    assert (statuses(MATCHER, answer)["hot"] == "found") is found
