"""What is shipped saves `verify` most of the work, and never hides what is wrong."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder import shipped
from autograder.checking import Run
from autograder.course import read_course
from autograder.diagnosis import task_of
from autograder.errors import SandboxError
from autograder.executors import Done, LocalPool, Task
from autograder.remembered import Remembered, knows_any_of
from autograder.verify import Verified, files_of, verify
from autograder.witnesses import Confirmed
from tests.editing import edit
from tests.pools import pool_of

NAME = "moving_average"
FOLDER = f"solutions/{NAME}"
FILE = f"{FOLDER}/behaviours.json.gz"
MISTAKES = ("last_window_missing", "overwrites", "padded", "sums", "whole_numbers")


class _Counting:
    """A pool that notes what it was asked to run."""

    def __init__(self, shipping: Path) -> None:
        self._pool = pool_of(shipping)
        self.ran: list[Task] = []

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        tasks = list(tasks)
        self.ran += tasks
        return self._pool.run(tasks)

    def short(self) -> set[str]:
        """The names of the files that were not looked at by the probe or not run through all checks."""
        return {_name(task) for task in self.ran if task.jobs[0].probe == "never"}

    def whole(self) -> set[str]:
        """The names of the others."""
        return {_name(task) for task in self.ran if task.jobs[0].probe == "always"}


def _name(task: Task) -> str:
    return shipped.name_of(task.key.removeprefix(f"{NAME}/"))


def _found(shipping: Path) -> tuple[Verified, _Counting]:
    """What is found with the help of what is shipped, and what was run for it."""
    course, pool = read_course(shipping), _Counting(shipping)
    (found,) = verify(course, Confirmed(course, pool), [NAME])
    return found, pool


def _whole(shipping: Path) -> Verified:
    """What is found by running everything."""
    (found,) = verify(read_course(shipping), pool_of(shipping), [NAME])
    return found


def _rules(found: Verified) -> set[tuple[str, str]]:
    return {(problem.place.file, problem.rule) for problem in found.problems}


def _forge(shipping: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Changes what is shipped, and lets it look as if it were made of the files that are there."""
    content = json.loads(gzip.decompress((shipping / FILE).read_bytes()))
    change(content)
    content["made of"] = shipped.stamp(read_course(shipping), NAME)[0]
    (shipping / FILE).write_bytes(gzip.compress(json.dumps(content).encode()))


def test_the_same_is_found_with_less_work(shipping: Path) -> None:
    found, pool = _found(shipping)
    whole = _whole(shipping)

    assert pool.whole() == {f"{NAME}/starter"}
    assert {f"mistakes/{name}" for name in MISTAKES} < pool.short()
    assert len(pool.ran) == len(whole.entries)
    asked = {_name(task): task.jobs[0].checks for task in pool.ran}
    assert asked["solution"] == ()
    confirmed = {check for name in MISTAKES for check in asked[f"mistakes/{name}"]}
    assert confirmed == {check.id for check in whole.checks}
    assert len(asked["mistakes/padded"]) == 1
    assert (found.problems, found.remarks, found.summary()) == ((), whole.remarks, whole.summary())
    for entry, other in zip(found.entries, whole.entries, strict=True):
        assert (entry.file, entry.caught_by()) == (other.file, other.caught_by())
        assert found.points(entry) == whole.points(other)


@pytest.mark.parametrize("quicker", ["test_length", "test_whole_numbers"])
def test_a_mistake_goes_through_the_quickest_check_that_caught_it(shipping: Path, quicker: str) -> None:
    """Both caught this one."""

    def change(content: dict[str, Any]) -> None:
        content["seconds"] = dict.fromkeys(content["seconds"], 0.5) | {quicker: 0.4}

    _forge(shipping, change)
    found, pool = _found(shipping)
    asked = {_name(task): task.jobs[0].checks for task in pool.ran}
    assert asked["mistakes/padded"] == (quicker,)
    assert found.problems == ()


def test_what_is_shipped_says_how_long_each_check_takes_alone(shipping: Path) -> None:
    course = read_course(shipping)
    record = shipped.read(course, NAME)
    assert record is not None
    assert record.seconds.keys() == {check.id for check in course.checks[NAME]}
    assert all(seconds > 0 for seconds in record.seconds.values())


@pytest.mark.parametrize("name", ["padded", "sums"], ids=["run through one check", "witness of a check"])
def test_a_mistake_that_is_right_is_never_hidden(shipping: Path, name: str) -> None:
    """Whatever was shipped of it: here its record says that it loses points."""
    shutil.copyfile(shipping / FOLDER / "solution.py", shipping / FOLDER / "mistakes" / f"{name}.py")
    _forge(shipping, lambda content: None)
    found, pool = _found(shipping)
    assert (f"{FOLDER}/mistakes/{name}.py", "mistake-passes") in _rules(found)
    assert f"mistakes/{name}" in pool.whole()


def test_a_variant_that_fails_is_never_hidden(shipping: Path) -> None:
    shutil.copyfile(
        shipping / FOLDER / "mistakes" / "sums.py", shipping / FOLDER / "variants" / "pure_python.py"
    )
    _forge(shipping, lambda content: None)
    found, _ = _found(shipping)
    assert (f"{FOLDER}/variants/pure_python.py", "right-fails") in _rules(found)


