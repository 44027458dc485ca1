"""The figures of the lessons: the scripts draw what lies in the folders, in colours and shapes that everybody can tell apart."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.text import Text

from tests import lessons

ALL = [(number, name) for number in lessons.draw.NUMBERS for name in lessons.text(number).module.FIGURES]
PEN_NAMES = ("BLUE", "ORANGE", "RED", "GREEN", "PURPLE", "SKY", "BLACK")

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_MADE_ID = re.compile(r"\b[a-z][0-9a-f]{10}\b")
_TOLERANCE = 0.25  # of a point: nothing that an eye can see, far more than what another processor changes


@functools.cache
def _pinned() -> str:
    constraints = (lessons.ROOT / "constraints.txt").read_text(encoding="utf-8")
    return re.findall(r"^matplotlib==(\S+)$", constraints, re.MULTILINE)[0]


@pytest.mark.parametrize(("number", "name"), ALL)
def test_a_figure_in_a_folder_is_what_its_script_draws(number: str, name: str, tmp_path: Path) -> None:
    """`python course/figures/draw.py` draws them again. Same words, marks and curves; the last digits may differ."""
    if matplotlib.__version__ != _pinned():
        pytest.skip(f"figures are compared with matplotlib {_pinned()}, this is {matplotlib.__version__}")
    lessons.draw.style.write(lessons.text(number).module.FIGURES[name], tmp_path / name)

    kept, kept_numbers = _parts(lessons.text(number).folder / name)
    drawn, drawn_numbers = _parts(tmp_path / name)
    assert kept == drawn
    assert np.max(np.abs(kept_numbers - drawn_numbers)) < _TOLERANCE


@pytest.mark.parametrize(("number", "name"), ALL)
def test_a_figure_is_small_sharp_and_safe(number: str, name: str) -> None:
    """Vectors without a picture, script or address inside, small enough to stand in a notebook."""
    svg = (lessons.text(number).folder / name).read_text(encoding="utf-8")

    assert len(svg) < 200_000
    assert re.findall(r"<image|<script|<foreignObject|href=\"(?!#)", svg) == []


@pytest.mark.parametrize(("number", "name"), ALL)
def test_a_figure_can_be_read_in_a_narrow_window(number: str, name: str) -> None:
    """In a window of 640 pixels a notebook has room for 494; no letter is smaller than 10 of them."""
    with matplotlib.rc_context(lessons.draw.style.SETTINGS):
        figure = lessons.text(number).module.FIGURES[name]()
        figure.canvas.draw()
    pixels_a_point = min(494 / figure.bbox.width, 96 / figure.dpi) * figure.dpi / 72
    texts = [one for one in figure.findobj(Text) if one.get_visible() and one.get_text().strip()]
    columns = {axes.get_subplotspec().get_gridspec().ncols for axes in figure.axes}
    plt.close(figure)

    assert texts
    assert [one.get_text() for one in texts if one.get_fontsize() * pixels_a_point < 10] == []
    assert max(columns) <= 3


def test_the_same_figure_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Otherwise a version control system would show changes where there are none."""
    figures = lessons.text("02").module.FIGURES
    for name in ("once.svg", "again.svg"):
        lessons.draw.style.write(figures["five-rates.svg"], tmp_path / name)

    assert (tmp_path / "once.svg").read_bytes() == (tmp_path / "again.svg").read_bytes()


def test_no_two_curves_differ_by_colour_alone() -> None:
    """Each pen has a line style and a marker of its own, for print in black and white."""
    pens = [getattr(lessons.draw.style, name) for name in PEN_NAMES]

    for look in ("color", "linestyle", "marker"):
        assert len({str(getattr(pen, look)) for pen in pens}) == len(pens), look


def _parts(path: Path) -> tuple[str, np.ndarray]:
    """An SVG without its numbers, and its numbers; ids that are hashes of numbers count by their order."""
    text = path.read_text(encoding="utf-8")
    ids: dict[str, str] = {}
    text = _MADE_ID.sub(lambda found: ids.setdefault(found.group(), f"id-{'i' * len(ids)}"), text)
    return _NUMBER.sub("#", text), np.array([float(number) for number in _NUMBER.findall(text)])
