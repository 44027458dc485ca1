"""`autograde validate` on courses with one mistake each, and its rules: told exactly, documented, and never half of them."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from autograder.cli import run

ROOT = Path(__file__).resolve().parents[1]
BROKEN = ROOT / "tests" / "broken"
FOLDERS = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())
RULE = re.compile(r" \[([a-z-]+)\]$", re.MULTILINE)


def expected(folder: str) -> str:
    return (BROKEN / folder / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_mistake_is_told_in_these_words(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Place, message, rule and hint are what an author has to go by."""
    status = run(["--course", str(BROKEN / folder), "validate"])

    told = capsys.readouterr()
    assert (expected(folder), "", 2) == (told.out, told.err, status)


def test_the_installed_command_says_the_same() -> None:
    """Once through a process of its own: what the shell sees."""
    command = [sys.executable, "-m", "autograder", "--course", str(BROKEN / "several-lessons"), "validate"]

    done = subprocess.run(command, capture_output=True, check=False)

    assert (2, expected("several-lessons"), "") == (
        done.returncode,
        done.stdout.decode("utf-8"),
        done.stderr.decode("utf-8"),
    )


@pytest.mark.parametrize("command", ["build", "grade"])
def test_a_broken_course_is_refused_with_all_its_problems_and_nothing_is_written(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A grade from half a course would be a wrong grade."""
    shutil.copytree(BROKEN / "several-lessons", tmp_path / "course")
    before = sorted(tmp_path.rglob("*"))

    status = run(["--course", str(tmp_path / "course"), command])

    told = capsys.readouterr()
    problems = expected("several-lessons").removesuffix("5 problems\n")
    assert (2, "", f"{problems}\nerror: 5 problems in the course\n") == (status, told.out, told.err)
    assert before == sorted(tmp_path.rglob("*"))


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests" / "courses" / "tiny"], ids=["optimizers", "tiny"])
def test_our_own_courses_have_no_problem(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary counts what was read, so that a lesson that was overlooked is noticed."""
    status = run(["--course", str(root), "validate"])

    told = capsys.readouterr()
    assert (0, "") == (status, told.err)
    assert re.fullmatch(r"course\.yaml: \d+ lessons, .* points, no problems\n", told.out)


def documented_rules(command: str = "validate") -> list[str]:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    part = page.partition(f"# Rules of `autograde {command}`\n")[2].partition("\n# ")[0]
    return re.findall(r"^\| `([a-z-]+)` \|", part, re.MULTILINE)


def rules_in(trees: Iterable[ast.Module]) -> set[str]:
    """Every name of a rule that stands where a problem is made."""
    found: set[str] = set()
    for tree in trees:
        for node in ast.walk(tree):
            found |= {text for part in _rule_parts(node) for text in _texts(part)}
    return {text for text in found if re.fullmatch(r"[a-z]+(-[a-z]+)*", text)}


def reading_of_courses() -> dict[str, ast.Module]:
    """The module that reads courses and all that it imports, as far as it is ours."""
    trees: dict[str, ast.Module] = {}
    waiting = ["autograder.course"]
    while waiting:
        name = waiting.pop()
        path = ROOT / name.replace(".", "/")
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if name in trees or not file.is_file():
            continue
        trees[name] = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(trees[name]):
            if isinstance(node, ast.ImportFrom) and node.module:
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return trees


_MAKERS = {
    "Problem": 2,
    "Fault": 2,
    "PydanticCustomError": 0,
    "_problem": 2,
    "_report": 2,
    "_unusable": 2,
    "_functions_defined": 3,
}
"""What makes a problem, and which of its arguments is the rule."""


def _rule_parts(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _MAKERS and len(node.args) > _MAKERS[name]:
            yield node.args[_MAKERS[name]]
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "rule":
        yield node.value
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
        yield node.value.elts[1]


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def test_every_rule_is_documented_once() -> None:
    """The word in brackets is what an author looks up."""
    documented = documented_rules()

    assert sorted(set(documented)) == sorted(documented)
    assert rules_in(reading_of_courses().values()) == set(documented)


def test_every_rule_of_verify_is_documented_once() -> None:
    """They are printed in the same form, so they are looked up in the same place."""
    source = (ROOT / "autograder" / "verify.py").read_text(encoding="utf-8")
    documented = documented_rules("verify")

    assert sorted(set(documented)) == sorted(documented)
    assert rules_in([ast.parse(source)]) == set(documented)


def test_every_rule_has_a_folder_that_shows_it() -> None:
    """A rule that no course can break is no rule."""
    shown = {rule for folder in FOLDERS for rule in RULE.findall(expected(folder))}

    assert shown == set(documented_rules())
