"""One look for every figure of the course, and the one place where a figure becomes a file.

The colours are told apart by people with any kind of colour vision, and each comes with a line style and a marker
of its own, so that a figure still reads when it is printed in black and white.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SETTINGS = {
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.titlesize": 11.5,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "figure.constrained_layout.use": True,
    "svg.hashsalt": "optimizers",
    "svg.fonttype": "path",
    "path.simplify": False,  # which points it drops can hang on the last digit of a number
}

INK = "#222222"
PALE = "#b9b9b9"


@dataclass(frozen=True)
class Pen:
    """How one curve looks: colour, line style and marker change together."""

    color: str
    linestyle: str | tuple[int, tuple[float, ...]]
    marker: str

    def line(self, markevery: int | None = None) -> dict[str, object]:
        """Arguments for `plot`; no markers unless `markevery` says how often."""
        look: dict[str, object] = {"color": self.color, "linestyle": self.linestyle}
        return look | {"marker": self.marker, "markevery": markevery} if markevery else look


# The Okabe-Ito colours, ordered so that neighbours also differ in brightness.
BLUE = Pen("#0072B2", "-", "o")
ORANGE = Pen("#E69F00", (0, (5, 1.5)), "s")
RED = Pen("#D55E00", (0, (1.2, 1.2)), "^")
GREEN = Pen("#009E73", (0, (6, 1.5, 1.2, 1.5)), "D")
PURPLE = Pen("#CC79A7", (0, (3, 1, 1, 1, 1, 1)), "v")
SKY = Pen("#56B4E9", (0, (9, 2)), "P")
BLACK = Pen("#000000", (0, (2.5, 2)), "X")
PENS = (BLUE, ORANGE, RED, GREEN, PURPLE, SKY, BLACK)


def panels(
    columns: int, *, rows: int = 1, width: float = 6.4, height: float = 3.0, **more: object
) -> tuple[Figure, np.ndarray]:
    """A figure with a grid of panels; the panels always come as a flat array."""
    figure, axes = plt.subplots(rows, columns, figsize=(width, height), squeeze=False, **more)
    return figure, axes.ravel()


def label(axes: Axes, title: str, x: str, y: str) -> None:
    axes.set_title(title)
    axes.set_xlabel(x)
    axes.set_ylabel(y)


def contours(
    axes: Axes,
    loss: Callable[[np.ndarray], float],
    x: tuple[float, float],
    y: tuple[float, float],
    levels: list[float],
) -> None:
    """Lines of equal loss as a quiet background."""
    xs, ys = np.linspace(*x, 160), np.linspace(*y, 120)
    heights = np.array([[loss(np.array([a, b])) for a in xs] for b in ys])
    axes.contour(xs, ys, heights, levels=levels, colors=PALE, linewidths=0.8)


def write(draw: Callable[[], Figure], target: Path) -> None:
    """Draw a figure into the SVG file *target*, the same bytes every time."""
    with mpl.rc_context(SETTINGS):
        figure = draw()
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(figure)
