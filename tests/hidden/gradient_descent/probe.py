"""Looks at how a `gradient_descent` behaves, once it has lost points, so that the mistake can be named."""

from __future__ import annotations

from typing import Any

import numpy as np
from expect import Array
from figures import digits, fits, pattern
from instances import NARROW, NINE, SINGLE, WAVES, basin, plane
from longruns import long_run
from replay import COARSE, FINE, descent, first_off, gradients, stands_still, steps_of
from roworder import descent_walk, order, rows_kept
from trials import ASKED, GROWS, NAN, NEVER, START, Walk, ends_early, forms, pull, walk

from autograder.sandbox import Call, Fault

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

    def run(gradient: Any, start: Any, rate: float, n_steps: int) -> Any:
        return submission.attempt("gradient_descent", gradient, start, rate, n_steps)

    outcomes = {
        name: run(gradient, list(start), rate, n_steps)
        for name, (gradient, start, rate, n_steps) in TRIALS.items()
    }
    walks = {name: walk(outcome, TRIALS[name][1], TRIALS[name][3]) for name, outcome in outcomes.items()}
    early = ends_early(run)
    precision = _precision(walks["a wavy function"].points)
    steps = {name: found.moved for name, found in walks.items()}
    right = _is_right(walks["a wavy function"].points, "a wavy function")
    if walks["a gradient of zero"].points is not None:
        steps["a gradient of zero"] = _at_rest(walks["a gradient of zero"].moved[-1], usual=right)
    overflown = _overflown(outcomes["numbers beyond all bounds"], walks["numbers beyond all bounds"])
    steps["numbers beyond all bounds"] = overflown
    form = forms(lambda gradient, start, n_steps: run(gradient, start, 0.1, n_steps))
    return {
        **form,
        **steps,
        **early,
        "last row of a run that diverges": walks["a learning rate that is too large"].end,
        **long_run(
            lambda gradient, start, n_steps: run(gradient, start, 0.1, n_steps), walks["a wavy function"]
        ),
        "steps in the rows": order(*_usual_rows(outcomes)),
        "points close together": _close_together(run) if right else "",
        "one parameter beyond all bounds": _beside_an_overflow(run, problems) if right else "",
        "precision": precision,
        "kinds": _beside_steps(form)
        or _rows(run, outcomes, form)
        or _kinds(walks, early, precision, overflown),
    }


def _is_right(points: Array | None, name: str) -> bool:
    """Whether all steps of a trial are right, to the last digits."""
    gradient, _, rate, _ = TRIALS[name]
    if points is None or len(points) < 2:
        return False
    expected, tolerance = descent(points, gradients(points, gradient), rate)
    return first_off(points[1:], expected, tolerance) is None


def _at_rest(moved: Array, *, usual: bool) -> Any:
    """Where a run with a gradient of zero has got to; in a word where the *usual* steps are right, since then it is a push of
    the student's own, and may be by chance."""
    return "pushed" if usual and np.all(np.isfinite(moved)) and np.any(moved) else moved


def _beside_an_overflow(run: Any, problems: Any) -> str:
    """What is wrong with a run in which one parameter grows beyond all bounds and the other one has nothing to do with it."""
    points = walk(run(problems["narrow_valley"].gradient, [8.0, 1e300], 0.9, 9), (8.0, 1e300), 9).points
    if points is None or len(points) < 10:
        return "ends"
    if np.isfinite(points[-1, 1]):
        return "ordinary numbers"
    if not np.all(np.isfinite(points[:, 0])):
        return "both lost"
    return "both stand still" if stands_still(points) else ""


def _close_together(run: Any) -> str:
    """Whether points are taken for one another that lie close together."""
    outcome = run(NARROW.gradient, list(NARROW.start), NARROW.rate, 8)
    points = walk(outcome, NARROW.start, 8).points
    if points is None or len(points) < 9:
        return "ends"
    expected, tolerance = descent(points, gradients(points, NARROW.gradient), NARROW.rate)
    return "" if first_off(points[1:], expected, tolerance) is None else "taken for one"


def _rows(run: Any, outcomes: dict[str, Any], form: dict[str, Any]) -> list[Any]:
    """Of what kind the order of the rows is, where they are the points of a right walk."""
    return rows_kept(
        _usual_rows(outcomes),
        (run(pull, list(START), 0.1, 4), descent_walk(0.1)(pull, START, 8), 4),
        lost=bool({NAN, NEVER} & set(form[ASKED])),
    )


