"""What a student reads on a terminal: a reason that several checks share is said once."""

from __future__ import annotations

from autograder import console
from autograder.report import CheckResult, ItemReport, Outcome, Report

NOT_THERE = "there is no function `brew` in what was handed in"


def _check(number: int, outcome: Outcome, message: str = "", hint: str = "") -> CheckResult:
    return CheckResult(
        f"test_{number}",
        f"check {number}",
        outcome,
        int(outcome == "pass"),
        1,
        message,
        hint or f"try {number}",
    )


def _lines(*checks: CheckResult) -> list[str]:
    item = ItemReport("brew", "code", "Brew", checks)
    shown = [line.plain for line in console.student_report(Report("ann", "", (item,)), {})]
    return [line.strip() for line in shown[shown.index(next(line for line in shown if "Brew" in line)) + 1 :]]


def test_a_reason_that_all_checks_share_is_said_once_and_without_their_hints() -> None:
    assert _lines(*(_check(number, "error", NOT_THERE) for number in (1, 2, 3))) == [
        "✗ check 1  0/1",
        "✗ check 2  0/1",
        "✗ check 3  0/1",
        f"all 3 of these: {NOT_THERE}",
    ]


def test_a_check_with_a_reason_of_its_own_keeps_its_hint_beside_those_that_share_one() -> None:
    assert _lines(
        _check(1, "fail", "off by one"), *(_check(number, "timeout", "stopped") for number in (2, 3))
    ) == [
        "✗ check 1  0/1",
        "off by one",
        "hint: try 1",
        "✗ check 2  0/1",
        "✗ check 3  0/1",
        "both: stopped",
    ]


def test_wrong_results_that_sound_alike_keep_their_hints() -> None:
    assert _lines(_check(1, "fail", "not equal"), _check(2, "fail", "not equal")) == [
        "✗ check 1  0/1",
        "hint: try 1",
        "✗ check 2  0/1",
        "hint: try 2",
        "both: not equal",
    ]


def test_checks_that_say_nothing_stand_alone() -> None:
    assert _lines(_check(1, "pass"), _check(2, "pass"), _check(3, "fail"), _check(4, "fail")) == [
        "✓ check 1  1/1",
        "✓ check 2  1/1",
        "✗ check 3  0/1",
        "hint: try 3",
        "✗ check 4  0/1",
        "hint: try 4",
    ]


def test_an_answer_is_named_once() -> None:
    check = CheckResult("answer", "Does it settle?", "fail", 0, 1, "It grows.")
    report = Report("ann", "", (ItemReport("settles", "quiz", "Does it settle?", (check,)),))
    shown = [line.plain for line in console.student_report(report, {})]
    assert shown[2:] == ["", "  ✗ Does it settle?  0/1", "      It grows."]
