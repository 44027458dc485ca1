"""What the command line itself promises, whatever the command: an answer on every terminal, and a reason for every refusal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.report import CheckResult, ItemReport, Report
from autograder.store import Store
from tests.conftest import ROOT

TINY = ROOT / "tests" / "courses" / "tiny"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The results of one hand-in, as `grade` keeps them."""
    checks = (
        CheckResult("test_length", "has all values", "pass", 1, 1),
        CheckResult("test_means", "gives \u2200 means", "fail", 0, 1, "too few"),
    )
    report = Report("ann", "", (ItemReport("moving_average", "code", "Averages", checks),))
    with Store.open(tmp_path / ".autograde" / "results.sqlite") as store:
        store.keep("key", report)
    return tmp_path


def _show(
    kept: Path, stdout: int | None = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "autograder", "--course", str(TINY), "show", "ann", "--out", str(kept)]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env={**os.environ, **environment}, check=False
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_terminal_without_our_marks_gets_plain_ones(kept: Path, encoding: str) -> None:
    done = _show(kept, PYTHONIOENCODING=encoding)

    assert (done.returncode, done.stderr) == (0, b"")
    lines = [line.strip() for line in done.stdout.decode(encoding).splitlines()]
    assert "+ has all values  1/1" in lines and "x gives ? means  0/1" in lines


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no /dev/full to write to")
def test_a_full_disk_is_a_refusal_and_no_bug_of_ours(kept: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _show(kept, stdout=full.fileno())

    assert done.returncode == 2
    assert b"error: no space left on device" in done.stderr and b"bug" not in done.stderr
