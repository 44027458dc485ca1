"""Grading on a real Dask cluster: the same bytes as at home, and whoever dies costs only a retry."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from autograder.checking import Job
from autograder.cluster import BATCH, DaskCluster, pack_course
from autograder.course import Course, read_course
from autograder.errors import ClusterError
from autograder.executors import Done, LocalPool, Task
from autograder.sandbox import Cell
from tests.clusters import Cluster, running

pytestmark = [
    # distributed and tornado leave these behind when a connection that died is collected
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

KILLS_ALWAYS, KILLS_ONCE = "kills-always", "kills-once"
TRAP = """
    # What a machine that runs out of memory does to a worker: it is gone in the middle of a batch.
    import os, pathlib, signal
    once = pathlib.Path({marker!r})
    if "kills-always" in got or ("kills-once" in got and not once.exists()):
        once.touch()
        os.kill(os.getppid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def trapped(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The tiny course, with a check that kills its worker when a submission returns a certain word."""
    folder = tmp_path_factory.mktemp("trapped")
    shutil.copytree(tiny.root, folder / "course", ignore=shutil.ignore_patterns("__pycache__"))
    check = folder / "course" / "tests" / "hidden" / "word_count" / "check_word_count.py"
    marker = '    assert got == {"red": 3'
    text = check.read_text(encoding="utf-8")
    assert marker in text
    trap = TRAP.format(marker=str(folder / "killed-once"))
    check.write_text(text.replace(marker, trap + marker), encoding="utf-8")
    return read_course(folder / "course")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running(tmp_path_factory.mktemp("cluster") / "home", workers=2) as started:
        yield started


def says(word: str) -> Task:
    """A submission whose function always returns *word*."""
    source = f"def word_count(text):\n    return {{{word!r}: 1}}\n"
    return Task(word, (Job(word, "word_count", (Cell("word_count.py", source),)),), (None,))


def outcomes(done: Done) -> list[str]:
    return [outcome.outcome for outcome in done.runs[0].outcomes]


def by_key(results: Iterator[Done]) -> Mapping[str, Done]:
    """The results by their task; each must be there once."""
    listed = list(results)
    found = {done.key: done for done in listed}
    assert len(found) == len(listed)
    return found


def grade(course: Path, inbox: Path, out: Path, *options: str, status: int = 0) -> bytes:
    """The results.json that the real command writes; it must exit with *status*."""
    command = [sys.executable, "-m", "autograder", "--course", str(course), "-q", "grade", str(inbox)]
    done = subprocess.run(
        [*command, "--out", str(out), *options], capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    return (out / "results.json").read_bytes()


def test_a_cluster_gives_the_same_bytes_as_the_cores_of_this_machine(
    cluster: Cluster, tiny: Course, tmp_path: Path
) -> None:
    """Where something was graded must not show: right ones, mistakes with their diagnosis, an early exit, a syntax error."""
    inbox = tmp_path / "inbox"
    files = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (tiny.root / "solutions" / "moving_average").rglob("*s.py")
    }
    files["exits"] = "import os\n\ndef moving_average(values, window):\n    os._exit(0)\n"
    files["unfinished"] = "def moving_average(values, window:\n"
    for name, text in files.items():
        (inbox / name).mkdir(parents=True)
        (inbox / name / "moving_average.py").write_text(text, encoding="utf-8")

    near = grade(tiny.root, inbox, tmp_path / "near", status=1)  # two of them are named
    far = grade(tiny.root, inbox, tmp_path / "far", "--scheduler", cluster.address, status=1)

    assert b"Your results are the same as with this mistake" in near
    assert far == near


def test_a_worker_that_is_killed_costs_a_retry(cluster: Cluster, trapped: Course) -> None:
    """Out of memory, a reboot, a pulled plug: everything is graded all the same, and once."""
    tasks = [says(f"word{number}") for number in range(2 * BATCH)]
    tasks.insert(3, says(KILLS_ONCE))

    with DaskCluster(trapped, cluster.address) as far:
        found = by_key(far.run(tasks))

    assert sorted(found) == sorted(task.key for task in tasks)
    assert {outcome for done in found.values() for outcome in outcomes(done)} == {"fail", "skipped"}
    assert (trapped.root.parent / "killed-once").exists()


def test_a_submission_that_kills_its_workers_costs_only_itself(cluster: Cluster, trapped: Course) -> None:
    """It waits for a person; those who were in one batch with it get what they would get at home."""
    tasks = [says(f"word{number}") for number in range(2 * BATCH)]
    tasks.insert(3, says(KILLS_ALWAYS))
    at_home = by_key(LocalPool(trapped.briefing, 1).run([task for task in tasks if task.key != KILLS_ALWAYS]))

    with DaskCluster(trapped, cluster.address) as far:
        found = dict(by_key(far.run(tasks)))

    killer = found.pop(KILLS_ALWAYS)
    assert set(outcomes(killer)) == {"broken"}
    assert "a person must look" in killer.runs[0].outcomes[0].message
    assert found == at_home


def test_the_course_goes_to_workers_without_the_solutions(tiny: Course) -> None:
    """What a worker does not need it should not have; the same content gives the same bytes, so it is sent once."""
    packed = pack_course(tiny.briefing)

    assert packed == pack_course(read_course(tiny.root).briefing)
    assert b"check_word_count.py" in packed
    assert b"solutions" not in packed


@pytest.mark.filterwarnings("ignore:Mismatched versions")
def test_a_worker_with_another_numpy_is_refused_by_name(tiny: Course, tmp_path: Path) -> None:
    """Another version may compute other last digits, and so other grades."""
    other = tmp_path / "packages"
    (other / "numpy-1.2.3.dist-info").mkdir(parents=True)
    (other / "numpy-1.2.3.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: numpy\nVersion: 1.2.3\n", encoding="utf-8"
    )
    with running(tmp_path / "home", workers=1, variables={"PYTHONPATH": str(other)}) as cluster:
        with pytest.raises(ClusterError, match=r"tcp://\S+ has numpy 1\.2\.3 instead of") as caught:
            list(DaskCluster(tiny, cluster.address).run([says("word")]))
    assert "install the same versions" in caught.value.hint


def test_a_cluster_without_workers_says_so(tiny: Course, tmp_path: Path) -> None:
    """Waiting for ever would look like grading."""
    with running(tmp_path / "home", workers=0) as cluster, DaskCluster(tiny, cluster.address) as far:
        with pytest.raises(ClusterError, match="the cluster has no workers") as caught:
            list(far.run([says("word")]))
    assert "dask worker" in caught.value.hint


def test_a_scheduler_that_is_not_there_is_named(tiny: Course) -> None:
    """A slip in the address must be seen at once, with what an address looks like."""
    with pytest.raises(ClusterError, match="no Dask scheduler at `http:/nowhere`") as caught:
        list(DaskCluster(tiny, "http:/nowhere").run([says("word")]))
    assert "tcp://host:8786" in caught.value.hint


def test_a_scheduler_that_vanishes_loses_nothing_that_was_there(tiny: Course, tmp_path: Path) -> None:
    """What had arrived is kept, the rest is told in one sentence, and the next run goes on from there."""
    inbox = tmp_path / "inbox"
    for number in range(8 * BATCH):
        (inbox / f"s{number}").mkdir(parents=True)
        for name in ("moving_average", "word_count"):
            shutil.copy(tiny.solutions_folder(name) / "solution.py", inbox / f"s{number}" / f"{name}.py")
    with running(tmp_path / "home", workers=1) as cluster:
        command = [sys.executable, "-m", "autograder", "--course", str(tiny.root), "-v", "grade", str(inbox)]
        command += ["--out", str(tmp_path / "out"), "--scheduler", cluster.address]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as grader:
            assert grader.stderr
            first = grader.stderr.readline()
            cluster.scheduler.send_signal(signal.SIGKILL)
            told = grader.stderr.read()
    after = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))

    assert grader.returncode == 2
    assert first.endswith("  10/10\n")
    assert "Traceback" not in told
    assert "error: the cluster's scheduler is gone" in told
    assert told.endswith("hint: what was graded is kept; run the command again\n")
    assert 0 < len(after) < 8 * BATCH
    assert grade(tiny.root, inbox, tmp_path / "out") == grade(tiny.root, inbox, tmp_path / "again")
