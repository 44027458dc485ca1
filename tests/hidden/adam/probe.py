"""Looks at how an `adam` behaves, once it has lost points, so that the mistake can be named."""

from __future__ import annotations

from typing import Any

import numpy as np
from adamwords import in_words, settings_of
from expect import Array
from figures import digits, pattern
from instances import FAINT, FAINTEST, FLAT_AT_FIRST, HALF_FLAT, NARROW, NINE, SINGLE, WAVES, basin, plane
from longruns import late_steps
from problems import Waves, vector
from replay import COARSE, FINE, USUAL, adam, first_off, gradients
from roworder import adam_walk, order, rows_kept
from trials import ASKED, NAN, NEVER, START, Walk, ends_early, forms, pull, walk

RATE = 0.137  # no number that somebody would write into a program


def _ripples(slope: Array, height: Array, turn: Array) -> Any:
    """slope + height * cos(turn * w), for each parameter on its own."""
    none = np.zeros((len(slope), len(slope)))
    return Waves(none, slope, height, np.diag(turn), np.full(len(slope), np.pi / 2)).gradient


_STEEP = WAVES.times(3000)
_SOFT = WAVES.times(1e-7)
"""Changing gradients, small enough for an epsilon of 1e-8 to count."""

_LIVELY = _ripples(np.array([2.0, 1.5, -1.0]), np.ones(3), np.array([150.0, 220.0, 90.0]))
"""Another gradient after the shortest step."""

_RISING = _ripples(np.array([1.5, 3.0, 0.3]), np.array([0.5, 1.0, 0.1]), np.full(3, 8.0))
"""No entry is ever negative."""


def _fading(w: Any) -> Array:
    """A gradient that falls by a factor of a thousand as soon as the first step is done."""
    x, y = vector(w, 2)
    return np.array([5.0 if x > 0.95 else 0.005, -1.0 if y < 0.05 else -0.002])


