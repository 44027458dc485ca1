"""Hidden instances: functions that students have not seen, for what the public problems do not show.

Their gradients run on our side and are called by the student's code from afar, so an argument may be anything; what is
no vector of the right length is refused with the sentence that the student should read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from expect import Array


@dataclass(frozen=True, eq=False)
class Instance:
    """A loss to make small: `kind` is all that a message says about it."""

    kind: str
    gradient: Callable[[Array], Array]
    start: tuple[float, ...]
    rate: float
    loss: Callable[[Array], float] | None = None


def vector(w: Any, size: int) -> Array:
    """The argument of a gradient, as the student's code passed it."""
    try:
        point = np.asarray(w, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"`gradient` was called with something that is no array of {size} numbers") from None
    if point.shape != (size,):
        raise ValueError(f"`gradient` was called with an array of shape {point.shape} instead of ({size},)")
    return point


def _coupled_matrix() -> Array:
    """A fixed symmetric matrix with eigenvalues from 0.5 to 4, so that every parameter feels every other."""
    rng = np.random.default_rng(90210)
    basis, _ = np.linalg.qr(rng.normal(size=(9, 9)))
    return basis @ np.diag(np.linspace(0.5, 4, 9)) @ basis.T


_MATRIX = _coupled_matrix()
_CENTRE = np.array([1.5, -2, 0.25, 3, -0.75, 1, 2, -1.25, 0.5])


def nine_gradient(w: Any) -> Array:
    """A bowl in nine dimensions whose axes are tilted."""
    return _MATRIX @ (vector(w, 9) - _CENTRE)


def nine_loss(w: Any) -> float:
    offset = vector(w, 9) - _CENTRE
    return float(offset @ _MATRIX @ offset / 2)


def waves_gradient(w: Any) -> Array:
    """Three parameters; the gradient never settles, and its entries differ by a factor of a thousand."""
    x, y, z = vector(w, 3)
    return np.array(
        [np.cos(3 * x + y) + 0.4 * x, 30 * np.sin(y - 0.5 * x) + 6 * y, 0.02 * np.cos(2 * z + x) + 0.05]
    )


def single_gradient(w: Any) -> Array:
    """One parameter, steeper on one side than on the other."""
    point = vector(w, 1)
    return np.where(point > 0.7, 3.0, 1.2) * (point - 0.7)


NINE = Instance(
    "a bowl with nine parameters", nine_gradient, (0.5, 0, -1, 2, 1, -2, 0.25, 1.5, -0.5), 0.21, nine_loss
)
WAVES = Instance("a wavy function of three parameters", waves_gradient, (1.2, -0.7, 2.0), 0.03)
SINGLE = Instance("a function of one parameter", single_gradient, (-2.5,), 0.35)
