"""The results store: what was graded is there afterwards, whatever happened in between."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import AutogradeError
from autograder.report import CheckResult, ItemReport, Report
from autograder.store import Store


def sample(student: str = "ann", points: int = 2) -> Report:
    check = CheckResult("test_sum", "adds", "pass" if points else "fail", points, 2, "said “no” ✗")
    return Report(
        student, "sums", (ItemReport("add", "code", "Adding", (check,), ("a sentence",)),), ("late",)
    )


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    """A report comes back equal, with every tuple a tuple."""
    with Store.open(tmp_path / "s.sqlite") as store:
        store.keep("k", sample())
    with Store.open(tmp_path / "s.sqlite") as store:
        assert store.find("k") == sample()
        assert store.find("other") is None


def test_the_latest_report_of_a_student_replaces_the_one_before(tmp_path: Path) -> None:
    """Regrading must not leave two results for one hand-in."""
    with Store.open(tmp_path / "s.sqlite") as store:
        store.keep("old", sample(points=0))
        store.keep("new", sample(points=2))
        store.keep("zoe", sample("zoe"))

        assert [(report.student, report.points) for report in store.latest()] == [("ann", 2), ("zoe", 2)]


def test_a_report_that_was_kept_survives_kill_9(tmp_path: Path) -> None:
    """The promise `never lost`: the process dies right after `keep` returned, without closing anything."""
    path = tmp_path / "s.sqlite"
    code = (
        "import os, sys; sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\n"
        "from test_store import Store, sample\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    for number in range(20): store.keep(f'k{number}', sample(f's{number:02}'))\n"
        f"    os.kill(os.getpid(), {int(signal.SIGKILL)})\n"
    )

    done = subprocess.run([sys.executable, "-c", code, str(path), str(Path(__file__).parent)], check=False)

    assert done.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        assert len(list(store.latest())) == 20


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    """Somebody else's file is neither used nor overwritten."""
    path = tmp_path / "s.sqlite"
    path.write_text("these are my notes" * 100, encoding="utf-8")

    with pytest.raises(AutogradeError, match="is not a results store") as caught, Store.open(path):
        pass

    assert "move it away" in caught.value.hint
    assert path.read_text(encoding="utf-8").startswith("these are my notes")


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    """A newer format must not be half understood."""
    path = tmp_path / "s.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(AutogradeError, match="format 99, this one writes 1"), Store.open(path):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """SQLite's own message names no file."""
    tmp_path.chmod(0o500)
    with pytest.raises(AutogradeError, match="read-only"), Store.open(tmp_path / "s.sqlite"):
        pass


def test_reports_of_a_class_share_what_is_equal_in_them(tmp_path: Path) -> None:
    """Thousands of students with the same outcomes must fit into memory."""
    with Store.open(tmp_path / "results.sqlite") as store:
        for name in ("ann", "zoe"):
            store.keep(name, sample(name))
        first, second = store.latest()
    assert first.items == second.items
    assert all(one is other for one, other in zip(first.items, second.items, strict=True))