# gradient, start, learning rate, steps, beta1, beta2, epsilon
TRIALS: dict[str, tuple[Any, ...]] = {
    "a wavy function": (WAVES.gradient, WAVES.start, 0.05, 6, *USUAL),
    "a bowl with nine parameters": (NINE.gradient, NINE.start, 0.2, 5, *USUAL),
    "a function of one parameter": (SINGLE.gradient, SINGLE.start, 0.4, 12, *USUAL),
    "gradients that are never negative": (_RISING, (0.2, -0.4, 1.0), 0.1, 6, *USUAL),
    "gradients that fade": (_fading, (1.0, 0.0), 0.1, 8, 0.9, 0.99, 1e-8),
    "other betas": (WAVES.gradient, WAVES.start, 0.05, 6, 0.6, 0.95, 1e-8),
    "beta1 larger than beta2": (WAVES.gradient, WAVES.start, 0.05, 6, 0.95, 0.4, 1e-8),
    "beta1 of 0": (WAVES.gradient, WAVES.start, 0.05, 5, 0.0, 0.87, 1e-8),
    "a large epsilon": (WAVES.gradient, WAVES.start, 0.05, 6, 0.9, 0.999, 0.5),
    "an epsilon of 0": (FAINT, (1.0, 1.0, 1.0), 0.1, 5, 0.9, 0.999, 0.0),
    "an epsilon of 0 and the smallest gradients": (FAINTEST, (1.0, 1.0, 1.0), 0.1, 5, 0.9, 0.999, 0.0),
    "tiny gradients": (FAINT, (1.0, 1.0, 1.0), 0.1, 5, *USUAL),
    "steep gradients": (_STEEP, WAVES.start, 0.05, 5, *USUAL),
    "a gradient with a zero in it": (basin(0, 1, centre=(3, 3)).gradient, (1.5, 1.0), 0.1, 4, *USUAL),
    "a gradient of zero": (plane(0, 0), (3.0, -1.0), 0.1, 3, *USUAL),
    "a gradient that becomes zero": (HALF_FLAT.gradient, HALF_FLAT.start, 0.1, 7, 0.9, 0.99, 1e-8),
    "a gradient that is zero at first": (FLAT_AT_FIRST.gradient, FLAT_AT_FIRST.start, 0.1, 6, *USUAL),
    "a constant gradient": (plane(2.5, -40, 0.3), (1.0, -2.0, 0.5), RATE, 14, 0.9, 0.95, 1e-12),
}
DEFAULTS = {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


def probe(submission: Any, problems: Any) -> dict[str, Any]:
    """The form of the result, the steps on some functions, and what the steps depend on."""
    del problems

    def run(gradient: Any, start: Any, rate: float, n_steps: int, *more: float) -> Any:
        return submission.attempt("adam", gradient, start, rate, n_steps, *(more or USUAL))

    outcomes = {
        name: run(gradient, list(start), *settings) for name, (gradient, start, *settings) in TRIALS.items()
    }
    walks = {name: walk(outcome, TRIALS[name][1], TRIALS[name][3]) for name, outcome in outcomes.items()}
    rows = (outcomes["a wavy function"], adam_walk(0.05, *USUAL)(WAVES.gradient, WAVES.start, 12), 6)
    steps = {name: found.moved for name, found in walks.items()}
    if walks["a gradient of zero"].points is not None:
        steps["a gradient of zero"] = walks["a gradient of zero"].moved[-1]
    early = ends_early(run)
    precision = _precision(walks)
    defaults = _defaults(submission)
    large = _large_rate(run)
    form = forms(lambda gradient, start, n_steps: run(gradient, start, 0.1, n_steps))
    return {
        **form,
        **steps,
        **early,
        "precision": precision,
        **defaults,
        "a large learning rate": large,
        "last row of a constant gradient": walks["a constant gradient"].end,
        "steps in the rows": order(*rows),
        "first step": _first_step(walks["a wavy function"].points),
        "points close together": _close_together(run)
        if _is_right(walks["a wavy function"], "a wavy function")
        else "",
        "kinds": _state(form, walks["a constant gradient"])
        or _rows(run, rows, lost=bool({NAN, NEVER} & set(form[ASKED])))
        or _kinds(run, walks, early, precision, defaults, large),
    }


def _first_step(points: Array | None) -> str:
    """Whether the first step leads beyond all bounds: later ones show nan then, whatever became infinite."""
    return "infinite" if points is not None and np.any(np.isinf(points[1:2])) else ""


def _close_together(run: Any) -> str:
    """Whether points are taken for one another that lie close together."""
    points = walk(run(NARROW.gradient, list(NARROW.start), NARROW.rate, 8), NARROW.start, 8).points
    if points is None or len(points) < 9:
        return "ends"
    moments = adam(points, gradients(points, NARROW.gradient), NARROW.rate, *USUAL)
    off = first_off(points[1:], moments.expected, moments.tolerance(points, FINE))
    return "" if off is None else "taken for one"


def _rows(run: Any, usual: tuple[Any, Array, int], *, lost: bool) -> list[Any]:
    """Of what kind the order of the rows is, where they are the points of a right walk; *usual* is the wavy function."""
    gradient, start, rate, n_steps = pull, START, 0.1, 4
    right = adam_walk(rate, *USUAL)(gradient, start, 2 * n_steps)
    return rows_kept(usual, (run(gradient, list(start), rate, n_steps), right, n_steps), lost=lost)


def _state(form: dict[str, Any], constant: Walk) -> list[str]:
    """Of what kind the state is that a second call finds; nothing if there is none."""
    if isinstance(form["second call"], str) or constant.points is None or form["row 0"] != "start":
        return []
    moved = np.abs(np.diff(constant.points, axis=0))
    return ["state", "t" if np.allclose(moved, moved[:, :1], rtol=1e-5) else "moments"]


def _large_rate(run: Any) -> str:
    """Whether the first step is another part of a very large learning rate than of an ordinary one."""
    one, large = (
        walk(run(plane(2.5, -40), [0.5, 0.5], rate, 1), [0.5, 0.5], 1).points for rate in (RATE, 2000 * RATE)
    )
    if one is None or large is None or len(one) < 2 or len(large) < 2:
        return ""
    with np.errstate(all="ignore"):
        part = (large[1] - large[0]) / (one[1] - one[0]) / 2000
    return "shorter" if np.all(part < 0.999) else "longer" if np.all(part > 1.001) else ""


def _limited(run: Any) -> str:
    """Whether it is the learning rate that is limited, or each step."""
    points = walk(run(_LIVELY, list(WAVES.start), 2000 * RATE, 3), WAVES.start, 3).points
    if points is None or len(points) < 4 or not np.all(np.isfinite(points)):
        return "rate limited"
    moved = np.abs(np.diff(points, axis=0))
    return "steps limited" if np.allclose(moved, moved[0, 0], rtol=1e-6) else "rate limited"


def _kinds(
    run: Any, walks: dict[str, Walk], early: Any, precision: str, defaults: dict[str, Any], large: str
) -> Any:
    """What the steps depend on and what they do where it can be told by eye, constants left out; None if not much."""
    if precision == "rounded":
        return precision
    right = {name: _is_right(walks[name], name) for name in TRIALS}
    sizes = _sizes(walks["a constant gradient"])
    if not right["beta1 larger than beta2"] and all(
        ok for name, ok in right.items() if name != "beta1 larger than beta2"
    ):
        return "betas limited" if walks["beta1 larger than beta2"].points is not None else "betas refused"
    if not right["a constant gradient"] and all(right[name] for name in SHORT):
        return ["later", sizes]
    depends = _depends(run)
    usual = walks["a wavy function"]
    told = _settings(walks, right, sizes)
    if told:
        return [*told, depends, precision, usual.form, usual.first, early]
    if large == "shorter" and depends[0] and "changing" not in sizes and not _pull(run):
        return _limited(run)
    if "changing" in sizes and right["a gradient of zero"] is False and (pull := _pull(run)).startswith("to"):
        return ["pulled", pull, usual.form, usual.first]
    if "changing" in sizes or not sizes:
        return None
    wrong_defaults = sorted(
        name + (", nothing moves" if isinstance(value, np.ndarray) and np.max(np.abs(value)) < 1e-10 else "")
        for name, value in defaults.items()
        if not isinstance(value, str) or value
    )
    unit = np.abs(np.diff(walks["a constant gradient"].points, axis=0))[0, 0]
    taken = [_taken(run, unit, *trial) for trial in ((0.01, 0.02), (300.0, 2000.0))]
    return [
        depends,
        f"{sizes}, {_factors(walks)}" if sizes == "one factor" else sizes,
        taken,
        _pull(run),
        precision,
        wrong_defaults,
        early,
        usual.form,
        usual.first,
    ]


REPLAYED = ("a wavy function", "other betas", "beta1 larger than beta2", "beta1 of 0", "a large epsilon")


def _settings(walks: dict[str, Walk], right: dict[str, bool], sizes: str) -> list[Any]:
    """Which settings are others than were asked for, and where that can be seen; nothing if that does not explain it all."""
    found = []
    for name in REPLAYED:
        gradient, _, rate, n_steps, *settings = TRIALS[name]
        points = walks[name].points
        if points is None or len(points) <= n_steps or not np.all(np.isfinite(points)):
            return []
        found.append(settings_of(points, gradients(points, gradient), rate, settings))
    told = in_words(found, sizes, _factors(walks) if sizes == "one factor" else "")
    if not told:
        return []
    wrong = [name for name in REPLAYED if not right[name]]
    never_zero = "epsilon" in told[1] and not right["an epsilon of 0"]
    return [*told, wrong[0] if len(wrong) == 1 else "in several", never_zero]


SHORT = [name for name, trial in TRIALS.items() if trial[3] < 10]


def _is_right(found: Walk, name: str) -> bool:
    """Whether all steps of a trial are right, to four digits."""
    gradient, _, rate, n_steps, *betas = TRIALS[name]
    if found.points is None or len(found.points) <= n_steps:
        return False
    moments = adam(found.points, gradients(found.points, gradient), rate, *betas)
    return first_off(found.points[1:], moments.expected, moments.tolerance(found.points, COARSE)) is None


def _factors(walks: dict[str, Walk]) -> str:
    """On what the factor depends by which all steps are too long or too short."""
    found = []
    for name in ("a function of one parameter", "a wavy function", "a bowl with nine parameters"):
        points = walks[name].points
        if points is None or len(points) < 2:
            return ""
        found.append(abs(points[1, 0] - points[0, 0]) / TRIALS[name][2])
    size = "shorter" if found[1] < 1 else "longer"
    return f"{size}, by the parameters" if abs(found[1] - found[2]) > 1e-4 * found[1] else size


def _taken(run: Any, unit: float, epsilon: float, steepest: float) -> str:
    """What a first step with so large an epsilon says of the gradient that went into it."""
    slope = steepest * np.array([1.0, -0.15, 0.0002])
    points = walk(run(plane(*slope), [0.5] * 3, RATE, 1, 0.9, 0.999, epsilon), [0.5] * 3, 1).points
    if points is None or len(points) < 2 or not np.all(np.isfinite(points)):
        return ""
    part = np.abs(points[1] - points[0]) / unit
    if np.any(part >= 1) or np.any(part == 0):
        return "other"
    factors = epsilon * part / (1 - part) / np.abs(slope)
    if np.allclose(factors, 1, rtol=1e-4):
        return "right"
    if np.allclose(factors, factors[0], rtol=1e-4):
        return "shortened"
    cut = ~np.isclose(factors, 1, rtol=1e-4)
    return (
        "limited"
        if np.allclose((factors * np.abs(slope))[cut], (factors * np.abs(slope))[cut][0])
        else "other"
    )


def _defaults(submission: Any) -> dict[str, Any]:
    """Where leaving an argument out is not the same as giving its default."""

    def run(**settings: float) -> Walk:
        return walk(submission.attempt("adam", _SOFT, list(WAVES.start), **settings), WAVES.start, 4)

    findings = {}
    for name in DEFAULTS:
        settings = (
            {**DEFAULTS, "n_steps": 4}
            if name == "learning_rate"
            else {**DEFAULTS, "n_steps": 4, "learning_rate": 0.05}
        )
        full = run(**settings)
        del settings[name]
        got = run(**settings)
        findings[f"default of {name}"] = "" if _same(got, full) else got.moved
    slope = plane(2.5, -40)
    long, short = (
        walk(submission.attempt("adam", slope, [1.0, 1.0], **more), [1.0, 1.0], n)
        for more, n in (({}, 1000), ({"n_steps": 3}, 3))
    )
    findings["default of n_steps"] = findings["a long run"] = ""
    if long.besides != short.besides:
        asked = walk(submission.attempt("adam", slope, [1.0, 1.0], n_steps=1000), [1.0, 1.0], 1000)
        if asked.besides == long.besides:
            findings["a long run"] = "ends" if asked.first == short.first else "begins late"
        else:
            findings["default of n_steps"] = "another"
    return findings | {"late steps": late_steps(long, 14)}


def _same(first: Walk, second: Walk) -> bool:
    """Whether both walks have the same steps."""
    if first.points is None or second.points is None:
        return first.form == second.form
    a, b = first.points - first.points[0], second.points - second.points[0]
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-7, atol=1e-9 * np.max(np.abs(a)), equal_nan=True)


