"""The pool of checkers on this machine: every task once, whoever dies, and a run within a run by the same checkers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from weakref import ref

import pytest

from autograder.checking import Job
from autograder.course import Course, read_course
from autograder.deciding import decides_reports
from autograder.errors import AutogradeError
from autograder.executors import _HOME, AHEAD, Done, LocalPool, Task, _Order, _Waiting
from autograder.grade import Graded, grade_all
from autograder.sandbox import Cell
from autograder.store import Store
from autograder.submissions import Submission
from tests.editing import add_to
from tests.pools import pool_of


def tasks(course: Course, names: Sequence[str]) -> list[Task]:
    """One task for each name: the model solution of `word_count`."""
    source = (course.solutions_folder("word_count") / "solution.py").read_text(encoding="utf-8")
    cells = (Cell("word_count.py", source),)
    return [Task(name, (Job(name, "word_count", cells),), (None,)) for name in names]


def checkers() -> set[int]:
    """The checkers that this process has started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
    )
    return {int(line.split()[0]) for line in listed.stdout.splitlines() if "autograder.checker" in line}


def _heavy(course: Course, names: Sequence[str]) -> list[Task]:
    """The same as `tasks`, with a cell that asks for scikit-learn."""
    more = Cell("cell 2", "import sklearn")
    return [
        replace(task, jobs=tuple(replace(job, cells=(*job.cells, more)) for job in task.jobs))
        for task in tasks(course, names)
    ]


def passed(done: Done) -> bool:
    return all(run.passed for run in done.runs) and bool(done.runs)


def test_every_task_comes_back_once_and_the_checkers_end(tiny: Course) -> None:
    """Nothing of a run may stay on the machine."""
    before = checkers()
    found = list(LocalPool(tiny.briefing, 2).run(tasks(tiny, "abcdef")))

    assert sorted(done.key for done in found) == list("abcdef")
    assert all(map(passed, found))
    assert checkers() == before


def test_a_checker_that_was_warmed_for_nothing_is_not_waited_for(tiny: Course, tmp_path: Path) -> None:
    """Where nothing is to be graded, the command would otherwise wait until it has started; this one never has."""
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root)
    check = root / "tests" / "hidden" / "word_count" / "check_word_count.py"
    check.write_text(f"{check.read_text('utf-8')}\n\nimport time\n\ntime.sleep(3600)\n", encoding="utf-8")
    before = checkers()
    with pool_of(root) as pool:
        pool.warm()
        while checkers() == before:
            time.sleep(0.01)
    assert checkers() == before


def test_a_run_within_a_run_is_served_by_the_same_checkers_and_first(tiny: Course) -> None:
    """A diagnosis needs the known mistakes in the middle of a run; other checkers for it would take a second to start."""
    pool = LocalPool(tiny.briefing, 1)
    outer = pool.run(tasks(tiny, [f"outer{number}" for number in range(30)]))
    first = next(outer)
    during = checkers()

    inner = list(pool.run(tasks(tiny, ["inner1", "inner2"])))

    assert checkers() == during
    assert len(during) == 1
    assert [done.key for done in inner] == ["inner1", "inner2"]
    assert len({first.key} | {done.key for done in outer}) == 30


def test_scikit_learn_is_left_to_the_checker_that_has_it_while_something_else_waits(tiny: Course) -> None:
    """To load it takes longer than most tasks."""
    waiting = _Waiting()
    for number, task in enumerate([*tasks(tiny, "ab"), *_heavy(tiny, "xyz")]):
        waiting.put(_Order((0, number), task))

    def taken() -> str:
        order = waiting.take()
        return order.task.key if order.task else "home"

    with ThreadPoolExecutor(1) as other:
        assert taken() == "x"
        assert [other.submit(taken).result() for _ in range(2)] == ["a", "b"]
        assert other.submit(taken).result() == "y"
        waiting.put(_Order((0, 9), tasks(tiny, "c")[0]))
        assert taken() == "z"
        assert taken() == "c"


