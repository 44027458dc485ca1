"""What many tests share: the two courses, read once."""

from __future__ import annotations

import importlib
import runpy
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

from autograder.course import Course, read_course
from autograder.verify import verify
from tests.pools import pool_of

# the same examples in every run, and no clock that a busy machine could make run out
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, max_examples=100)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parents[1]


LONG = (
    "witnesses hostile crash cluster verify sandbox nbgrader_roads notebooks hidden_chance diagnosis "
    "attempts shipped lessons lessons_notebooks build executors checker exchange figures benchmarks"
).split()
"""The files whose tests take longest, by their names."""
TOGETHER = {"lessons_notebooks": "lessons"}
"""Files that compute the same as another one, once for each worker."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file stay on one worker. What takes longest goes first, so that no worker sits idle while another one has all
    of it to do."""
    places = {name: place for place, name in enumerate(LONG)}
    names = {item: item.path.stem.removeprefix("test_") for item in items}
    items.sort(key=lambda item: places.get(names[item], len(LONG)))
    for item, name in names.items():
        item.add_marker(pytest.mark.xdist_group(TOGETHER.get(name, name)))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what the person who runs it has kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def optimizers() -> Course:
    """The course of this repository."""
    return read_course(ROOT)


@pytest.fixture(scope="session")
def tiny() -> Course:
    """Another course, with functions that have nothing to do with optimizers."""
    return read_course(ROOT / "tests" / "courses" / "tiny")


@pytest.fixture(scope="module")
def hidden() -> Iterator[Callable[[str], ModuleType]]:
    """Imports a module of tests/hidden as the checks import it."""
    folders = (str(ROOT / "tests" / "hidden"), str(ROOT / "course"))
    before = set(sys.modules)
    sys.path[:0] = folders
    yield importlib.import_module
    for folder in folders:
        sys.path.remove(folder)
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(folders):
            del sys.modules[name]


@pytest.fixture(scope="module")
def problems(optimizers: Course) -> dict[str, Any]:
    """The practice problems."""
    return runpy.run_path(str(optimizers.problems_path), run_name="problems")["PROBLEMS"]


@pytest.fixture(scope="session")
def _shipping_once(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small course that ships what was found of `moving_average`."""
    root = tmp_path_factory.mktemp("shipping") / "course"
    shutil.copytree(tiny.root, root)
    (found,) = verify(
        read_course(root),
        pool_of(root),
        ["moving_average"],
        keep=pool_of(root),
    )
    assert found.problems == ()
    return root


@pytest.fixture
def shipping(_shipping_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that, to be changed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(_shipping_once, tmp_path / "course")
    return tmp_path / "course"
