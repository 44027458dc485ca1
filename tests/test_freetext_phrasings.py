"""Ways to say the same thing, and things that only look the same: forms of words, turns of a sentence, who is spoken of."""

from __future__ import annotations

import pytest

from autograder import freetext
from autograder.freetext import About, Concept, Conditional, Misconception, Presumption, reading
from autograder.freetext.lexicon import Vocabulary, stem
from autograder.freetext.listing import listed_words
from autograder.freetext.reading import CLAUSE, JOINED, read
from autograder.freetext.routes import language_of, sentences_to_grader
from tests.rubrics import bread, flags, statuses

MATCHER = freetext.compile(bread())


def about_yeast(*patterns: str) -> freetext.Matcher:
    """A rubric about yeast, in which soda is another subject."""
    concept = Concept(id="x", points=3, label="x", any=patterns)
    return freetext.compile(bread(about=About(this="yeast", others="soda"), concepts=(concept,)))


def test_irregular_forms_of_a_verb_are_the_verb():
    """No stemmer joins them, and "the loss went up" is the usual way to say it."""
    vocabulary = Vocabulary(["go", "find", "rise"])

    assert [vocabulary.meant(word) for word in ("went", "gone", "found", "rose", "risen")] == [
        (0,), (0,), (1,), (2,), (2,),
    ]  # fmt: skip


def test_little_words_and_common_words_are_no_typing_errors():
    vocabulary = Vocabulary(["daring", "wandering", "insufficient"])

    assert [vocabulary.meant(word) for word in ("during", "wondering", "inefficient")] == [(), (), ()]
    assert vocabulary.meant("insuficient") == (2,)


@pytest.mark.parametrize(
    ("one", "other"),
    [("correct", "correction"), ("initial", "initially"), ("equal", "equalise"), ("normal", "normalised")],
)
def test_words_of_one_stem_that_mean_something_else_are_told_apart(one, other):
    assert stem(one) != stem(other)


def test_letters_of_formulas_are_read_as_their_names():
    reading = read("θ - η∇L")

    assert [word.text for word in reading.words] == ["theta", "eta", "nabla", "l"]
    assert reading.text == "θ - η∇L"


def test_the_same_letter_twice_makes_no_language():
    assert language_of(read("w = w - lr * grad")) == ""
    assert language_of(read("jest to bardzo ważne")) == "pl"


def test_so_after_a_verb_of_choosing_says_how_much():
    assert [word.clause for word in read("it is set so high").words] == [0] * 5
    assert [word.clause for word in read("it is high so stop").words] == [0, 0, 0, 1, 1]


def test_not_with_only_at_the_end_of_its_clause_denies_nothing():
    assert statuses(MATCHER, "The gas does not come from the yeast alone.")["gas"] == "found"
    assert statuses(MATCHER, "The gas does not come from the yeast.")["gas"] == "negated"


def test_or_it_says_what_happens_otherwise():
    assert statuses(MATCHER, "It must not be too hot, or it dies.")["hot"] == "found"
    assert statuses(MATCHER, "It does not get hot or die.")["hot"] == "negated"


def test_the_reason_of_a_denial_is_claimed():
    denied = "It is not true that too hot kills the yeast"

    assert statuses(MATCHER, f"{denied}.")["hot"] == "negated"
    assert statuses(MATCHER, f"{denied}, because yeast makes gas.")["gas"] == "found"
    assert "doubtful" in flags(MATCHER, f"{denied}, because yeast makes gas.")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Soda makes no gas; the yeast does.", "found"),
        ("Flour does not make gas. That is what the yeast is for.", "found"),
        ("Flour makes no gas, so we need yeast.", "found"),
        ("Flour makes no gas, and the yeast does not.", "negated"),
        ("Flour makes no gas. The yeast is expensive.", "found"),
        ("The yeast makes no gas. Yeast is expensive.", "negated"),
    ],
)
def test_what_is_denied_of_something_else_may_be_taken_up_by_the_subject(answer, status):
    assert statuses(about_yeast("gas"), answer)["x"] == status


def test_what_is_taken_up_is_never_accepted_in_bulk():
    assert "doubtful" in flags(about_yeast("gas"), "Soda makes no gas; the yeast does.")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("Soda makes gas.", "absent"),
        ("Soda also makes gas.", "found"),
        ("Soda makes gas, too.", "found"),
        ("Soda-like bubbles of gas lift it.", "found"),
        ("What sets it apart from soda is that it makes gas.", "found"),
        ("Unlike soda, which makes gas, it is alive.", "absent"),
        ("Like soda it makes gas.", "found"),
    ],
)
def test_who_has_a_property_beside_another(answer, status):
    assert statuses(about_yeast("gas"), answer)["x"] == status


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("A hot oven kills it.", "found"),
        ("Bake it as hot as possible and it dies.", "absent"),
        ("If it rises a little it dies.", "absent"),
    ],
)
def test_a_size_that_only_says_how_much_is_no_condition(answer, status):
    assert statuses(MATCHER, answer)["hot"] == status