def _precision(walks: dict[str, Walk]) -> str:
    """Whether the steps are right, but not to as many digits as float64 has."""
    gradient, _, rate, _, *betas = TRIALS["steep gradients"]
    points = walks["steep gradients"].points
    if points is None or len(points) < 2:
        return ""
    moments = adam(points, gradients(points, gradient), rate, *betas)
    off = [
        first_off(points[1:], moments.expected, moments.tolerance(points, size)) for size in (COARSE, FINE)
    ]
    few = off[0] is None and off[1] is not None
    return digits(walks["a wavy function"].points, WAVES.start) or ("few digits" if few else "")


def _depends(run: Any) -> list[bool]:
    """For learning_rate, beta1, beta2 and epsilon: whether another value changes the way."""
    settings = [0.05, 0.8, 0.97, 0.3]

    def way(rate: float, beta1: float, beta2: float, epsilon: float) -> Walk:
        return walk(run(_LIVELY, list(WAVES.start), rate, 4, beta1, beta2, epsilon), WAVES.start, 4)

    usual = way(*settings)
    others = (0.02, 0.7, 0.9, 0.1)
    return [
        not _same(usual, way(*settings[:number], other, *settings[number + 1 :]))
        for number, other in enumerate(others)
    ]


def _sizes(constant: Walk) -> str:
    """How the steps go on where all of them should be as long as the learning rate."""
    if constant.points is None or len(constant.points) < 15:
        return ""
    moved = np.abs(np.diff(constant.points, axis=0))
    if not np.allclose(moved, moved[:, :1], rtol=1e-5):
        return "changing"
    whole = ", of 1" if np.allclose(moved[0], 1, rtol=1e-6) else ""
    return pattern(moved[:, 0] / RATE) + whole


def _pull(run: Any) -> str:
    """What happens to parameters whose gradient is zero."""
    start = [3.0, -1.5]
    points = walk(run(plane(0, 0), start, 0.1, 3), start, 3).points
    if points is None or not np.all(np.isfinite(points)):
        return "not numbers"
    if np.array_equal(points, np.broadcast_to(points[0], points.shape)):
        return ""
    ratios = points[1:] / points[:-1]
    if not (np.all(ratios > 0) and np.all(ratios < 1)):
        return "away"
    return "to zero, by one factor" if np.allclose(ratios, ratios[0, 0], rtol=1e-9) else "to zero"
