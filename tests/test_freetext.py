"""What the matcher finds in an answer, and what it takes back: on a rubric that has nothing to do with optimizers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import freetext
from autograder.freetext import About, Concept, Conditional
from tests.rubrics import bread, flags, matchers, statuses

MATCHER = freetext.compile(bread())


def status(answer: str, concept: str) -> str:
    return statuses(MATCHER, answer)[concept]


@pytest.mark.parametrize(
    "answer",
    [
        "The yeast makes gas.",
        "Gas is produced by yeast.",
        "YEAST MAKES GAS!",
        "Yeasts are producing gas",
        "It is fermentation.",
        "Yeast produces carbon dioxide",
        "The yeast fills the dough with lots of little bubbles",
    ],
)
def test_a_concept_is_found_by_its_words_in_any_form_and_order(answer):
    assert status(answer, "gas") == "found"


@pytest.mark.parametrize(
    "answer", ["Yeast is important. Gas is used in ovens.", "Carbon makes it rise.", "Gas!"]
)
def test_words_of_two_sentences_are_not_put_together(answer):
    assert status(answer, "gas") == "absent"


def test_words_far_apart_in_a_sentence_are_not_put_together():
    answer = "The yeast that my grandmother always bought at the small shop next to the station had its price, like gas"

    assert status(answer, "gas") == "absent"


@pytest.mark.parametrize(
    "answer",
    [
        "Yeast does not make gas.",
        "Yeast doesn't make any gas.",
        "Yeast doesn’t make gas.",
        "The yeast never makes gas.",
        "Neither yeast nor gas is involved.",
        "I would never say of any of the yeast that it makes gas.",
        "It rises, but not because yeast makes gas.",
        "Neither does the cheap old family brand of dry yeast ever make gas.",
        "Yeast dosnt make gas.",
        "It is not true that the yeast in a dough makes so much gas.",
        "It is a myth that yeast makes gas.",
        "It is not true that the yeast in the dough makes gas.",
    ],
)
def test_what_is_denied_earns_nothing_and_goes_to_a_person(answer):
    suggestion = MATCHER.suggest(answer)

    assert statuses(MATCHER, answer)["gas"] == "negated"
    assert (suggestion.points, suggestion.route) == (0.0, "review")


@pytest.mark.parametrize(
    "answer",
    [
        "Not only does yeast make gas, it also tastes good.",
        "There is no doubt that yeast makes gas.",
        "It's not magic, the yeast makes gas.",
    ],
)
def test_a_negation_of_something_else_takes_nothing_away(answer):
    assert status(answer, "gas") == "found"


@pytest.mark.parametrize(
    "answer",
    [
        "If it is too hot the yeast dies, and if it is too cold it is slow.",
        "The yeast dies if it is too hot and it is slow if it is too cold.",
        "Too cold: slow. Too hot: the yeast dies.",
        "Too hot -> it kills the yeast, too cold -> you wait.",
        "It dies, when it is too hot, and it is slow, when it is too cold.",
        "It must not be too cold, otherwise it is slow, and not too hot either, because then the yeast dies.",
        "A higher temperature kills the yeast while a lower one makes it slow.",
        "When it's not cold enough the yeast dies, when it's not hot enough it is slow.",
        "The loaf is small. Hot ovens kill the yeast but cold ones are slow.",
    ],
)
def test_each_consequence_takes_the_condition_that_belongs_to_it(answer):
    assert {"hot": "found", "cold": "found"}.items() <= statuses(MATCHER, answer).items()


@pytest.mark.parametrize(
    "answer",
    ["If it is too cold the yeast dies.", "The yeast dies when it is too cold and it is slow when hot."],
)
def test_the_opposite_condition_is_swapped_and_not_credited(answer):
    suggestion = MATCHER.suggest(answer)

    assert status(answer, "hot") == "swapped"
    assert (suggestion.points, suggestion.route) == (0.0, "review")


def test_that_the_opposite_does_not_happen_is_no_fault():
    assert status("In a cold oven the yeast does not die.", "hot") == "absent"


def test_a_size_that_is_said_of_something_else_is_no_condition():
    assert status("The yeast dies in a large loaf.", "hot") == "absent"
    assert status("The yeast dies because the price is too high.", "hot") == "absent"


def test_a_condition_carries_over_to_a_sentence_that_refers_to_it():
    assert status("The oven can be too hot. Then the yeast dies.", "hot") == "found"
    assert status("The oven can be too hot. Yeast dies some day.", "hot") == "absent"


@pytest.mark.parametrize(
    "answer", ["Yaest makes gas.", "The yeast makes bubles.", "fermantation", "Yeast: cabron dioxide"]
)
def test_typing_errors_cost_nothing(answer):
    assert status(answer, "gas") == "found"


@pytest.mark.parametrize(
    ("word", "other"), [("diverse", "diverge"), ("chance", "change"), ("adopt", "adapt")]
)
def test_a_common_word_is_not_taken_for_a_misspelt_one(word, other):
    rubric = bread(concepts=(Concept(id="x", points=3, label="x", any=(other,)),))

    assert statuses(freetext.compile(rubric), f"a {word} thing")["x"] == "absent"
    assert statuses(freetext.compile(rubric), f"a {other} thing")["x"] == "found"


def test_a_concept_counts_once_however_often_it_is_said():
    assert MATCHER.suggest("Yeast makes gas. The gas of the yeast. Yeast, gas!").points == 1.0


def test_a_misconception_takes_off_half_a_point_and_asks_for_a_person():
    suggestion = MATCHER.suggest("Yeast makes gas, and you stir in air as well.")

    assert (suggestion.points, suggestion.route) == (0.5, "review")
    assert [one.id for one in suggestion.misconceptions] == ["air"]


def test_the_words_of_a_misconception_are_no_evidence_for_the_truth():
    suggestion = matchers()["why_adam"].suggest("It applies the same learning rate to each parameter.")

    assert suggestion.items[0].status == "absent"
    assert [one.id for one in suggestion.misconceptions] == ["shared_rate"]


def test_points_never_fall_below_zero():
    assert MATCHER.suggest("You stir in air.").points == 0.0


def test_a_weak_phrasing_is_credited_and_shown_to_a_person():
    suggestion = MATCHER.suggest("A cold oven needs patience with yeast and gas, the hot one kills it.")

    assert (suggestion.points, suggestion.route) == (3.0, "review")
    assert [one.name for one in suggestion.flags] == ["weak"]


def test_without_when_a_conditional_counts_unless_a_word_stands_beside_it():
    concept = Concept(
        id="x", points=3, label="x", any=(Conditional(then="average gradient", unless="squared"),)
    )
    matcher = freetext.compile(bread(concepts=(concept,)))

    assert statuses(matcher, "an average of the gradients")["x"] == "found"
    assert statuses(matcher, "an average of the squared gradients")["x"] == "absent"
    assert statuses(matcher, "an average of gradients, and one of their squares, is used")["x"] == "found"


ABOUT = About(this="adam", others="sgd|rmsprop|sgd_with_momentum")
SUBJECT = freetext.compile(
    bread(about=ABOUT, concepts=(Concept(id="x", points=3, label="x", any=("momentum", "own rate")),))
)


@pytest.mark.parametrize(
    "answer",
    [
        "SGD uses momentum.",
        "Plain SGD has momentum and Adam does something else.",
        "Adam is slow whereas SGD uses momentum.",
        "Adam is not better than SGD with momentum.",
        "SGD is simple. It uses momentum.",
        "Unlike SGD, which uses momentum, Adam is slow.",
        "With RMSprop every weight has its own rate.",
    ],
)
def test_a_property_of_another_subject_is_not_credited(answer):
    assert statuses(SUBJECT, answer)["x"] == "absent"
    assert "other_subject" in flags(SUBJECT, answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Unlike SGD, it uses momentum.",
        "Compared to SGD it has momentum.",
        "SGD is simple while Adam uses momentum.",
        "It combines RMSprop with momentum.",
        "It combines the benefits of RMSprop, which gives each weight its own rate, and of others.",
        "Not for speed, as SGD is faster there, but because of its momentum.",
        "SGD is simple. Adam uses momentum.",
        "In contrast to RMSprop, Adam has momentum.",
    ],
)
def test_naming_another_subject_takes_nothing_away(answer):
    assert statuses(SUBJECT, answer)["x"] == "found"


def test_what_follows_the_colon_of_a_denial_is_not_denied():
    assert status("It is not true that dough rises by magic in there: yeast makes gas.", "gas") == "found"
    assert status("It is not true that yeast: makes gas.", "gas") == "negated"


def test_a_colon_gives_the_condition_of_what_stands_before_it():
    """As people write in notes; without it the words are too far apart to belong together."""
    assert status("Death: the yeast dies, and so on: too much heat.", "hot") == "absent"
    assert status("It dies: much too hot an oven.", "hot") == "found"


def test_british_and_american_spellings_are_one():
    rubric = bread(concepts=(Concept(id="x", points=3, label="x", any=("caramelise|caramelisation",)),))
    matcher = freetext.compile(rubric)

    for word in ("caramelise", "caramelizes", "caramelized", "caramelising", "caramelization"):
        assert statuses(matcher, f"The crust: {word}.") == {"x": "found"}


def test_the_evidence_is_the_students_own_words():
    suggestion = MATCHER.suggest("Well, the   Yeast makes  tiny bubbles.")
    item = suggestion.items[0]

    assert [suggestion.text[span.start : span.end] for span in item.spans] == ["Yeast", "bubbles"]


def test_the_same_answer_gets_the_same_suggestion_in_every_process(tmp_path: Path):
    """Sets of words are iterated in another order under each hash seed; nothing may depend on that."""
    script = tmp_path / "suggest.py"
    script.write_text(
        "import sys\n"
        "from tests.rubrics import labelled, matchers\n"
        "for one in labelled()[::3]:\n"
        "    print(matchers()[one.exercise].suggest(one.answer))\n"
        "print(sorted(name for name in ('socket', 'torch', 'numpy') if name in sys.modules))\n",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parents[1]
    outputs = {
        subprocess.run(
            [sys.executable, script],
            check=True,
            capture_output=True,
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        ).stdout
        for seed in ("0", "1", "4711")
    }

    assert len(outputs) == 1
    assert b"route='ready'" in outputs.pop()


def test_the_hash_of_a_rubric_tells_whether_suggestions_may_differ():
    rubric = bread()

    assert rubric.hash == bread().hash
    assert rubric.hash == bread(examples=()).hash
    assert rubric.hash != bread(synonyms={**rubric.synonyms, "much": "much"}).hash
    assert rubric.hash != bread(points=2.0).hash
    assert rubric.hash != bread(concepts=rubric.concepts[:2]).hash


def test_a_suggestion_is_plain_data():
    suggestion = MATCHER.suggest("Yeast makes gas.")

    assert (
        json.loads(
            json.dumps(
                suggestion,
                default=lambda one: (
                    [getattr(one, n) for n in one.__slots__] if hasattr(one, "__slots__") else vars(one)
                ),
            )
        )["points"]
        == 1.0
    )
    assert suggestion.key.count("-") == 2


@pytest.mark.parametrize("name", ["why_learning_rate", "why_adam", "read_loss_curve", "change_optimizer"])
def test_no_long_or_hostile_answer_takes_long_to_read(name):
    """Bounded by what is read at all, so no wall clock is needed: at most so many words, places and matches."""
    from autograder.freetext import matching, reading

    matcher = matchers()[name]
    words = [word.rstrip("*") for word in matcher.compiled.vocabulary.numbers]
    hostile = ["a" * 30_000, "a'" * 10_000, "\u0301" * 30_000, "\ufdfa" * 30_000, "too big slow not " * 3_000]
    hostile += [
        " ".join(words * 20),
        "." * 30_000,
        "\n " * 10_000,
        "(" * 30_000,
        "\x00<script>" * 3_000,
        "😀" * 30_000,
    ]

    for answer in hostile:
        suggestion = matcher.suggest(answer)
        assert len(suggestion.text) <= reading.MAX_CHARACTERS
        assert suggestion.route == "review" or not suggestion.text.strip("\n .(a'😀\u0301")
        text = matching.Text(reading.read(answer), matcher.compiled.vocabulary)
        assert len(text.words) <= reading.MAX_WORDS + 1
