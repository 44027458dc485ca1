"""Diagnosis by nearest mistake: real submissions on real checkers, against the known mistakes of the small course."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.behaviour import OF_THE_LARGEST, RELATIVE, Aspect, Behaviour, behaviour_of
from autograder.checking import Checker, CheckOutcome, Job, Run
from autograder.course import Course, read_course
from autograder.diagnosis import Diagnoser, Known, Library
from autograder.executors import Done, LocalPool, Task
from autograder.grade import grade_submission
from autograder.sandbox import Cell
from autograder.submissions import Submission
from tests.pools import pool_of

SUMS = """
def moving_average(numbers, k):
    out = []
    for first in range(len(numbers) - k + 1):
        total = 0.0
        for value in numbers[first:first + k]:
            total += value
        out.append(total)
    import numpy
    return numpy.asarray(out, dtype=float)
"""
NO_RIGHT_CASE_NO_STRIP = """
def word_count(text):
    seen = {}
    for piece in text.split():
        seen[piece] = 1 + seen.get(piece, 0)
    return seen
"""
OWN_SLIP = """
import numpy as np
def moving_average(values, window):
    return np.array([max(values[i:i + window]) for i in range(len(values) - window + 1)], dtype=float)
"""


@pytest.fixture(scope="module")
def checker(tiny: Course) -> Iterator[Checker]:
    with Checker(tiny.briefing) as running:
        yield running


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another one left in the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the behaviours of the known mistakes are kept for the tests of this file."""
    return tmp_path_factory.mktemp("diagnosis")


@pytest.fixture(scope="module")
def diagnoser(tiny: Course, folder: Path) -> Diagnoser:
    return Diagnoser(tiny, LocalPool(tiny.briefing, 1), folder)


def run_of(checker: Checker, exercise: str, source: str) -> Run:
    return checker.run(Job("ann", exercise, (Cell("answer", source),)))


def test_a_known_mistake_is_recognised_in_code_of_other_names_and_structure(
    checker: Checker, diagnoser: Diagnoser
) -> None:
    (sentence,) = diagnoser.diagnose("moving_average", run_of(checker, "moving_average", SUMS))

    assert sentence.startswith("Your values are the sums of the windows: divide each by `window`")
    assert "(Your results are the same as with this mistake: test_length, test_means and" in sentence


def test_two_known_mistakes_at_once_are_both_named(checker: Checker, diagnoser: Diagnoser) -> None:
    sentences = diagnoser.diagnose("word_count", run_of(checker, "word_count", NO_RIGHT_CASE_NO_STRIP))

    assert [sentence.split(":")[0] for sentence in sentences] == [
        "You count `The` and `the` as two words",
        "Punctuation stays on your words",
    ]


def test_known_mistakes_on_which_we_failed_are_run_again(
    checker: Checker, tiny: Course, tmp_path: Path
) -> None:
    """A full disk, say: what was not seen then must not be missing for ever."""
    wrong = run_of(checker, "moving_average", SUMS)
    pool = LocalPool(tiny.briefing, 1)

    class Failing:
        def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
            for done in pool.run(tasks):
                broken = CheckOutcome("test_means", "broken")
                yield replace(done, runs=(replace(done.runs[0], outcomes=(broken,), trace={}),))

    assert Diagnoser(tiny, Failing(), tmp_path).diagnose("moving_average", wrong) == ()
    assert Diagnoser(tiny, pool, tmp_path).diagnose("moving_average", wrong) != ()


def test_what_no_known_mistake_explains_gets_no_guess(checker: Checker, diagnoser: Diagnoser) -> None:
    run = run_of(checker, "moving_average", OWN_SLIP)

    assert not run.passed
    assert diagnoser.diagnose("moving_average", run) == ()