def _usual_rows(outcomes: dict[str, Any]) -> tuple[Any, Array, int]:
    """What came back for the wavy function, and the walk that it should be a part of."""
    gradient, start, rate, n_steps = TRIALS["a wavy function"]
    return outcomes["a wavy function"], descent_walk(rate)(gradient, start, 2 * n_steps), n_steps


def _beside_steps(form: dict[str, Any]) -> str:
    """A kind that says all there is to say, in a word."""
    if isinstance(form["second call"], str) and form["second call"] == GROWS:
        return GROWS
    return "noise" if form["random numbers"] and form["row 0"] == "start" else ""


def _precision(points: Array | None) -> str:
    """Whether the steps are right, but not to as many digits as float64 has."""
    if points is None or len(points) < 2:
        return ""
    expected, tolerance = descent(points, gradients(points, WAVES.gradient), 0.03)
    few = first_off(points[1:], expected, tolerance) is not None
    coarse = first_off(points[1:], expected, tolerance * COARSE / FINE) is None
    return digits(points, WAVES.start) or ("few digits" if few and coarse else "")


def _kinds(walks: dict[str, Walk], early: dict[str, Any], precision: str, overflown: str) -> Any:
    """Of what kind the steps are, constants left out; None where nothing is known of them."""
    if precision == "rounded" or "float16" in precision:
        return precision
    kinds = {name: _kind(walks[name].points, TRIALS[name][0], TRIALS[name][2]) for name in TOLD}
    words = {"rate limited"} if _is_limited(walks, kinds) else set(kinds.values())
    for limited, always in (("entries limited", "sign only"), ("length limited", "length one")):
        # Below the limit the steps are right, above it they look as if they had no length of their own.
        if limited in words or {always, "right"} <= words:
            words = (words - {always}) | {limited}
    if len(words) > 1:
        words.discard("right")
    if words & {"other", "changing", "no points"}:
        return None
    usual = walks["a wavy function"]
    kind = [sorted(words), usual.form, usual.first]
    if words != {"right"}:
        at_once = words <= {"one factor", "uphill, right", "uphill, one factor"}
        return [*kind, _rates(walks) if at_once else ""]
    tamed = _tamed(walks["a learning rate that is too large"].points) or overflown
    return [*kind, tamed] if tamed else [*kind, early]


def _is_limited(walks: dict[str, Walk], kinds: dict[str, str]) -> bool:
    """Whether steps are right up to some learning rate, or from some rate on, and as with that rate beyond it."""
    if set(kinds.values()) != {"right", "one factor"}:
        return False
    right = [TRIALS[name][2] for name in TOLD if kinds[name] == "right"]
    wrong = [TRIALS[name][2] for name in TOLD if kinds[name] == "one factor"]
    used = [_factor(walks[name].points, TRIALS[name][0]) for name in TOLD if kinds[name] == "one factor"]
    at_one = np.allclose(used, used[0], rtol=1e-5)
    return bool(at_one and (max(right) <= used[0] < min(wrong) or max(wrong) < used[0] <= min(right)))


def _factor(points: Array, gradient: Any) -> float:
    """The learning rate that the first step seems to have used."""
    return float(steps_of(points, gradients(points, gradient)).rates[0])


def _tamed(points: Array | None) -> str:
    """What keeps a run with too large a rate from diverging: many points on the same bound, or shorter steps."""
    gradient, _, rate, _ = TRIALS["a learning rate that is too large"]
    if points is None or not np.all(np.isfinite(points)):
        return ""
    stays = np.array_equal(points[-1], points[-2])
    if not stays and int(np.sum(np.abs(points[1:]) == np.max(np.abs(points)))) > 6:
        return "limited"
    steps = steps_of(points, gradients(points, gradient))
    halved = np.log2(np.abs(steps.rates[steps.told]) / rate)
    return "halved" if np.any(halved < -0.5) and np.allclose(halved, np.round(halved), atol=1e-5) else ""


def _overflown(outcome: Call | Fault, found: Walk) -> str:
    """What becomes of a run whose numbers leave what a float can hold, if it is not inf or nan to the end."""
    if found.points is None or isinstance(outcome, Fault):
        return "raises"
    if len(found.points) < 7:
        return "ends"
    if not np.all(np.isfinite(found.points[-2:])):
        return ""
    largest = np.max(np.abs(found.points))
    if largest < 1e60 and np.array_equal(found.points[-1], found.points[-2]):
        return "stays"
    if largest < 1e60 and np.sum(np.abs(found.points) == largest) > 3:
        return "limited"
    return "ordinary numbers"


