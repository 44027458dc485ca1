"""Every attack in tests/hostile, through the real command: no point that was not earned, no secret out, nobody harmed.

The attacks are run in every sandbox that this machine offers: as whoever runs the tests, as an ordinary user where that is
root, without bubblewrap where there is bubblewrap. The last test switches the sandbox off and sees the attacks succeed.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from autograder import console, feedback
from autograder.course import read_course
from autograder.report import Report
from autograder.sandbox import probe
from autograder.store import Store
from tests.hostile_arena import INNOCENTS, Arena, Attack, arena, attacks, interpreter

pytestmark = pytest.mark.skipif(
    not probe().enough, reason=f"this machine has no sandbox to attack: {probe().missing}"
)

ATTACKS = {attack.name: attack for attack in attacks()}
CHECKS = 7
STRANGER = 54321
"""An ordinary user; that there is nobody of this number makes no difference."""

STOPPED_ANYWAY = {
    # the zygote was started anew, with an environment of ours and one descriptor: there is nothing to find
    "harness_raw_memory",
    "read_descriptors",
    "read_environment",
    # limits on the number of processes stay, which hold for ordinary users
    "nb_magics",
    "proc_exec",
    "proc_fork_quietly",
    "proc_multiprocessing",
    # takes points instead
    "read_neighbour",
}
"""Attacks that take nothing even without Landlock and seccomp."""

_REACHING = (
    "read_",
    "write_",
    "net_",
    "proc_",
    "mem_",
    "disk_",
    "harness_import",
    "harness_raw",
    "nb_magics",
)
_SEEN_BY_STUDENTS = re.compile(r"CANARY-[A-Z]+-[0-9a-f]{4}")


@dataclass(frozen=True)
class Battle:
    """What became of a run against attacks: `told` by the supervisor, the reports, and what had changed."""

    told: Mapping[str, Any]
    chosen: tuple[Attack, ...]
    reports: Mapping[str, Report]
    results: Mapping[str, Any]
    seen: Mapping[str, str]
    changed: tuple[str, ...]
    traces: tuple[str, ...]
    contacts: tuple[str, ...]
    private: tuple[str, ...]


def fight(place: Arena, chosen: list[Attack], *options: str, user: int = 0) -> Battle:
    """Hands in *chosen* and grades them."""
    place.hand_in(chosen)
    before, traces = place.hashes(), set(place.traces())
    told = place.grade(*options, user=user, jobs=6)
    assert told["status"] is not None, "the batch did not end"
    after = place.hashes()
    changed = tuple(
        sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    )
    with Store.open(place.out / ".autograde" / "results.sqlite") as store:
        reports = {report.student: report for report in store.latest()}
    results = json.loads((place.out / "results.json").read_text(encoding="utf-8"))
    # where the sandbox is off, there may be no course left to make pages with
    seen = {} if options else {student: _seen(place, report, results) for student, report in reports.items()}
    private = (str(place.root), sys.prefix, sys.base_prefix)
    left = tuple(set(place.traces()) - traces)
    return Battle(
        told, tuple(chosen), reports, results, seen, changed, left, tuple(place.contacts()), private
    )


def _seen(place: Arena, report: Report, results: Mapping[str, Any]) -> str:
    """Everything that a student receives: the report on a terminal, the page, the file."""
    course = read_course(place.course)
    lines = [line.plain for line in console.student_report(report, {})]
    page = feedback.page(course, report.student, [report])
    return "\n".join([*lines, page, json.dumps(results[report.student], ensure_ascii=False)])


def _reaching() -> list[Attack]:
    return [attack for attack in ATTACKS.values() if attack.name.startswith(_REACHING)]


@pytest.fixture(scope="module", params=["as we are", "as an ordinary user", "without bubblewrap"])
def battle(request: pytest.FixtureRequest) -> Iterator[Battle]:
    """One run against the attacks: all of them as we are, those that reach for something in the other ways."""
    bubblewrapped = "bubblewrap" in probe().names
    if request.param == "as an ordinary user" and os.geteuid():
        pytest.skip("we are an ordinary user ourselves")
    if request.param == "as an ordinary user":
        with arena() as place:
            if interpreter(place.root, STRANGER) is None:
                pytest.skip("there is no Python here that an ordinary user may run")
    if request.param == "without bubblewrap" and not bubblewrapped:
        pytest.skip("there is no bubblewrap here, so the other runs are without it")
    with arena() as place, pytest.MonkeyPatch.context() as patch:
        if request.param == "without bubblewrap":
            patch.setenv("AUTOGRADE_BUBBLEWRAP", "off")
        chosen = list(ATTACKS.values()) if request.param == "as we are" else _reaching()
        fought = fight(place, chosen, user=STRANGER if request.param == "as an ordinary user" else 0)
        layers = fought.reports[INNOCENTS[0]].layers
        assert ("bubblewrap" in layers) == (bubblewrapped and request.param != "without bubblewrap")
        yield fought


def _outcomes(battle: Battle, student: str) -> dict[str, str]:
    (item,) = [item for item in battle.reports[student].items if item.kind == "code"]
    return {check.id: check.outcome for check in item.checks}


def _loot(battle: Battle, student: str) -> str:
    """What the attack says that it took."""
    for item in battle.reports[student].items:
        for check in item.checks:
            if check.id == "test_loot" and check.message.startswith("taken: "):
                return check.message.removeprefix("taken: ").partition("\ntried: ")[0].strip()
    return ""


def test_the_suite_is_as_large_as_it_should_be_and_every_attack_says_what_it_wants() -> None:
    assert len(ATTACKS) >= 120
    for attack in ATTACKS.values():
        assert attack.wants and attack.evidence, f"{attack.name} does not say what it wants"


def test_no_attack_earns_a_point_that_it_did_not_deserve(battle: Battle) -> None:
    for attack in battle.chosen:
        passed = {check for check, outcome in _outcomes(battle, attack.name).items() if outcome == "pass"}
        assert passed <= attack.earns, f"{attack.name} was given {sorted(passed - attack.earns)}"
        quiz = [item for item in battle.reports[attack.name].items if item.kind == "quiz"]
        assert not sum(item.points for item in quiz), f"{attack.name} answered the quiz"


def test_no_attack_takes_anything(battle: Battle) -> None:
    for attack in battle.chosen:
        if not attack.known or "bubblewrap" in battle.reports[attack.name].layers:
            assert _loot(battle, attack.name) == "", f"{attack.name} took something"


def test_no_attack_breaks_the_grader(battle: Battle) -> None:
    """A check that is broken costs nothing, so an attack that breaks one has won something: a person's patience."""
    for attack in battle.chosen:
        broken = [check for check, outcome in _outcomes(battle, attack.name).items() if outcome == "broken"]
        assert not broken, f"{attack.name} broke {broken}"