def test_what_passes_gets_no_diagnosis_and_costs_nothing(
    tiny: Course, checker: Checker, tmp_path: Path
) -> None:
    source = (tiny.solutions_folder("moving_average") / "solution.py").read_text("utf-8")
    nowhere = Diagnoser(tiny, LocalPool(tiny.briefing.at(tmp_path / "no-course"), 1), tmp_path)

    assert nowhere.diagnose("moving_average", run_of(checker, "moving_average", source)) == ()
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_function_no_known_mistake_is_looked_at(
    tiny: Course, checker: Checker, tmp_path: Path
) -> None:
    nowhere = Diagnoser(tiny, LocalPool(tiny.briefing.at(tmp_path / "no-course"), 1), tmp_path)

    assert nowhere.diagnose("moving_average", run_of(checker, "moving_average", "def average(): pass")) == ()
    assert list(tmp_path.iterdir()) == []


def test_what_always_ends_in_an_exception_is_only_told_what_ends_in_the_same_one() -> None:
    def behaviour(exception: str) -> Behaviour:
        findings = {"exception": exception, "form": "raises" if exception else "array", "steps": "raises"}
        return behaviour_of({"findings": findings})

    right = behaviour_of({"findings": {"exception": "", "form": "array", "steps": [1, 2]}})
    columns = Known("columns", "columns", behaviour("ValueError: shape"), frozenset({"form", "steps"}))
    early = Known("early", "early", behaviour(""), frozenset({"steps"}))
    library = Library(right, (columns, early))

    assert library.nearest(behaviour("ValueError: shape")) == (columns,)
    assert library.nearest(behaviour("NameError: name is not defined")) == ()
    assert library.nearest(behaviour("")) == (early,)


def test_one_aspect_that_says_raises_is_not_a_mistake_that_raises_everywhere() -> None:
    right = behaviour_of({"findings": {name: "" for name in ("steps", "a list", "a beta of 0")}})
    findings = {"steps": "raises", "a list": "raises", "a beta of 0": "raises"}
    known = Known("refused", "", behaviour_of({"findings": findings}), frozenset(findings))
    library = Library(right, (known,))

    only_there = behaviour_of({"findings": {"steps": "", "a list": "", "a beta of 0": "raises"}})
    assert library.nearest(only_there) == ()
    assert library.nearest(known.behaviour) == (known,)


def test_behaviours_are_computed_once_and_kept(
    tiny: Course, checker: Checker, diagnoser: Diagnoser, folder: Path, tmp_path: Path
) -> None:
    """A second diagnoser could not run anything: there is no course where its pool looks for one."""
    run = run_of(checker, "moving_average", SUMS)
    first = diagnoser.diagnose("moving_average", run)
    second = Diagnoser(tiny, LocalPool(tiny.briefing.at(tmp_path / "no-course"), 1), folder)

    assert second.diagnose("moving_average", run) == first != ()


def test_behaviours_are_kept_for_all_classrooms_of_a_user(
    tiny: Course, checker: Checker, tmp_path: Path
) -> None:
    """In another classroom nothing has to be run, and the oldest versions of an exercise are forgotten."""
    shared = tmp_path / "cache" / "autograder" / "behaviours"
    shared.mkdir(parents=True)
    for age in range(8):
        old = shared / f"moving_average-{age}.json"
        old.write_text("", encoding="utf-8")
        os.utime(old, (age, age))
    run = run_of(checker, "moving_average", SUMS)
    first = Diagnoser(tiny, LocalPool(tiny.briefing, 1), tmp_path / "one").diagnose("moving_average", run)

    second = Diagnoser(tiny, LocalPool(tiny.briefing.at(tmp_path / "no-course"), 1), tmp_path / "two")
    assert second.diagnose("moving_average", run) == first != ()
    assert len(list((tmp_path / "two" / "behaviours").iterdir())) == 1
    left = {path.name for path in shared.iterdir()}
    assert len(left) == 6
    assert {f"moving_average-{age}.json" for age in range(3, 8)} < left