def test_runs_that_began_last_go_first_whatever_is_loaded(tiny: Course) -> None:
    waiting = _Waiting()
    waiting.put(_Order((0, 0), _heavy(tiny, "x")[0]))
    waiting.put(_Order((-1, 1), tasks(tiny, "b")[0]))
    waiting.put(_Order((-1, 0), tasks(tiny, "a")[0]))
    waiting.put(_HOME)
    order = [waiting.take().task for _ in range(4)]
    assert [task.key if task else "home" for task in order] == ["home", "a", "b", "x"]


def test_what_nobody_takes_any_more_is_not_run(tiny: Course) -> None:
    """A list of tasks waits as a whole; whoever leaves early and goes on with another run must not wait for the rest."""
    with LocalPool(tiny.briefing, 1) as pool:
        left = pool.run(tasks(tiny, [f"s{number}" for number in range(500)]))
        next(left)
        left.close()  # type: ignore[attr-defined]
        assert pool._crew is not None
        assert pool._crew._waiting._heaps == {False: [], True: []}
        assert [done.key for done in pool.run(tasks(tiny, "a"))] == ["a"]


def test_checkers_stay_warm_within_a_with_block_and_end_with_it(tiny: Course) -> None:
    """Several runs in a row pay for one start."""
    before = checkers()
    with LocalPool(tiny.briefing, 1) as pool:
        list(pool.run(tasks(tiny, "a")))
        between = checkers() - before
        list(pool.run(tasks(tiny, "b")))
        assert checkers() - before == between != set()
    assert checkers() == before


def test_a_checker_that_is_killed_costs_a_retry(tiny: Course) -> None:
    """Out of memory strikes the checker and not only the student's code."""
    before = checkers()
    run = LocalPool(tiny.briefing, 1).run(tasks(tiny, [f"s{number}" for number in range(20)]))
    found = [next(run)]
    for checker in checkers() - before:
        os.kill(checker, signal.SIGKILL)
    found += run

    assert len({done.key for done in found}) == 20
    assert all(map(passed, found))


def test_leaving_early_ends_the_checkers(tiny: Course) -> None:
    """Ctrl-C in the middle of a class."""
    before = checkers()
    run = LocalPool(tiny.briefing, 2).run(tasks(tiny, [f"s{number}" for number in range(30)]))
    next(run)
    run.close()  # type: ignore[attr-defined]

    assert checkers() == before


def test_a_course_that_cannot_be_read_is_told_and_nothing_waits_for_ever(
    tiny: Course, tmp_path: Path
) -> None:
    """Both workers fail to start; the run must end all the same."""
    with pytest.raises(AutogradeError):
        list(LocalPool(tiny.briefing.at(tmp_path / "nowhere"), 2).run(tasks(tiny, "abcdef")))


def test_nothing_to_do_starts_nothing(tiny: Course, tmp_path: Path) -> None:
    """When all is unchanged, no checker is needed."""
    assert list(LocalPool(tiny.briefing.at(tmp_path / "nowhere"), 2).run([])) == []


def test_tasks_are_made_only_a_few_ahead_of_the_workers(tiny: Course) -> None:
    """A class of ten thousand must never be in memory as a whole."""
    made: list[str] = []

    def making() -> Iterator[Task]:
        for task in tasks(tiny, [f"s{number}" for number in range(30)]):
            made.append(task.key)
            yield task

    run = LocalPool(tiny.briefing, 2).run(making())
    first = next(run)

    assert len(made) <= 2 * AHEAD
    assert len({first.key} | {done.key for done in run}) == len(made) == 30


def test_an_error_while_tasks_are_made_is_told_and_the_checkers_end(tiny: Course) -> None:
    """Hand-ins are read while others run; what goes wrong there must not leave anybody waiting."""
    before = checkers()

    def making() -> Iterator[Task]:
        yield from tasks(tiny, "abc")
        raise ValueError("cannot be read")

    with pytest.raises(ValueError, match="cannot be read"):
        list(LocalPool(tiny.briefing, 2).run(making()))
    assert checkers() == before


