"""What an author may write, what is refused with which words, and what `lint` finds in a rubric that can be read."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from autograder import freetext
from autograder.freetext import Concept, Conditional, Example, Misconception, PatternError, TextDefaults, lint
from autograder.patterns import check_slot, parse_pattern
from tests.rubrics import EXERCISES, SYNONYMS, bread, matchers, statuses


def words(pattern: str, synonyms: dict[str, str] | None = None) -> list[list[str]]:
    return [[str(one) for one in slot] for slot in parse_pattern(pattern, synonyms or {})]


def test_blanks_part_slots_and_bars_part_alternatives():
    assert words("Step  size|length not:move go_over grow*") == [
        ["step"],
        ["size", "length"],
        ["not:move"],
        ["go_over"],
        ["grow*"],
    ]


def test_synonym_lists_are_filled_in_also_within_a_phrase_and_in_each_other():
    synonyms = {
        "big": "large|huge",
        "rate": "learning_rate|lr",
        "high_rate": "{big}_{rate}",
        "none": "not:go|never",
    }

    assert words("{big}_{rate}|x", synonyms) == [
        ["large_learning_rate", "large_lr", "huge_learning_rate", "huge_lr", "x"]
    ]
    assert words("{high_rate}", synonyms) == words("{big}_{rate}", synonyms)
    assert words("not:{big}|{none}", synonyms) == [["not:large", "not:huge", "not:go", "never"]]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "the pattern is empty"),
        ("a||b", "`a||b` has an empty alternative"),
        ("a|", "`a|` has an empty alternative"),
        ("a+b", "`a+b` cannot be read as words"),
        ("{big", "`{big` cannot be read as words"),
        ("_a", "`_a` cannot be read as words"),
        ("not:", "`not:` cannot be read as words"),
        ("gr*w", "`gr*w` cannot be read as words"),
        ("a b c d e f g", "`a b c d e f g` has 7 slots; at most 6 are allowed"),
        ("a_b_c_d_e_f_g", "`a_b_c_d_e_f_g` asks for more than 6 words side by side"),
        ("x" * 5000, "the pattern has 5,000 characters; at most 4,000 are allowed"),
    ],
)
def test_a_pattern_that_cannot_be_read_is_refused_in_words(pattern, message):
    with pytest.raises(ValidationError) as raised:
        Concept(id="x", points=1, label="x", any=(pattern,))
    errors = [one for one in raised.value.errors() if one["type"] == "pattern"]

    assert [one["msg"] for one in errors] == [message]
    assert errors[0]["loc"][:2] == ("any", 0)


@pytest.mark.parametrize(
    ("pattern", "synonyms", "message"),
    [
        ("{bog}", {"big": "large"}, "`{bog}` is not a synonym list of this course"),
        ("{a}", {"a": "{b}", "b": "{a}"}, "the synonym list `{a}` is made of itself"),
        ("{a}", {"a": "x y"}, "the synonym list `{a}` holds `x y`"),
        ("{a}", {"a": ""}, "the synonym list `{a}` holds ``"),
        ("{a}_x", {"a": "not:go"}, "`{a}_x` joins a synonym list that holds `not:` with something else"),
        ("{a}_{a}_{a}", {"a": "|".join("abcdefghijklmnop")}, "`{a}_{a}_{a}` stands for more than"),
    ],
)
def test_a_synonym_list_that_cannot_be_used_is_refused_in_words(pattern, synonyms, message):
    with pytest.raises(PatternError) as raised:
        parse_pattern(pattern, synonyms)

    assert raised.value.message.startswith(message)


def test_only_alternatives_may_stand_where_one_slot_is_asked_for():
    with pytest.raises(PatternError, match="`a b` has blanks in it"):
        check_slot("a b")
    with pytest.raises(ValidationError, match="has blanks in it"):
        Conditional(then="a", when="very big")


@pytest.mark.parametrize(
    "values",
    [
        {"id": "X", "points": 1, "label": "x", "any": ("a",)},
        {"id": "x", "points": 0, "label": "x", "any": ("a",)},
        {"id": "x", "points": True, "label": "x", "any": ("a",)},
        {"id": "x", "points": "1", "label": "x", "any": ("a",)},
        {"id": "x", "points": float("nan"), "label": "x", "any": ("a",)},
        {"id": "x", "points": 1, "label": " ", "any": ("a",)},
        {"id": "x", "points": 1, "label": "x", "any": ()},
        {"id": "x", "points": 1, "label": "x", "any": ("a",), "anny": ("b",)},
    ],
)
def test_types_are_strict_and_unknown_keys_are_refused(values):
    with pytest.raises(ValidationError):
        Concept.model_validate(values)


def test_a_concept_without_patterns_says_what_is_missing_once():
    with pytest.raises(ValidationError) as raised:
        Concept(id="x", points=1, label="x", any=())

    assert [one["msg"] for one in raised.value.errors()] == ["needs at least one pattern"]


def test_a_star_takes_every_ending_and_a_phrase_passes_over_articles():
    rubric = bread(concepts=(Concept(id="x", points=3, label="x", any=("ferment*", "go_over_top")),))
    matcher = freetext.compile(rubric)

    assert statuses(matcher, "it ferments")["x"] == "found"
    assert statuses(matcher, "we go right over")["x"] == "absent"
    assert statuses(matcher, "we go over the very top")["x"] == "found"
    assert statuses(matcher, "we go over a mountain top")["x"] == "absent"


def test_points_are_rounded_to_the_step_of_the_course():
    concepts = tuple(Concept(id=one, points=0.7, label=one, any=(one,)) for one in ("yeast", "gas", "sugar"))

    def points(step: float) -> float:
        rubric = bread(concepts=concepts, points=2.1, defaults=TextDefaults(step=step))
        return freetext.compile(rubric).suggest("The yeast eats the sugar in it.").points

    assert (points(0.5), points(0.1), points(1.0)) == (1.5, 1.4, 1.0)


def lints(**changes: object) -> list[tuple[tuple[str | int, ...], str]]:
    return [(one.path, one.message) for one in lint(bread(**changes))]


EXAMPLES = (
    Example(answer="Yeast makes gas.", items=("gas",)),
    Example(answer="Too hot and it dies, too cold and it is slow.", items=("hot", "cold")),
)


def test_a_rubric_whose_examples_are_understood_has_no_lints():
    assert lints(examples=EXAMPLES) == []


def test_an_example_that_is_not_understood_is_named():
    assert lints(examples=(*EXAMPLES, Example(answer="Little animals breathe.", items=("gas",)))) == [
        (("examples", 2, "items", 0), "`gas` is not found in this example")
    ]


def test_a_concept_that_an_example_does_not_list_is_named():
    assert lints(examples=(*EXAMPLES, Example(answer="Yeast makes gas."))) == [
        (("examples", 2, "items"), "`gas` is found in this example, but not in its `items`")
    ]


def test_a_misconception_that_fires_on_a_good_example_is_named_with_its_pattern():
    """In the first draft of the course's own rubrics two of eleven misconceptions did."""
    wrong = (Misconception(id="air", label="x", any=("stir", "makes")),)

    assert lints(examples=EXAMPLES, misconceptions=wrong) == [
        (("examples", 0), "the misconception `air` fires on this example (pattern 2)")
    ]


