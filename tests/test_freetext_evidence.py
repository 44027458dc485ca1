"""What graders and students read about a suggestion, and that nothing in an answer can act in their browsers."""

from __future__ import annotations

import html
import re

import pytest

from autograder import evidence, freetext
from autograder.freetext.evidence import note, remarks, rows
from autograder.freetext.neighbours import Confirmed, Neighbour
from autograder.report import Suggested
from autograder.suggesting import as_suggested
from tests.rubrics import bread, labelled, matchers

MATCHER = freetext.compile(bread())


def table(suggestion: freetext.Suggestion, neighbour: Neighbour | None = None) -> str:
    """The table as it is read, for a question of 3 points."""
    return html.unescape(evidence.table(as_suggested(suggestion, neighbour), 3))


def test_the_table_shows_each_concept_with_the_students_own_words():
    suggestion = MATCHER.suggest("Yeast makes gas. If the oven is too cold the yeast dies.")

    assert table(suggestion) == (
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
        f"`{suggestion.key}`\n"
    )


def test_nobody_is_told_that_an_answer_is_wrong_and_no_pattern_is_shown():
    for answer in labelled():
        matcher = matchers()[answer.exercise]
        text = table(matcher.suggest(answer.answer))
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
    assert evidence.table(as_suggested(suggestion), 3).count("|\n") == 3


def test_quotes_are_the_students_own_words_and_stand_only_where_something_was_found_or_turned():
    for answer in labelled():
        suggestion = matchers()[answer.exercise].suggest(answer.answer)
        for row in rows(suggestion):
            assert all(quote in suggestion.text or quote == "..." for quote in row.quotes)
            assert bool(row.quotes) == (row.status != "not found in your answer")


def test_the_note_names_what_was_found_and_what_was_not():
    assert note(MATCHER.suggest("Yeast makes gas.")) == (
        "Found: yeast makes gas. Not found in your answer: too hot kills the yeast; too cold is slow."
    )


def test_no_score_is_shown_for_an_answer_that_cannot_be_read():
    suggestion = MATCHER.suggest("Die Hefe macht Gas und das ist nicht schlecht, yeast gas.")

    assert as_suggested(suggestion).points is None
    assert "No score is suggested" in table(suggestion)
    assert "of 3 points" not in table(suggestion)
    assert note(suggestion) == "No score is suggested: the answer could not be read."


def test_a_similar_confirmed_answer_is_named_with_its_score():
    near = Neighbour(0.812, Confirmed("Yeast and gas", 3.0))

    assert remarks(MATCHER.suggest("Yeast makes gas."), near)[-1] == (
        "similar to a confirmed answer that got 3 of 3 (similarity 0.81)"
    )
    assert "- similar to a confirmed answer that got 3 of 3" in table(
        MATCHER.suggest("Yeast makes gas."), near
    )


def test_an_answer_that_is_ready_is_not_sent_to_a_person():
    ready = Suggested(3.0, "k", "n", ready=True)
    assert evidence.score(ready, 3) == "3 of 3 points."