@pytest.mark.parametrize(
    ("file", "touched"),
    [
        ("tests/hidden/word_count/check_word_count.py", {"", "words"}),
        ("tests/hidden/moving_average/probe.py", {"", "averages"}),
        ("tests/hidden/word_count/helper.py", {"", "averages", "words"}),
        ("tests/hidden/shared.py", {"", "averages", "words"}),
        ("course/data/numbers.csv", {"", "averages", "words"}),
        ("course.yaml", {"", "averages", "words"}),
        ("course/lessons/02-words/lesson.yaml", {"", "averages", "words"}),
        ("course/lessons/02-words/lesson.md", set()),
        ("solutions/word_count/solution.py", set()),
    ],
)
def test_a_file_decides_about_the_lessons_that_it_touches(
    tiny: Course, tmp_path: Path, file: str, touched: set[str]
) -> None:
    """What checks share and course.yaml decide about all lessons, a check of one exercise about its own."""
    root = shutil.copytree(tiny.root, tmp_path / "course")
    (root / file).parent.mkdir(exist_ok=True)
    before = read_course(root)
    add_to(root / file)
    after = read_course(root)

    lessons = ("", "averages", "words")
    assert {one for one in lessons if decides_reports(before, one) != decides_reports(after, one)} == touched


def test_a_changed_check_grades_only_its_own_lesson_again(tiny: Course, tmp_path: Path) -> None:
    root = shutil.copytree(tiny.root, tmp_path / "course")
    handed_in = [Submission("ann", lesson.id, (Cell("cell 1", "pass"),)) for lesson in tiny.lessons]

    def again() -> list[str]:
        """The lessons of the hand-ins that were graded."""
        course = read_course(root)
        with Store.open(tmp_path / "results.sqlite") as store:
            graded = grade_all(course, handed_in, store, LocalPool(course.briefing, 1))
        return [done.lesson for done in graded if not done.reused]

    assert sorted(again()) == ["averages", "words"]
    add_to(root / "tests" / "hidden" / "word_count" / "check_word_count.py")
    assert again() == ["words"]
    assert again() == []


def test_another_version_of_what_computes_grades_again(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in = [Submission("ann", "words", (Cell("cell 1", "pass"),))]
    with Store.open(tmp_path / "results.sqlite") as store:
        for reused in (False, True):
            (done,) = grade_all(tiny, handed_in, store, LocalPool(tiny.briefing, 1))
            assert done.reused == reused
        monkeypatch.setattr("autograder.grade.computing", lambda: ("another",))
        (done,) = grade_all(tiny, handed_in, store, LocalPool(tiny.briefing, 1))
        assert not done.reused


def test_a_hand_in_is_forgotten_when_it_has_been_graded(tiny: Course, tmp_path: Path) -> None:
    """Also one that need not be graded again: only what the end of a run needs is kept of a class."""
    source = (tiny.solutions_folder("word_count") / "solution.py").read_text(encoding="utf-8")
    read: list[ref[Submission]] = []
    most = 0

    def alive() -> int:
        return sum(one() is not None for one in read)

    def reading() -> Iterator[Submission]:
        for number in range(30):
            submission = Submission(f"s{number:02}", "words", (Cell("cell 1", f"{source}\n# {number}"),))
            read.append(ref(submission))
            yield submission

    def on_done(_: Graded) -> None:
        nonlocal most
        most = max(most, alive())

    with Store.open(tmp_path / "results.sqlite") as store:
        for reused in (False, True):
            graded = grade_all(tiny, reading(), store, LocalPool(tiny.briefing, 1), on_done=on_done)
            assert [(done.student, done.reused) for done in graded] == [
                (f"s{number:02}", reused) for number in range(30)
            ]

    assert most <= AHEAD + 3
    assert alive() == 0