def test_a_check_that_lets_everything_pass_is_never_hidden(shipping: Path) -> None:
    edit(shipping / "tests" / "hidden" / NAME / "check_moving_average.py", "< 1e-9", "< 1e9")
    _forge(shipping, lambda content: None)
    found, _ = _found(shipping)
    assert (f"tests/hidden/{NAME}/check_moving_average.py", "check-idle") in _rules(found)


def test_one_mistake_that_was_run_is_not_outvoted_by_what_is_shipped_of_others(shipping: Path) -> None:
    """Of `padded` only another check is run, and its record says that this one caught it too."""
    (shipping / FOLDER / "mistakes" / "whole_numbers.py").unlink()
    verify(
        read_course(shipping),
        pool_of(shipping),
        [NAME],
        keep=pool_of(shipping),
    )
    edit(shipping / "tests" / "hidden" / NAME / "check_moving_average.py", "== [1.5]", "!= [9]")
    _forge(shipping, lambda content: None)
    found, _ = _found(shipping)
    assert _rules(found) == _rules(_whole(shipping))
    assert "check-idle" in {rule for _, rule in _rules(found)}


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["outcomes"].pop("mistakes/sums"),
        lambda content: [
            content[part].update({"mistakes/ghost": content[part]["mistakes/sums"]})
            for part in ("outcomes", "traces")
        ],
        lambda content: content["outcomes"].update({"mistakes/sums": "x"}),
        lambda content: content["outcomes"].update({"mistakes/sums": "????"}),
        lambda content: content.update({"outcomes": []}),
        lambda content: content["traces"].update({"mistakes/sums": 5}),
        lambda content: content["traces"].update({"mistakes/sums": {"findings": [1]}}),
        lambda content: content["traces"].update({"mistakes/sums": {"calls": "abc"}}),
        lambda content: content["traces"].update({"mistakes/sums": {"calls": {"a": 10**400}}}),
    ],
    ids=[
        "one missing",
        "one too many",
        "too few letters",
        "other letters",
        "no table",
        "number",
        "list",
        "text",
        "long number",
    ],
)
def test_a_record_of_another_form_is_not_used(
    shipping: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    _forge(shipping, change)
    assert _asked(shipping) == set()


def test_a_record_of_endless_depth_is_not_used(shipping: Path) -> None:
    (shipping / FILE).write_bytes(gzip.compress(b"[" * 200_000))
    assert shipped.read(read_course(shipping), NAME) is None


def test_an_edit_during_the_run_ends_it_and_is_seen_the_next_time(shipping: Path) -> None:
    """The checkers, which live on from one part of the run to the next, hold the checks of before."""
    (shipping / FILE).unlink()
    course = read_course(shipping)
    checks = shipping / "tests" / "hidden" / NAME / "check_moving_average.py"
    texts = [checks.read_text("utf-8"), checks.read_text("utf-8").replace("< 1e-9", "< 1e9")]
    with (
        LocalPool(course.briefing, 1) as pool,
        pytest.raises(SandboxError, match=r"check_moving_average\.py` was changed"),
    ):
        verify(
            course,
            Confirmed(course, Remembered(course, pool)),
            on_done=lambda _: checks.write_text(texts[1], encoding="utf-8"),
        )
    course = read_course(shipping)
    again = verify(course, Confirmed(course, Remembered(course, LocalPool(course.briefing, 1))))
    assert "check-idle" in {problem.rule for one in again for problem in one.problems}


def test_nothing_is_shipped_of_files_that_were_edited_during_the_run(shipping: Path) -> None:
    (shipping / FILE).unlink()
    mistake = shipping / FOLDER / "mistakes" / "sums.py"
    text = mistake.read_text("utf-8")
    edited = iter([f"{text}\n# edited\n"])
    verify(
        read_course(shipping),
        pool_of(shipping),
        [NAME],
        lambda _: [mistake.write_text(new, encoding="utf-8") for new in edited] and None,
        keep=pool_of(shipping),
    )
    assert not (shipping / FILE).exists()


def test_leaving_early_forgets_nothing(shipping: Path) -> None:
    course, pool = read_course(shipping), _Counting(shipping)
    verify(course, Remembered(course, pool_of(shipping)), [NAME])
    tasks = [
        task_of(NAME, f"{NAME}/{file}", (shipping / file).read_text("utf-8"), "always")
        for file in files_of(course, NAME)
    ]
    edited = [task_of(NAME, tasks[0].key, "# edited", "always")]
    leaving = Remembered(course, pool).run([*edited, *tasks[1:]])
    next(leaving)
    leaving.close()  # type: ignore[attr-defined]
    pool.ran.clear()
    verify(course, Remembered(course, pool), [NAME])
    assert pool.ran == []


def test_a_record_that_says_something_else_is_not_believed(shipping: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        content["outcomes"]["mistakes/sums"] = "x..."
        content["outcomes"]["mistakes/padded"] = "...."
        content["outcomes"]["variants/pure_python"] = "..x."

    _forge(shipping, change)
    found, pool = _found(shipping)
    assert {"mistakes/sums", "mistakes/padded", "variants/pure_python"} <= pool.whole()
    assert [entry.caught_by() for entry in found.entries] == [
        entry.caught_by() for entry in _whole(shipping).entries
    ]


CHANGES: dict[str, Callable[[Path], object]] = {
    "a mistake": lambda shipping: edit(
        shipping / FOLDER / "mistakes" / "sums.py", "import numpy", "# new\nimport numpy"
    ),
    "a variant": lambda shipping: edit(
        shipping / FOLDER / "variants" / "pure_python.py", "import numpy", "# new\nimport numpy"
    ),
    "a check": lambda shipping: edit(
        shipping / "tests" / "hidden" / NAME / "check_moving_average.py", "< 1e-9", "< 1e-8"
    ),
    "course.yaml": lambda shipping: edit(shipping / "course.yaml", "memory: 512 MiB", "memory: 513 MiB"),
    "damage": lambda shipping: (shipping / FILE).write_bytes((shipping / FILE).read_bytes()[:-9]),
    "nothing shipped": lambda shipping: (shipping / FILE).unlink(),
}


class _Idle(_Counting):
    """A pool that runs nothing."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        self.ran += tasks
        return iter(())


def _asked(shipping: Path) -> set[str]:
    """The names of the files of which a part would be run."""
    course, pool = read_course(shipping), _Idle(shipping)
    files = files_of(course, NAME)
    list(Confirmed(course, pool).run([task_of(NAME, file, "", "always") for file in files]))
    assert len(pool.ran) == len(files)
    return pool.short()


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_everything_is_run_where_something_has_changed(
    shipping: Path, change: Callable[[Path], object]
) -> None:
    assert _asked(shipping) >= {f"mistakes/{name}" for name in MISTAKES}
    change(shipping)
    assert _asked(shipping) == set()


def test_what_other_code_of_ours_has_found_confirms_nothing(
    shipping: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.shipped.verifying", lambda: "another version")
    found, pool = _found(shipping)

    assert not pool.short()
    assert "another version of this package" in found.remarks[-1]
    record = shipped.read(read_course(shipping), NAME)
    assert record is not None and record.traces and not record.outcomes


def test_what_course_yaml_asks_for_leaves_the_diagnosis_alone(shipping: Path) -> None:
    CHANGES["course.yaml"](shipping)
    record = shipped.read(read_course(shipping), NAME)
    assert record is not None
    assert record.traces
    assert record.outcomes == {}
    (found,) = verify(
        read_course(shipping),
        pool_of(shipping),
        [NAME],
        keep=pool_of(shipping),
    )
    assert found.problems == ()
    record = shipped.read(read_course(shipping), NAME)
    assert record is not None
    assert record.outcomes.keys() == record.traces.keys()


def test_what_was_run_in_full_is_not_run_in_part(shipping: Path) -> None:
    course = read_course(shipping)
    assert not knows_any_of(shipping)
    verify(course, Remembered(course, pool_of(shipping)), [NAME])
    assert knows_any_of(shipping)
    pool = _Counting(shipping)
    confirmed = Confirmed(course, Remembered(course, pool))
    verify(course, confirmed, [NAME])
    assert pool.ran == []
    assert confirmed.confirmed == 0


def test_what_was_run_in_part_is_remembered_as_that(shipping: Path) -> None:
    course, first, second = read_course(shipping), _Counting(shipping), _Counting(shipping)
    verify(course, Confirmed(course, Remembered(course, first)), [NAME])
    again = Confirmed(course, Remembered(course, second))
    verify(course, again, [NAME])
    assert second.ran == []
    assert again.confirmed == len(MISTAKES)
    (found,) = verify(course, Remembered(course, second), [NAME])
    assert {_name(task) for task in second.ran} >= {f"mistakes/{name}" for name in MISTAKES}
    assert found.problems == ()


@pytest.mark.parametrize("everywhere", [False, True], ids=["what is run in part", "everything"])
def test_a_stopped_or_broken_run_confirms_nothing(shipping: Path, *, everywhere: bool) -> None:
    """A check that stumbles where it used to catch is no catch."""

    class Stumbling(_Counting):
        def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
            for done in super().run(tasks):
                short = done.key in {task.key for task in self.ran if task.jobs[0].probe == "never"}
                stumbles = everywhere or short
                yield replace(done, runs=(_stumbled(done.runs[0]),)) if stumbles else done

    course, pool = read_course(shipping), Stumbling(shipping)
    seen: list[str] = []
    confirmed = Confirmed(course, pool)
    verify(course, confirmed, [NAME], seen.append)
    assert confirmed.confirmed == 0
    assert len(seen) == len(set(seen)) == len(_whole(shipping).entries)


def _stumbled(run: Run) -> Run:
    """*run* as it is where the checker dies on it."""
    outcomes = tuple(replace(outcome, outcome="broken") for outcome in run.outcomes)
    return replace(run, outcomes=outcomes, trace={})
