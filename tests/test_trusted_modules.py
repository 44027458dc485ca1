"""Nothing of a submission is ever run outside the sandbox: no trusted module has the means to do so."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

TRUSTED = sorted(
    path for path in (ROOT / "autograder").rglob("*.py") if "child" not in path.relative_to(ROOT).parts
)
MODULES = frozenset(
    {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "shelve", "marshal", "joblib", "runpy", "code"}
)
NAMES = frozenset({"eval", "exec", "execfile", "__import__"})
LOADERS = frozenset(
    {"spec_from_file_location", "SourceFileLoader", "exec_module", "run_path", "import_module"}
)
ALLOWED_LOADERS = {
    "autograder/loading.py": "the course's own problems.py and probe.py, which the author wrote",
}
"""Files that import by path, and whose files those are."""


def _findings(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found = [alias.name.partition(".")[0] for alias in names]
            case ast.ImportFrom(module=str() as module, level=0):
                found = [module.partition(".")[0]]
            case ast.Call(func=ast.Name(id=name)) if name in NAMES:
                yield f"line {node.lineno}: calls {name}"
                continue
            case ast.keyword(arg="allow_pickle", value=value) if not _is_false(value):
                yield f"line {value.lineno}: allows pickle"
                continue
            case ast.Attribute(
                attr=("load" | "unsafe_load" | "full_load") as attr, value=ast.Name(id="yaml")
            ):
                yield f"line {node.lineno}: yaml.{attr} may build any object"
                continue
            case _:
                continue
        yield from (f"line {node.lineno}: imports {name}" for name in found if name in MODULES)


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


@pytest.mark.parametrize("path", TRUSTED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_trusted_module_neither_unpickles_nor_evaluates(path: Path) -> None:
    assert list(_findings(path)) == []


def test_only_the_authors_files_are_imported_by_their_path() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in TRUSTED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
        and (node.attr if isinstance(node, ast.Attribute) else node.id) in LOADERS
    }
    assert users <= set(ALLOWED_LOADERS)
    askers = {
        path.relative_to(ROOT).as_posix()
        for path in TRUSTED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "autograder.loading"
    }
    assert askers == {"autograder/checker.py"}


def test_only_the_sandbox_knows_the_child() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in TRUSTED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder.child")
    }
    assert users
    assert all(user.startswith("autograder/sandbox/") for user in users)


def test_the_child_imports_nothing_of_ours() -> None:
    """Run for what it is, a package of its own: none of our other modules comes with it."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from child import arrays, calls, cells, walls, wire, zygote; "
        "print([name for name in sys.modules if name.split('.')[0] in ('autograder', 'pytest', 'pydantic', 'yaml')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT / "autograder")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "source",
    [
        "import pickle\n",
        "from dill import loads\n",
        "eval('1')\n",
        "import numpy as np\nnp.load('x', allow_pickle=True)\n",
        "import yaml\nyaml.load('x', Loader=None)\n",
    ],
)
def test_the_rule_finds_what_it_looks_for(source: str, tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    assert list(_findings(tmp_path / "module.py"))