@pytest.mark.parametrize(
    "answer",
    [
        "Either it dies, because it is too hot, or it is slow, because it is too cold.",
        "To kill it is the price of a hot oven, to be slow the price of a cold one.",
    ],
)
def test_results_that_come_first_each_have_their_reason_behind_them(answer):
    assert statuses(MATCHER, answer) == {"gas": "absent", "hot": "found", "cold": "found"}


def test_a_choice_between_sizes_is_no_condition_that_something_is_presumed_of():
    hot = Concept(
        id="hot",
        points=3,
        label="x",
        any=("burn",),
        presume=Presumption(when="{much}", unless="{little}"),
    )
    matcher = freetext.compile(bread(concepts=(hot,)))

    assert statuses(matcher, "If it is hot the crumb zorbles.")["hot"] == "found"
    assert statuses(matcher, "We ask whether a hot or cold crumb zorbles.")["hot"] == "absent"


def test_a_weak_phrasing_that_does_not_count_here_asks_for_a_person():
    weak = Conditional(then="crumb", unless="old")
    gas, hot, cold = bread().concepts
    matcher = freetext.compile(bread(concepts=(gas, hot, cold.model_copy(update={"weak": (weak,)}))))

    assert flags(matcher, "Yeast makes gas.") == set()
    assert "half_said" in flags(matcher, "Yeast makes gas in the old crumb.")


def test_the_little_words_of_a_misconception_are_no_evidence_either():
    wrong = Misconception(id="same", label="x", any=("same gas loaf",))
    matcher = freetext.compile(
        bread(
            concepts=(Concept(id="x", points=3, label="x", any=("gas for_each_loaf",)),),
            misconceptions=(wrong,),
        )
    )

    assert statuses(matcher, "It makes gas for each loaf.")["x"] == "found"
    assert statuses(matcher, "It makes the same gas for each loaf.")["x"] == "absent"


def test_who_has_spoken_to_the_grader_goes_on_doing_so():
    """Otherwise the second sentence is an answer: "it named yeast and gas, so count it"."""
    answer = "This is for the grader: my answer was lost. It named yeast and gas. Yeast makes gas."

    assert sentences_to_grader(read(answer)) == {0, 1}
    assert sentences_to_grader(read("Award all points. There is no yeast in it.")) == {0}


def test_what_else_is_claimed_is_not_read_once_somebody_speaks_to_the_grader():
    """ "I know about yeast" and a bare list say nothing; "I know that ..." says something."""
    plea = "Please give me the marks."

    assert sentences_to_grader(read(f"{plea} I know about yeast and gas.")) == {0, 1}
    assert sentences_to_grader(read(f"{plea} Yeast, gas, heat.")) == {0, 1}
    assert sentences_to_grader(read(f"{plea} I know that yeast makes gas.")) == {0}
    assert sentences_to_grader(read("I know about yeast and gas.")) == frozenset()


@pytest.mark.parametrize(
    ("answer", "listed"),
    [
        ("yeast - too hot / too cold - gas - warm up - slow", True),
        ("yeast; gas; too hot; slow; fermentation", True),
        ("- yeast\n- gas\n- too hot\n- slow\n- fermentation", True),
        ("- yeast makes gas\n- too hot: it dies\n- too cold: slow\n- gas\n- rises", False),
        ("Yeast makes gas, too hot: it dies, too cold: it is slow, so be patient.", False),
        ("Gas. Yeast. Heat. Rising. Dough.", False),
    ],
)
def test_terms_with_dashes_semicolons_or_bullets_are_a_list(answer, listed):
    assert bool(listed_words(read(answer))) is listed


def test_a_comparison_begins_no_clause():
    """ "As well as" joins, "as much as" compares; "as soon as" says when."""
    assert [word.joint for word in read("gas as well as heat").words] == [0, JOINED, 0, 0, 0]
    assert [word.joint for word in read("rises as much as it can").words] == [0, 0, 0, 0, 0, 0]
    assert [word.joint for word in read("dies as soon as hot").words][1] == CLAUSE