def test_every_attack_was_really_tried(battle: Battle) -> None:
    """An attack with a slip of the pen in it would prove nothing."""
    for attack in battle.chosen:
        if attack.tries:
            assert _outcomes(battle, attack.name)["test_loot"] != "pass", f"{attack.name} tried nothing"


def test_no_secret_and_no_path_reaches_a_student(battle: Battle) -> None:
    for student, seen in battle.seen.items():
        assert not _SEEN_BY_STUDENTS.search(seen), f"{student} sees {_SEEN_BY_STUDENTS.findall(seen)}"
        for path in battle.private:
            assert path not in seen, f"{student} sees {path}"


def test_what_is_shown_holds_nothing_that_a_terminal_or_a_browser_obeys(battle: Battle) -> None:
    for text in (battle.told["out"], battle.told["err"]):
        assert all(char == "\n" or char.isprintable() for char in text)
    for student, seen in battle.seen.items():
        page = seen[seen.index("<!DOCTYPE html>") : seen.rindex("</html>")]
        assert not re.search(
            r"<(script|img|iframe|svg|object|link)|(href|src)=.javascript:", page, re.IGNORECASE
        ), student
        assert all(char == "\n" or char.isprintable() for char in page), student


def test_nothing_outside_has_changed_and_nobody_was_called(battle: Battle) -> None:
    assert battle.changed == ()
    assert battle.traces == ()
    assert battle.contacts == ()


def test_no_process_is_left(battle: Battle) -> None:
    assert battle.told["left"] == []


def test_the_innocent_have_all_their_points(battle: Battle) -> None:
    for student in INNOCENTS:
        assert list(_outcomes(battle, student).values()) == ["pass"] * CHECKS, student


def test_output_of_attacks_reaches_nobodys_terminal(battle: Battle) -> None:
    assert "HOSTILE-OUTPUT" not in battle.told["out"] + battle.told["err"]
    assert len(battle.told["out"]) + len(battle.told["err"]) < 200_000


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run them as somebody who may do little harm")
def test_without_the_sandbox_the_attacks_that_reach_for_something_get_it() -> None:
    """What proves that the tests above can fail: the same files, the sandbox off, an ordinary user."""
    chosen = [attack for attack in _reaching() if attack.tries and not attack.harmful]
    with arena() as place:
        if interpreter(place.root, STRANGER) is None:
            pytest.skip("there is no Python here that an ordinary user may run")
        battle = fight(place, chosen, "--unsafe-no-sandbox", user=STRANGER)

    empty = {attack.name for attack in chosen if not _loot(battle, attack.name)}
    assert empty == STOPPED_ANYWAY
    assert sum(item.points for item in battle.reports["read_neighbour"].items) == 9, (
        "a stolen solution is right"
    )
    assert battle.changed and battle.contacts
