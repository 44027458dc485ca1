"""Each outcome once, through the real commands: what lies in results.json, and what the student reads.

A folder in tests/golden/outcomes holds a hand-in and what it must give. After a change that is meant, AUTOGRADE_GOLDEN=write
writes what comes out now, and `git diff` shows what became different.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import probe
from tests.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden" / "outcomes"
CASES = sorted(path.name for path in GOLDEN.iterdir())

pytestmark = pytest.mark.skipif(not probe().enough, reason=f"no sandbox here: {probe().missing}")


def _autograde(course: Path, *arguments: str, status: int = 0) -> str:
    command = [sys.executable, "-m", "autograder", "--course", str(course), *arguments]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The tiny course with little patience, and all hand-ins graded in one go."""
    root = tmp_path_factory.mktemp("outcomes") / "tiny"
    shutil.copytree(ROOT / "tests" / "courses" / "tiny", root)
    yaml = root / "course.yaml"
    text = yaml.read_text(encoding="utf-8")
    assert "seconds_per_check: 5, seconds: 20" in text
    yaml.write_text(
        text.replace("seconds_per_check: 5, seconds: 20", "seconds_per_check: 1, seconds: 8"), "utf-8"
    )
    for case in CASES:
        (root / "inbox" / case).mkdir(parents=True)
        shutil.copy(GOLDEN / case / "solution.py", root / "inbox" / case)
    (root / "summary.txt").write_text(_graded(root), encoding="utf-8")
    yield root


def _graded(root: Path) -> str:
    """What `grade` says beside its table."""
    command = [
        sys.executable,
        "-m",
        "autograder",
        "--course",
        str(root),
        "grade",
        "inbox",
        "--out",
        "results",
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return done.stderr


def _same(path: Path, text: str) -> None:
    if os.environ.get("AUTOGRADE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_the_results_are_those_of_this_outcome(course: Path, case: str) -> None:
    results = json.loads((course / "results" / "results.json").read_text(encoding="utf-8"))
    code = {name: results[case][name] for name in ("moving_average", "word_count")}
    _same(
        GOLDEN / case / "results.json", json.dumps(code, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    )


@pytest.mark.parametrize("case", CASES)
def test_the_report_says_it_in_words(course: Path, case: str) -> None:
    _same(GOLDEN / case / "report.txt", _autograde(course, "show", case, "--out", "results"))


def test_every_outcome_of_code_is_among_them() -> None:
    found = set()
    for case in CASES:
        for item in json.loads((GOLDEN / case / "results.json").read_text(encoding="utf-8")).values():
            found |= {check["outcome"] for check in item["checks"]}
    assert found == {"pass", "fail", "error", "timeout", "skipped"}


def test_code_that_crashes_is_named_with_the_reason_and_what_only_fails_is_not(course: Path) -> None:
    named = dict(
        line.split(": ", 1)
        for line in (course / "summary.txt").read_text(encoding="utf-8").splitlines()
        if line.split(":")[0] in CASES
    )
    assert sorted(named) == ["cannot_be_read", "exits_early", "raises_on_import"]
    assert "SyntaxError" in named["cannot_be_read"] and "(and 1 more like this)" in named["cannot_be_read"]
    assert "IndexError" in named["raises_on_import"]
    assert "ended Python" in named["exits_early"]


def test_students_who_were_asked_for_and_handed_in_nothing_are_named(course: Path) -> None:
    command = [
        *(sys.executable, "-m", "autograder", "--course", str(course), "grade", "inbox", "--out", "others")
    ]
    done = subprocess.run(
        [*command, "--student", "passes", "--student", "zoe"],
        cwd=course,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "zoe: no hand-in was found" in done.stderr


def test_an_inbox_is_not_graded_by_lesson(course: Path) -> None:
    """To leave the option aside in silence would be worse."""
    command = [
        *(sys.executable, "-m", "autograder", "--course", str(course), "grade", "inbox", "--lesson", "words")
    ]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "those of an inbox are about the whole course" in done.stderr