def test_concepts_that_no_example_says_and_names_that_do_not_exist_are_named():
    examples = (EXAMPLES[0], Example(answer="Nothing.", items=("warm",), misconceptions=("water", "air")))

    assert lints(examples=examples) == [
        (("concepts", 1), "no example says `hot`"),
        (("concepts", 2), "no example says `cold`"),
        (("examples", 1, "items", 0), "`warm` is no concept of this exercise"),
        (("examples", 1, "misconceptions", 0), "`water` is no misconception of this exercise"),
        (("examples", 1, "misconceptions", 1), "`air` is not found in this example"),
    ]


def test_points_that_nobody_can_earn_and_ids_used_twice_are_named():
    concepts = (*bread().concepts[:2], Concept(id="gas", points=0.5, label="x", any=("x",)))

    assert lints(examples=EXAMPLES[:1], concepts=concepts)[:2] == [
        (("concepts",), "the concepts are worth 2.5 points together, the exercise 3"),
        (("concepts", 2, "id"), "`gas` is used twice"),
    ]


def test_patterns_and_synonyms_that_cannot_be_read_are_named_before_anything_is_tried():
    assert lints(synonyms={**SYNONYMS, "bad": "a b"})[0][0] == ("text", "synonyms", "bad")
    assert [path for path, _ in lints(synonyms={"much": "hot"})] == [
        ("concepts", 1, "any", 0),
        ("concepts", 2, "any", 0),
    ]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_rubrics_of_the_course_have_no_lints(exercise):
    assert lint(matchers()[exercise].rubric) == []
