"""Looks at how a `gradient_descent` behaves, once it has lost points, so that the mistake can be named."""

from __future__ import annotations

from typing import Any

import numpy as np
from expect import Array
from instances import NINE, SINGLE, WAVES, basin, plane
from replay import COARSE, FINE, descent, first_off, gradients, steps_of
from trials import Walk, digits, ends_early, fits, forms, pattern, walk

FEW = 6


_STEEP = basin(3000, 2500, 1500, centre=(1, -1, 0.25)).gradient
_GENTLE = basin(0.03, 0.025, 0.015, centre=(1, -1, 0.25)).gradient
TRIALS = {
    "a wavy function": (WAVES.gradient, WAVES.start, 0.03, FEW),
    "a wavy function with another learning rate": (WAVES.gradient, WAVES.start, 0.011, FEW),
    "a bowl with nine parameters": (NINE.gradient, NINE.start, 0.21, FEW),
    "a function of one parameter": (SINGLE.gradient, SINGLE.start, 0.35, FEW),
    "a very steep bowl": (_STEEP, (1.2, -0.5, 3.0), 0.0002, FEW),
    "a very gentle bowl": (_GENTLE, (1.2, -0.5, 3.0), 20.0, FEW),
    "a learning rate that is too large": (NINE.gradient, NINE.start, 0.7, 12),
    "numbers beyond all bounds": (basin(1e100, 1e100).gradient, (1.0, -2.0), 1.0, 6),
    "a gradient of zero": (plane(0, 0), (3.0, -1.0), 0.1, 3),
}


TOLD = (
    "a wavy function",
    "a wavy function with another learning rate",
    "a bowl with nine parameters",
    "a very steep bowl",
    "a very gentle bowl",
)


def probe(submission: Any, problems: Any) -> dict[str, Any]:
    """The form of the result, the steps on some functions, and of what kind the steps are."""
    del problems

    def run(gradient: Any, start: Any, rate: float, n_steps: int) -> Any:
        return submission.attempt("gradient_descent", gradient, start, rate, n_steps)

    walks = {
        name: walk(run(gradient, list(start), rate, n_steps), start, n_steps)
        for name, (gradient, start, rate, n_steps) in TRIALS.items()
    }
    early = ends_early(run)
    precision = _precision(walks["a wavy function"].points)
    steps = {name: found.moved for name, found in walks.items()}
    if walks["a gradient of zero"].points is not None:
        steps["a gradient of zero"] = walks["a gradient of zero"].moved[-1]
    steps["numbers beyond all bounds"] = _overflown(walks["numbers beyond all bounds"])
    return {
        **forms(lambda gradient, start, n_steps: run(gradient, start, 0.1, n_steps)),
        **steps,
        **early,
        "precision": precision,
        "kinds": _kinds(walks, early, precision),
    }


def _precision(points: Array | None) -> str:
    """Whether the steps are right, but not to as many digits as float64 has."""
    if points is None or len(points) < 2:
        return ""
    expected, tolerance = descent(points, gradients(points, WAVES.gradient), 0.03)
    few = first_off(points[1:], expected, tolerance) is not None
    coarse = first_off(points[1:], expected, tolerance * COARSE / FINE) is None
    return digits(points, WAVES.start) or ("few digits" if few and coarse else "")


def _kinds(walks: dict[str, Walk], early: dict[str, Any], precision: str) -> Any:
    """Of what kind the steps are, constants left out; None where nothing is known of them."""
    if precision == "rounded":
        return precision
    words = {_kind(walks[name].points, TRIALS[name][0], TRIALS[name][2]) for name in TOLD}
    for limited, always in (("entries limited", "sign only"), ("length limited", "length one")):
        # Below the limit the steps are right, above it they look as if they had no length of their own.
        if limited in words or {always, "right"} <= words:
            words = (words - {always}) | {limited}
    if len(words) > 1:
        words.discard("right")
    if words & {"other", "changing", "no points"}:
        return None
    wrong = walks["a wavy function"]
    return [
        sorted(words),
        _rates(walks) if words & {"right", "one factor", "uphill, right", "uphill, one factor"} else "",
        wrong.form,
        wrong.first,
        early,
        _tamed(walks["a learning rate that is too large"].points),
        _overflown(walks["numbers beyond all bounds"]),
    ]


