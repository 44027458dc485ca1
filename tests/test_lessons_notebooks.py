"""The notebooks as students get them: they run from top to bottom with little installed, and print what the text explains."""

from __future__ import annotations

import copy
import functools
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from autograder.course import Course
from autograder.quiz import SeveralChoices, SingleChoice
from tests import lessons, rooms
from tests.test_lessons import unchecked

every_lesson = pytest.mark.parametrize("number", lessons.draw.NUMBERS)

STUDENTS_HAVE = ("numpy", "matplotlib", "scikit-learn", "ipykernel")
SECONDS = 60

# Read by every Python that finds it on its path: what students do not have cannot be imported.
GUARD = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {missing!r}:
            raise ModuleNotFoundError(f"students do not have {{name}}", name=name)

sys.meta_path.insert(0, Missing())
"""


@every_lesson
def test_a_released_notebook_runs_from_top_to_bottom(number: str) -> None:
    """Nothing is filled in. Each cell has its minute, and visible checks say that there is nothing to check yet."""
    ran = _ran(number)

    assert [cell.id for cell in ran.cells if cell.cell_type == "code" and cell.execution_count is None] == []
    visible = [cell for cell in ran.cells if cell.id.endswith("-visible")]
    assert [cell.id for cell in visible if "Not written yet" not in _printed(cell)] == []


@every_lesson
def test_the_text_explains_what_the_notebook_prints(number: str) -> None:
    """The numbers are taken from the output of the very cells that students run."""
    text = lessons.text(number)

    assert [said for said in _explanations(number) if said not in text.source] == []


@every_lesson
def test_no_line_of_an_experiment_is_broken_in_a_narrow_window(number: str) -> None:
    """62 characters are what an output shows in a window of 640 pixels; a table of numbers in broken lines is no table."""
    texts = [cell for cell in _ran(number).cells if cell.cell_type == "code" and cell.id.startswith("text-")]
    lines = [line for cell in texts for line in _printed(cell).splitlines()]

    assert lines
    assert [line for line in lines if len(line) > 62] == []


@every_lesson
def test_no_number_stands_in_an_explanation_that_nobody_checks(number: str) -> None:
    text = lessons.text(number)
    sources = [*lessons.statements(number), *_explanations(number), *text.module.GIVEN]

    assert list(unchecked(text, sources)) == []


@every_lesson
def test_a_notebook_shows_pictures_with_words_and_nothing_that_is_not_there(number: str) -> None:
    """One file: every picture is inside and described, and no cell is empty or leads elsewhere."""
    cells = _released(number).cells
    shown = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")

    assert [cell.id for cell in cells if not cell.source.strip()] == []
    pictures = re.findall(r"<img [^>]*>", shown)
    assert len(pictures) == len(lessons.text(number).module.FIGURES)
    assert [
        one[-80:]
        for one in pictures
        if not re.search(r' src="data:image/svg\+xml;base64,\S+" alt="[^"]{40,}"', one)
    ] == []
    assert re.findall(r"(?<!!)\[[^\]]+\]\([^)]+\)|!\[[^\]]*\]\([^)]*\)|href=", shown) == []


@every_lesson
def test_a_notebook_holds_no_remark_for_authors(optimizers: Course, number: str) -> None:
    """Misconceptions and feedback are for later."""
    cells = "\n".join(cell.source for cell in _released(number).cells)
    hidden = [
        text
        for question in optimizers.lessons[int(number) - 1].questions
        if isinstance(question, SingleChoice | SeveralChoices)
        for option in question.options
        for text in (option.misconception, option.feedback)
        if text
    ]

    assert hidden
    assert [text for text in hidden if text in cells] == []
    assert re.findall(r"\b(?:TODO|FIXME|XXX|misconception)\b", cells) == []


@every_lesson
def test_no_code_cell_scrolls_sideways_in_a_narrow_window(number: str) -> None:
    """63 characters are what a code cell shows in a window of 640 pixels."""
    cells = [cell for cell in _released(number).cells if cell.cell_type == "code"]
    wide = [line for cell in cells for line in cell.source.splitlines() if len(line) > 63]

    assert cells
    assert wide == []


def test_the_guard_keeps_away_what_students_do_not_have(tmp_path: Path) -> None:
    """Otherwise the tests above would show nothing."""
    _write_guard(tmp_path)
    source = (
        "import sklearn\ntry:\n    import autograder\nexcept ModuleNotFoundError as error:\n    print(error)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])

    assert _printed(_run(notebook, tmp_path, tmp_path).cells[0]) == "students do not have autograder\n"


@functools.cache
def _released(number: str) -> Any:
    name = lessons.text(number).folder.name[3:]
    return nbformat.read(rooms.built(lessons.ROOT) / "release" / name / f"{name}.ipynb", as_version=4)


@functools.cache
def _ran(number: str) -> Any:
    folder = rooms.built(lessons.ROOT) / "release" / lessons.text(number).folder.name[3:]
    with tempfile.TemporaryDirectory() as guard:
        _write_guard(Path(guard))
        return _run(copy.deepcopy(_released(number)), folder, Path(guard))


def _run(notebook: Any, folder: Path, guard: Path) -> Any:
    """*notebook* with its outputs; the first cell that raises or takes too long ends the test."""
    client = NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(folder)}})
    env = {**os.environ, "PYTHONPATH": str(guard), "IPYTHONDIR": str(guard), "PYTHONDONTWRITEBYTECODE": "1"}
    return client.execute(env=env)


def _printed(cell: Any) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def _explanations(number: str) -> list[str]:
    outputs = [
        _printed(cell)
        for cell in _ran(number).cells
        if cell.cell_type == "code" and cell.id.startswith("text-")
    ]
    return list(lessons.text(number).module.experiment(outputs))


def _write_guard(folder: Path) -> None:
    theirs = _with_requirements(STUDENTS_HAVE)
    missing = {
        module
        for module, owners in packages_distributions().items()
        if not theirs & {canonicalize_name(owner) for owner in owners}
    }
    text = GUARD.format(missing=sorted((missing | {"autograder"}) - set(sys.stdlib_module_names)))
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")


def _with_requirements(names: tuple[str, ...]) -> set[str]:
    """The packages *names* and all that comes with them."""
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _requirements(name)
    return found


def _requirements(name: str) -> Iterator[str]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return
    for requirement in map(Requirement, lines):
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)
