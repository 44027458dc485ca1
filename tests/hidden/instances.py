"""Hidden instances: functions that students have not seen, for what the public problems do not show.

They are made of the public kinds of course/problems.py with numbers of our own, so that they run beside the student's
code, and of what comes back every step is computed anew here. An argument may be anything there; what is no vector of
the right length is refused with the sentence that the student should read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from expect import Array
from problems import Bowl, Ramp, Waves


@dataclass(frozen=True, eq=False)
class Instance:
    """A loss to make small: `kind` is all that a message says about it."""

    kind: str
    made: Bowl | Waves
    start: tuple[float, ...]
    rate: float

    @property
    def gradient(self) -> Callable[[Any], Array]:
        return self.made.gradient

    def times(self, factor: float) -> Callable[[Any], Array]:
        """The gradient, *factor* times as large."""
        scaled = {
            name: factor * getattr(self.made, name)
            for name in ("matrix", "bend", "slope", "height")
            if getattr(self.made, name, None) is not None
        }
        return replace(self.made, **scaled).gradient


def basin(*steepness: float, centre: tuple[float, ...] = ()) -> Bowl:
    """A bowl whose axes are those of the parameters, around 0 unless a *centre* is given."""
    middle = np.array(centre, dtype=float) if centre else np.zeros(len(steepness))
    return Bowl(np.diag(np.array(steepness, dtype=float)), middle)


def plane(*slope: float) -> Callable[[Any], Array]:
    """A gradient that is the same everywhere."""
    size = len(slope)
    return Bowl(np.zeros((size, size)), np.zeros(size), None, np.array(slope, dtype=float)).gradient


def ramp(*slope: float) -> Ramp:
    """The same gradient, and the same array each time: whoever changes it spoils the steps that follow."""
    return Ramp(np.array(slope, dtype=float))


def _coupled_matrix() -> Array:
    """A fixed symmetric matrix with eigenvalues from 0.5 to 4, so that every parameter feels every other."""
    rng = np.random.default_rng(90210)
    basis, _ = np.linalg.qr(rng.normal(size=(9, 9)))
    return basis @ np.diag(np.linspace(0.5, 4, 9)) @ basis.T


NINE_BOWL = Bowl(_coupled_matrix(), np.array([1.5, -2, 0.25, 3, -0.75, 1, 2, -1.25, 0.5]))
SINGLE_BOWL = Bowl(np.array([[2.1]]), np.array([0.7]), bend=np.array([0.9]), level=4.0)
"""One parameter, steeper on one side (3.0) than on the other (1.2)."""

NINE = Instance("a bowl with nine parameters", NINE_BOWL, (0.5, 0, -1, 2, 1, -2, 0.25, 1.5, -0.5), 0.21)
WAVES = Instance(
    "a wavy function of three parameters",
    # The gradient never settles, and its entries differ by a factor of a thousand:
    # cos(3 x + y) + 0.4 x,  30 sin(y - x / 2) + 6 y,  0.02 cos(2 z + x) + 0.05
    Waves(
        matrix=np.diag([0.4, 6.0, 0.0]),
        slope=np.array([0, 0, 0.05]),
        height=np.array([1, 30, 0.02]),
        turn=np.array([[3, 1, 0], [-0.5, 1, 0], [1, 0, 2.0]]),
        phase=np.array([np.pi / 2, 0, np.pi / 2]),
    ),
    (1.2, -0.7, 2.0),
    0.03,
)
SINGLE = Instance("a function of one parameter", SINGLE_BOWL, (-2.5,), 0.35)
NARROW = Instance(
    "a function that is a billionth wide",
    # Whoever rounds its points, or compares them with a tolerance, takes them all for one.
    Bowl(np.diag([1e9, 1e9]), np.array([1.0, -2.0])),
    (1 + 1e-9, -2 - 2e-9),
    2e-10,
)
HALF_FLAT = Instance(
    "a function that is flat on one side",
    # Each entry of the gradient is exactly 0 as soon as its parameter is positive.
    Bowl(np.eye(2), np.zeros(2), bend=-np.ones(2)),
    (-0.05, -0.32),
    0.1,
)
FAINT, FAINTEST = (basin(size, size, size, centre=(-0.5, -3, 20)).gradient for size in (1e-8, 1e-14))
"""Gradients beside which an epsilon of 1e-8 counts, and an epsilon of the precision of a float."""

FLAT_AT_FIRST = Instance(
    "a function that is flat at first for the second parameter",
    # Its gradient is (x + y - 1, x + y): exactly 0 in the second entry until the first parameter has moved.
    Bowl(np.ones((2, 2)), np.zeros(2), slope=np.array([-1.0, 0.0])),
    (0.0, 0.0),
    0.1,
)