def _tamed(points: Array | None) -> str:
    """What keeps a run with too large a rate from diverging: many points on the same bound, or shorter steps."""
    gradient, _, rate, _ = TRIALS["a learning rate that is too large"]
    if points is None or not np.all(np.isfinite(points)):
        return ""
    if int(np.sum(np.abs(points[1:]) == np.max(np.abs(points)))) > 6:
        return "limited"
    steps = steps_of(points, gradients(points, gradient))
    halved = np.log2(np.abs(steps.rates[steps.told]) / rate)
    return "halved" if np.any(halved < -0.5) and np.allclose(halved, np.round(halved), atol=1e-5) else ""


def _overflown(found: Walk) -> str:
    """What becomes of a run whose numbers leave what a float can hold, if it is not inf or nan to the end."""
    if found.points is None:
        return "raises"
    if len(found.points) < 7:
        return "ends"
    return "ordinary numbers" if np.all(np.isfinite(found.points[-2:])) else ""


def _kind(points: Array | None, gradient: Any, rate: float) -> str:
    """What the steps along *points* have to do with the gradients there, constants left out."""
    if points is None or len(points) < FEW or not np.all(np.isfinite(points)):
        return "no points"
    slopes, moved = gradients(points, gradient)[:-1], np.diff(points, axis=0)
    if not np.any(moved):
        return "does not move"
    steps = steps_of(points, slopes)
    if np.all(steps.along | ~steps.told):
        return _kind_along(steps.rates / rate, np.linalg.norm(slopes, axis=1))
    return _kind_off(points[:-1], slopes, moved, gradient, rate)


def _kind_along(factors: Array, lengths: Array) -> str:
    told = pattern(np.abs(factors))
    if told not in ("right", "one factor"):
        right = np.abs(factors - 1) < 1e-6
        limited = pattern((factors * lengths)[~right]) in ("one factor", "right") and np.all(factors > 0)
        if limited and not right.any():
            told = "length one"
        elif limited and np.min(lengths[~right]) > np.max(lengths[right]):
            told = "length limited"
    return ("uphill, " if np.all(factors < 0) else "") + told


def _kind_off(points: Array, slopes: Array, moved: Array, gradient: Any, rate: float) -> str:
    if np.allclose(np.abs(moved), np.abs(moved[0, 0]), rtol=1e-6):
        return "sign only"
    if moved.shape[1] > 1 and np.allclose(moved, moved[:, :1], rtol=1e-6):
        return "the same for all"
    cut = np.abs(moved + rate * slopes) > 1e-6 * np.abs(rate * slopes)
    if cut.any() and not cut.all() and np.allclose(np.abs(moved[cut]), np.abs(moved[cut][0]), rtol=1e-6):
        return "entries limited"
    weights = fits(moved, slopes, points)
    if weights is not None and abs(weights[0]) > 1e-6 * abs(weights[1]):
        return "pulled to zero"
    weights = fits(moved[1:], slopes[1:], moved[:-1])
    if weights is not None and abs(weights[0]) > 1e-6 * abs(weights[1]):
        first = (
            ""
            if np.allclose(moved[0], -rate * slopes[0], rtol=1e-6)
            else ", after a first step of another size"
        )
        return ("adds up" if abs(weights[1] - 1) < 1e-6 else "carries the last step along") + first
    if fits(moved[1:], slopes[1:], slopes[:-1]) is not None:
        return "an earlier gradient"
    if moved.shape[1] > 1 and np.allclose(np.abs(moved[0]), np.abs(moved[0, 0]), rtol=1e-3):
        return "a first step of one size"
    return "ahead" if _is_ahead(points, moved, gradient, rate) else "other"


def _is_ahead(points: Array, moved: Array, gradient: Any, rate: float) -> bool:
    """Whether the last step is carried along and the gradient is asked for where it leads, with one of the usual shares."""
    for share in (0.5, 0.8, 0.9, 0.95, 0.99):
        slopes = gradients(points[1:] + share * moved[:-1], gradient)
        if np.allclose(moved[1:], share * moved[:-1] - rate * slopes, rtol=1e-5, atol=1e-9):
            return True
    return False


def _rates(walks: Any) -> str:
    """Whether the steps know the learning rate: the first ones, at the same point, with two rates."""
    first, second = (walks[name].points for name in list(TRIALS)[:2])
    if first is None or second is None or min(len(first), len(second)) < 2:
        return ""
    a, b = first[1] - first[0], second[1] - second[0]
    if np.allclose(a, b, rtol=1e-6):
        whole = np.allclose(np.abs(a), np.abs(WAVES.gradient(first[0])), rtol=1e-6)
        return "the whole gradient" if whole else "the same with each"
    return "in proportion" if np.allclose(a / 0.03, b / 0.011, rtol=1e-5) else "other"