def test_a_cache_that_cannot_be_written_costs_time_alone(
    tiny: Course, checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null/nowhere")
    run = run_of(checker, "moving_average", SUMS)
    assert Diagnoser(tiny, LocalPool(tiny.briefing, 1), tmp_path).diagnose("moving_average", run)


@pytest.mark.parametrize("content", ["", "{", '{"solution": 3}', "[]"])
def test_a_damaged_cache_is_made_anew(
    tiny: Course, checker: Checker, diagnoser: Diagnoser, tmp_path: Path, content: str
) -> None:
    run = run_of(checker, "moving_average", SUMS)
    pool = LocalPool(tiny.briefing, 1)
    wanted = Diagnoser(tiny, pool, tmp_path).diagnose("moving_average", run)
    (kept,) = (tmp_path / "behaviours").iterdir()
    whole = kept.read_bytes()
    kept.write_text(content, encoding="utf-8")

    assert Diagnoser(tiny, pool, tmp_path).diagnose("moving_average", run) == wanted != ()
    assert kept.read_bytes() == whole


@pytest.mark.parametrize("content", [b"def moving_average(:", b"x = 1\0", b"'\xff'", b"import numpy"])
def test_a_known_mistake_that_cannot_be_read_costs_its_own_diagnosis_alone(
    tiny: Course, checker: Checker, diagnoser: Diagnoser, tmp_path: Path, content: bytes
) -> None:
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root)
    (root / "solutions" / "moving_average" / "mistakes" / "broken.py").write_bytes(content)
    run = run_of(checker, "moving_average", SUMS)

    found = Diagnoser(read_course(root), pool_of(root), tmp_path).diagnose("moving_average", run)

    assert found == diagnoser.diagnose("moving_average", run) != ()


def test_a_changed_sentence_is_used_at_once(tiny: Course, checker: Checker, tmp_path: Path) -> None:
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root)
    path = root / "solutions" / "moving_average" / "mistakes" / "sums.py"
    run = run_of(checker, "moving_average", SUMS)
    pool = pool_of(root)
    before = Diagnoser(read_course(root), pool, tmp_path).diagnose("moving_average", run)
    path.write_text(path.read_text("utf-8").replace("divide each", "Divide all"), encoding="utf-8")

    after = Diagnoser(read_course(root), pool, tmp_path).diagnose("moving_average", run)

    assert ("divide each" in before[0], "Divide all" in after[0]) == (True, True)


def test_without_solutions_the_points_are_the_same_and_only_the_diagnosis_is_lost(
    tiny: Course, checker: Checker, diagnoser: Diagnoser, tmp_path: Path
) -> None:
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root, ignore=shutil.ignore_patterns("solutions"))
    course = read_course(root)
    submission = Submission("ann", "averages", (Cell("answer", SUMS),))
    bare = Diagnoser(course, pool_of(root), tmp_path)

    full = grade_submission(tiny, submission, checker, diagnoser).items[0]
    less = grade_submission(course, submission, checker, bare).items[0]

    assert full.checks == less.checks
    assert (len(full.diagnosis), less.diagnosis) == (1, ())


NUMBERS = st.lists(
    st.one_of(
        st.sampled_from([0.0, 1.0, -1.0, 1e-7, 1.00001, 1e300, -1e300, "nan", "inf", "-inf"]),
        st.floats(-2, 2),
    ),
    max_size=6,
)
NUDGES = st.lists(st.sampled_from([0.0, 1e-9, 0.9e-5, 1.1e-5, 2e-7, 1.0]), min_size=6, max_size=6)


@given(NUMBERS, NUDGES)
def test_what_is_decided_by_a_few_numbers_is_what_all_of_them_say(
    numbers: list[float | str], nudges: list[float]
) -> None:
    """A few are looked at first, which takes a tenth of the time; the bounds are for all of them together."""
    others = [
        one if isinstance(one, str) else one + nudge for one, nudge in zip(numbers, nudges, strict=False)
    ]
    a, b = (
        np.array([np.nan if isinstance(one, str) else one for one in some], dtype=float)
        for some in (numbers, others)
    )
    sizes = np.maximum(np.abs(a), np.abs(b))
    bound = RELATIVE * sizes + OF_THE_LARGEST * np.nanmax(sizes, initial=0.0)
    alike = bool(np.all((np.abs(a - b) <= bound) | (np.isnan(a) & np.isnan(b))))
    assert Aspect(numbers).is_like(Aspect(others)) == alike
