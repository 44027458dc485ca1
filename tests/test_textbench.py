"""The test bench of the rubrics, and the course's own result on it."""

from __future__ import annotations

import json

import pytest

from autograder import freetext
from autograder.errors import AutogradeError
from autograder.textbench import Labelled, read_labelled, run
from tests.rubrics import EXERCISES, bread, labelled, matchers

MATCHER = freetext.compile(bread())


def answer(name: str, text: str, items: str = "", misconceptions: str = "", route: str = "") -> Labelled:
    return Labelled(
        name, "bread", text, frozenset(items.split()), frozenset(misconceptions.split()), route=route
    )


def test_the_report_says_what_was_wrong_with_which_answer():
    bench = run(
        MATCHER,
        "bread",
        [
            answer("a1", "Yeast makes gas.", "gas"),
            answer("a2", "Yeast makes gas.", ""),
            answer("a3", "Tiny animals breathe in it.", "gas"),
            answer("a4", "Yeast makes gas.", "gas", route="review"),
            answer("a5", "Yeast makes gas and you stir in air.", "gas"),
        ],
    )

    assert bench.lines(patterns=True) == [
        "bread: 5 answers, 60% within 0.5 points (at least 80% asked for), r -0.37, 3 ready, 1 wrongly",
        "  gas: right 3, wrongly credited 1, wrongly refused 1",
        "    pattern 1: fired rightly 3, wrongly 1",
        "    pattern 2: fired rightly 0, wrongly 0",
        "  hot: right 0, wrongly credited 0, wrongly refused 0",
        "    pattern 1: fired rightly 0, wrongly 0",
        "  cold: right 0, wrongly credited 0, wrongly refused 0",
        "    pattern 1: fired rightly 0, wrongly 0",
        "    pattern 2: fired rightly 0, wrongly 0",
        "  air: right 0, wrongly credited 1, wrongly refused 0",
        "    pattern 1: fired rightly 0, wrongly 1",
        "    pattern 2: fired rightly 0, wrongly 0",
        "  a2: suggested 1, expected 0 (no flags): WRONG AND READY; wrongly credited gas",
        "  a3: suggested 0, expected 1 (zero_but_substantial): wrongly refused gas",
        "  a4: suggested 1, expected 1 (no flags): a person must read it, but it is ready",
        "  a5: suggested 0.5, expected 1 (misconception): wrongly credited air",
    ]
    assert not bench.passed


def test_one_wrong_answer_that_is_ready_fails_the_bench_however_good_the_rest():
    good = [answer(f"g{number}", "Yeast makes gas.", "gas") for number in range(50)]

    assert run(MATCHER, "bread", good).passed
    assert not run(MATCHER, "bread", [*good, answer("x", "Yeast makes gas.")]).passed


def test_too_few_near_answers_fail_the_bench():
    refused = [answer(f"r{number}", "Tiny animals breathe in it.", "gas") for number in range(2)]
    good = [answer(f"g{number}", "Yeast makes gas.", "gas") for number in range(8)]

    assert run(MATCHER, "bread", [*good, *refused]).passed
    assert not run(MATCHER, "bread", [*good[:7], *refused]).passed


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_rubrics_of_the_course_pass_on_the_projects_own_answers(exercise):
    bench = run(matchers()[exercise], exercise, [one for one in labelled() if one.exercise == exercise])

    assert bench.passed, "\n".join(bench.lines())


def test_the_project_has_enough_answers_of_its_own():
    groups = {group: sum(one.group == group for one in labelled()) for group in ("tune", "held_out", "dev")}

    assert groups["tune"] >= 40
    assert groups["held_out"] >= 40
    assert groups["dev"] == 20
    assert len({one.id for one in labelled()}) == len(labelled())


def test_every_label_names_a_concept_or_misconception_of_its_rubric():
    for one in labelled():
        rubric = matchers()[one.exercise].rubric
        assert one.items <= {concept.id for concept in rubric.concepts}, one.id
        assert one.misconceptions <= {wrong.id for wrong in rubric.misconceptions}, one.id


def test_labelled_answers_are_read_from_json(tmp_path):
    path = tmp_path / "answers.json"
    entry = {"id": "a1", "answer": "Gas.", "items": ["gas"], "points": 2, "route": "review", "set": "tune"}
    path.write_text(json.dumps({"exercise": "bread", "answers": [entry]}), encoding="utf-8")

    assert read_labelled(path) == (
        Labelled("a1", "bread", "Gas.", frozenset({"gas"}), frozenset(), 2.0, "review", "tune"),
    )


@pytest.mark.parametrize("text", ["", "[]", '{"answers": [{"id": 1}]}', '{"answers": 3}', "{"])
def test_a_file_that_holds_no_labelled_answers_is_refused_with_an_example(tmp_path, text):
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AutogradeError, match="does not hold labelled answers") as raised:
        read_labelled(path)
    assert '"exercise": "id"' in raised.value.hint


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(AutogradeError, match=r"cannot read .*gone\.json.*No such file"):
        read_labelled(tmp_path / "gone.json")