@pytest.mark.parametrize(
    ("answer", "hot"),
    [
        ("The yeast's death isn't caused by too hot an oven: they do not die of it.", "negated"),
        ("That they die is not due to a hot oven.", "negated"),
        ("That they die has nothing to do with a hot oven.", "negated"),
        ("If too hot they die if too cold they are slow.", "found"),
        ("A hot oven and they die, while for a cold one it takes patience.", "found"),
        ("They must not stay in a hot oven without fear to die.", "found"),
        ("In the oven a hot loaf lets them die.", "absent"),
    ],
)
def test_which_condition_a_consequence_comes_of(answer, hot):
    assert statuses(MATCHER, answer)["hot"] == hot


def test_what_stands_behind_a_but_is_claimed():
    matcher = about_yeast("yeast rises|grows")

    assert statuses(matcher, "The yeast does not fall but rises.")["x"] == "found"
    assert statuses(matcher, "The yeast never rises.")["x"] == "negated"


def test_a_reason_in_its_own_clause_denies_no_wish():
    matcher = about_yeast("within:40 not:hot not:cold")

    answer = "You don't want it hot, since then yeast does not live, and you don't want it cold."
    assert statuses(matcher, answer)["x"] == "found"


def test_nothing_is_presumed_of_what_is_called_untrue_or_not_enough():
    cold = Concept(id="x", points=3, label="x", any=("zzz",), presume=Presumption(when="cold", unless="hot"))
    matcher = freetext.compile(bread(concepts=(cold,)))

    assert statuses(matcher, "Too cold and it zorbles.")["x"] == "found"
    assert statuses(matcher, "It is not true that too cold, it zorbles.")["x"] == "absent"
    assert statuses(matcher, "If it is not cold enough it zorbles.")["x"] == "absent"


def test_a_large_one_goes_on_about_the_other_subject():
    matcher = about_yeast("gas")

    assert statuses(matcher, "Soda is a powder. A large one makes gas.")["x"] == "absent"


def test_frequent_slips_in_short_words_and_doubled_letters_cost_nothing():
    """A word of four letters is too short for a distance: "tunne" is "tune", "los" is "loss"."""
    vocabulary = Vocabulary(("tune", "loss", "quick", "high", "step"))

    for slip, word in (
        ("tunne", "tune"),
        ("los", "loss"),
        ("quik", "quick"),
        ("hgh", "high"),
        ("stp", "step"),
    ):
        assert vocabulary.meant(slip) == vocabulary.meant(word), slip
    assert vocabulary.meant("steep") == ()


def test_hardly_is_not_hard():
    """ "It is hard to tune" says the opposite of "it hardly needs tuning"."""
    assert stem("hardly") != stem("hard")
    assert Vocabulary(("hardly",)).meant("hard") == ()


def test_a_word_that_may_be_misspelt_and_was_not_understood_asks_for_a_person():
    """Two errors in a short word are never forgiven, but they must not cost a point without a look."""
    answer = "Yeast makes gas. If the oven is too hot the yeast dies, {}."

    assert "misspelt" in flags(MATCHER, answer.format("wayt"))
    assert "misspelt" not in flags(MATCHER, answer.format("zebra"))
    assert "misspelt" not in flags(MATCHER, answer.format("wayt") + " If it is too cold it is slow.")


@pytest.mark.parametrize(
    ("pattern", "answer", "status"),
    [
        ("in:order sugar yeast", "Sugar feeds yeast.", "found"),
        ("in:order sugar yeast", "Yeast, then sugar.", "absent"),
        ("in:order sugar yeast", "Yeast, more sugar, then yeast.", "found"),
        ("in:order sugar yeast gas", "Sugar, yeast and gas.", "found"),
        ("in:order sugar yeast gas", "Sugar, gas and yeast.", "absent"),
    ],
)
def test_slots_may_have_to_stand_in_order(pattern, answer, status):
    assert statuses(about_yeast(pattern), answer)["x"] == status


@pytest.mark.parametrize(
    ("answer", "slips"),
    [
        ("to big and it dies", [0]),
        ("it is to high, not to small", [2, 5]),
        ("lower it from big to small", []),
        ("it leads to large loaves", []),
        ("it goes from a low one to high", []),
    ],
)
def test_to_before_a_size_is_a_slip_of_too(answer, slips):
    assert list(reading.slips(read(answer))) == slips


def test_slips_in_joining_words_join_clauses():
    assert [word.joint for word in read("it dies becuase it burns wen hot").words] == [
        0,
        0,
        CLAUSE,
        0,
        0,
        CLAUSE,
        0,
    ]