def _kind(points: Array | None, gradient: Any, rate: float) -> str:
    """What the steps along *points* have to do with the gradients there, constants left out."""
    if points is None or len(points) < FEW or not np.all(np.isfinite(points)):
        return "no points"
    slopes, moved = gradients(points, gradient)[:-1], np.diff(points, axis=0)
    if not np.any(moved):
        return "does not move"
    steps = steps_of(points, slopes)
    if np.all(steps.along | ~steps.told) and not _is_pulled_a_little(points, slopes, moved, rate):
        others = np.sum(np.abs(slopes), axis=1), np.max(np.abs(slopes), axis=1)
        return _kind_along(steps.rates / rate, np.linalg.norm(slopes, axis=1), others)
    return _kind_off(points[:-1], slopes, moved, gradient, rate)


def _is_pulled_a_little(points: Array, slopes: Array, moved: Array, rate: float) -> bool:
    """Whether steps that look right to four digits have a part of the point itself in them."""
    expected, tolerance = descent(points, slopes, rate)
    if first_off(points[1:], expected, tolerance) is None:
        return False
    weights = fits(moved, slopes, points[:-1])
    return weights is not None and bool(abs(weights[1]) > 1e-9)


def _kind_along(factors: Array, lengths: Array, others: tuple[Array, ...]) -> str:
    """*lengths* are those of the gradients, *others* what else may be called so."""
    told = pattern(np.abs(factors))
    if told not in ("right", "one factor"):
        right = np.abs(factors - 1) < 1e-6
        if pattern(factors * lengths**2) in ("one factor", "right"):
            return "over the square of the length"
        if any(pattern(factors * other) in ("one factor", "right") for other in others):
            return "length one"
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
    moving = moved != 0
    if not np.all(np.any(moving, axis=0)):
        return "some never move"
    if moved.shape[1] > 1 and np.all(np.sum(moving, axis=1) == 1):
        return "one at a time"
    cut = np.abs(moved + rate * slopes) > 1e-6 * np.abs(rate * slopes)
    if cut.any() and not cut.all() and np.allclose(np.abs(moved[cut]), np.abs(moved[cut][0]), rtol=1e-6):
        return "entries limited"
    weights = fits(moved, slopes, points)
    if weights is not None and abs(weights[0]) > 1e-6 * abs(weights[1]):
        return "pulled to zero"
    if np.allclose(moved[1:], -rate * gradients(points[1:] + moved[:-1], gradient), rtol=1e-5, atol=1e-12):
        return "asked where the last step leads"
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
    for share in (0.5, 1.0):
        ahead = gradients(points - share * rate * slopes, gradient)
        if fits(moved, slopes, ahead) is not None or np.allclose(moved, -rate * ahead, rtol=1e-6):
            return "ahead of a trial step"
    return "ahead" if _is_ahead(points, moved, gradient, rate) else "other"


def _is_ahead(points: Array, moved: Array, gradient: Any, rate: float) -> bool:
    """Whether the last step is carried along and the gradient is asked for where it leads, with some share in hundredths."""
    for share in np.arange(5, 100) / 100:
        slopes = gradients(points[1:] + share * moved[:-1], gradient)
        if np.allclose(moved[1:], share * moved[:-1] - rate * slopes, rtol=1e-5, atol=1e-9):
            return True
    return False


def _rates(walks: Any) -> str:
    """Whether the steps know the learning rate: the first ones, at the same point, with two rates."""
    first, second = (walks[name].points for name in list(TRIALS)[:2])
    third = walks["a learning rate that is too large"].points
    if first is None or second is None or third is None or min(map(len, (first, second, third))) < 2:
        return ""
    a, b = first[1] - first[0], second[1] - second[0]
    if np.allclose(a, b, rtol=1e-6):
        whole = np.allclose(np.abs(a), np.abs(WAVES.gradient(first[0])), rtol=1e-6)
        return "the whole gradient" if whole else "the same with each"
    if not np.allclose(a / 0.03, b / 0.011, rtol=1e-5):
        return "other"
    few, nine, twice = (
        _factor(walks[name].points, TRIALS[name][0]) / TRIALS[name][2]
        for name in (
            "a wavy function",
            "a bowl with nine parameters",
            "a learning rate that is too large",
        )
    )
    size = "shorter" if abs(nine) < 1 - 1e-6 else "longer" if abs(nine) > 1 + 1e-6 else ""
    if abs(few - nine) > 1e-6 * abs(few):
        return f"{size}, by the parameters"
    return f"{size}, by the steps" if abs(twice - nine) > 1e-6 * abs(nine) else f"{size}, in proportion"
