"""What graders and students read about a suggestion, and that nothing in an answer can act in their browsers."""

from __future__ import annotations

import html
import re

import pytest

from autograder import freetext
from autograder.freetext import evidence
from autograder.freetext.neighbours import Confirmed, Neighbour
from tests.rubrics import EXERCISES, bread, labelled, matchers

MATCHER = freetext.compile(bread())


def plain(markdown: str) -> str:
    return html.unescape(markdown)


def test_the_table_shows_each_concept_with_the_students_own_words():
    suggestion = MATCHER.suggest("Yeast makes gas. If the oven is too cold the yeast dies.")

    assert plain(evidence.markdown(suggestion)) == (
        "**Suggested score - not final until a person confirms it**\n"
        "\n"
        "1 of 3 points. A person should read this answer.\n"
        "\n"
        "| what an answer can say | points | | your own words |\n"
        "|---|--:|---|---|\n"
        "| yeast makes gas | 1 | found | “**Yeast**” … “**gas**” |\n"
        "| too hot kills the yeast | 0 of 1 | mentioned, but with the opposite condition | “**cold**” … “**dies**” |\n"
        "| too cold is slow | 0 of 1 | not found in your answer |  |\n"
        "\n"
        "About this answer:\n"
        "\n"
        "- gives the effect of a large value to a small one, or the other way round\n"
        "- names a condition or a consequence, but not what belongs to it\n"
        "\n"
        f"<sub>{suggestion.key}</sub>\n"
    )


def test_nobody_is_told_that_an_answer_is_wrong_and_no_pattern_is_shown():
    for answer in labelled():
        matcher = matchers()[answer.exercise]
        text = plain(evidence.markdown(matcher.suggest(answer.answer)))
        outside = re.sub(r"“.*?”", "", text.replace(matcher.rubric.question, ""))
        labels = [one.label for one in (*matcher.rubric.concepts, *matcher.rubric.misconceptions)]
        for label in labels:
            outside = outside.replace(label, "")
        assert "wrong" not in outside
        assert "{" not in outside
        assert "not:" not in outside


HOSTILE = [
    "<script>alert(1)</script> yeast <img src=x onerror=alert(1)> gas",
    "yeast | gas | <b>x</b> |\n|---|---|",
    "yeast ![x](javascript:alert(1)) [gas](http://example.org) gas",
    "yeast `<i>` $\\href{javascript:alert(1)}{x}$ \\(x\\) gas",
    "yeast **bold** __x__ ~~y~~ # z\n\n- gas\n\n```\ncode\n``` &lt;b&gt; gas",
    "yeast http://example.org www.example.org gas",
]


@pytest.mark.parametrize("answer", HOSTILE)
def test_nothing_that_a_student_writes_is_markup(answer):
    rubric = bread(concepts=(freetext.Concept(id="x", points=3, label="x", any=("yeast gas",)),))
    suggestion = freetext.compile(rubric).suggest(answer)
    whole = evidence.escape(answer)

    assert not set(whole) & set("<>|*_`[]()$\\~!{}\n:/.")
    assert re.fullmatch(r"(?:[^&#]|&#[0-9]+;)*", whole)
    assert evidence.markdown(suggestion).count("|\n") == 3


def test_the_highlighted_pieces_are_the_whole_answer():
    for answer in labelled():
        suggestion = matchers()[answer.exercise].suggest(answer.answer)
        pieces = evidence.highlighted(suggestion)
        found = any(one.status == "found" for one in suggestion.items)
        assert "".join(text for text, _ in pieces) == suggestion.text
        assert any(marked for _, marked in pieces) == found


def test_the_comment_begins_with_a_marker_that_can_be_read_back():
    suggestion = MATCHER.suggest("Yeast makes gas.")
    comment = evidence.comment(suggestion)

    assert comment == (
        f"[suggested 1 of 3; {suggestion.key}] Found: yeast makes gas. "
        "Not found in your answer: too hot kills the yeast; too cold is slow."
    )
    assert evidence.read_marker(comment) == evidence.Marker("suggested", 1.0, 3.0, suggestion.key)
    assert evidence.read_marker(evidence.comment(suggestion, "kept")) == evidence.Marker(
        "kept", 1.0, 3.0, suggestion.key
    )


@pytest.mark.parametrize("comment", ["", "Well done!", "[suggested 3]", "I [suggested 1 of 3; x] it"])
def test_a_persons_comment_is_not_taken_for_ours(comment):
    assert evidence.read_marker(comment) is None


def test_no_score_is_shown_for_an_answer_that_cannot_be_read():
    suggestion = MATCHER.suggest("Die Hefe macht Gas und das ist nicht schlecht, yeast gas.")

    assert "No score is suggested" in plain(evidence.markdown(suggestion))
    assert "of 3 points" not in plain(evidence.markdown(suggestion))
    assert evidence.comment(suggestion).endswith("No score is suggested: the answer could not be read.")


def test_a_similar_confirmed_answer_is_named_with_its_score():
    suggestion = MATCHER.suggest("Yeast makes gas.")
    text = plain(evidence.markdown(suggestion, Neighbour(0.812, Confirmed("Yeast and gas", 3.0))))

    assert "Similar to a confirmed answer that got 3 of 3 (similarity 0.81)." in text


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_comment_of_ours_is_recognised(exercise):
    for answer in labelled():
        if answer.exercise == exercise:
            suggestion = matchers()[exercise].suggest(answer.answer)
            marker = evidence.read_marker(evidence.comment(suggestion))
            assert marker is not None
            assert (marker.points, marker.key) == (suggestion.points, suggestion.key)
