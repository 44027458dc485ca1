"""Lesson 3, gradient descent: the zig-zag in a narrow valley, steps against conditioning, what scaling does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np
from facts import fact
from lesson_02 import number
from matplotlib.figure import Figure
from problems import PROBLEMS
from style import BLUE, GREEN, INK, ORANGE, RED, contours, label, panels
from walks import momentum, plain, walk

Array = np.ndarray
VALLEY = PROBLEMS["narrow_valley"]
HOUSING = PROBLEMS["housing"]
HOUSES = np.array([[1.0, 1.0], [3.0, 1.0]]), np.array([3.0, 5.0])  # area and a column of ones; price


def valley_gradient(*curvatures: float) -> Callable[[Array], Array]:
    return lambda w: np.array(curvatures) * w


def houses_gradient(w: Array) -> Array:
    X, y = HOUSES
    return 2 * X.T @ (X @ w - y) / len(y)


def houses_loss(w: Array) -> float:
    X, y = HOUSES
    return float(np.mean((X @ w - y) ** 2))


def steps_until(path: Array, close: float) -> int:
    """The first step after which every coordinate is at most *close* to zero."""
    return int(np.argmax(np.max(abs(path), axis=1) <= close))


def steps_needed(kappa: float) -> int:
    """Steps with the rate 1/L until both coordinates have shrunk to a thousandth."""
    return steps_until(
        walk(plain(1 / kappa), valley_gradient(1.0, kappa), [1, 1], int(10 * kappa) + 10), 1e-3
    )


def zig_zag() -> Figure:
    figure, axes = panels(1, rows=2, height=5.4, sharex=True)
    cases = [
        ("curvatures 1 and 1, $\\eta$ = 0.5", 1.0, 0.5, [0.5, 3, 10, 20, 35, 50]),
        ("curvatures 1 and 20, $\\eta$ = 0.09", 20.0, 0.09, [2, 10, 25, 50, 90]),
    ]
    for ax, pen, (title, steep, rate, levels) in zip(axes, (BLUE, RED), cases, strict=True):
        contours(ax, lambda w, s=steep: (w[0] ** 2 + s * w[1] ** 2) / 2, (-2, 11), (-2.6, 2.6), levels)
        path = walk(plain(rate), valley_gradient(1.0, steep), [10, 2], 25)
        ax.plot(path[:, 0], path[:, 1], color=pen.color, marker=pen.marker, ms=4, lw=1.3)
        ax.plot(0, 0, "*", color=INK, ms=11)
        ax.set_aspect("equal")
        label(ax, title, "$w_1$" if ax is axes[1] else "", "$w_2$")
    return figure


def polyak(largest: float, smallest: float) -> tuple[float, float]:
    """Rate and share kept with which the heavy ball is fastest on a parabola (Polyak 1964)."""
    a, b = largest**0.5, smallest**0.5
    return 4 / (a + b) ** 2, ((a - b) / (a + b)) ** 2


def conditioning() -> Figure:
    figure, axes = panels(2, height=3.1)
    kappas = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    axes[0].loglog(kappas, [steps_needed(k) for k in kappas], color=BLUE.color, marker="o")
    label(axes[0], "a thousand times closer", "condition number $\\kappa$", "steps")
    for pen, kappa in ((BLUE, 3), (ORANGE, 10), (RED, 100)):
        path = walk(plain(2 / (1 + kappa)), valley_gradient(1.0, kappa), [1, 1], 120)
        axes[1].semilogy(np.max(abs(path), axis=1), **pen.line(15), label=f"$\\kappa$ = {kappa}")
    path = walk(momentum(*polyak(100, 1)), valley_gradient(1.0, 100.0), [1, 1], 120)
    axes[1].semilogy(np.max(abs(path), axis=1), **GREEN.line(15), label="$\\kappa$ = 100, with momentum")
    axes[1].set_ylim(1e-8, 1e7)
    axes[1].legend(loc="upper right")
    label(axes[1], "each with its best rate", "step", "distance")
    return figure


def two_features(*, scaled: bool) -> Array:
    """Area (100 square metres) and age (years) of 60 made-up houses."""
    rng = np.random.default_rng(11)
    X = np.column_stack([rng.uniform(0.5, 2, 60), rng.uniform(0, 40, 60)])
    return (X - X.mean(axis=0)) / (X.std(axis=0) if scaled else 1)


def scaling() -> Figure:
    figure, axes = panels(2, height=3.0)
    for ax, pen, scaled in ((axes[0], RED, False), (axes[1], BLUE, True)):
        X = two_features(scaled=scaled)
        curvature = X.T @ X / len(X)
        largest = np.linalg.eigvalsh(curvature)[1]
        goal = np.array([1.0, 0.0 if not scaled else 0.5])
        reach = (1.6, 0.1) if not scaled else (1.6, 1.6)

        def height(w: Array, c: Array = curvature, g: Array = goal) -> float:
            return float((w - g) @ c @ (w - g) / 2)

        start = goal + np.array([-1.2, 0.055 if not scaled else 1.2])
        path = walk(
            plain(1.8 / largest if not scaled else 0.5 / largest),
            lambda w, c=curvature, g=goal: c @ (w - g),
            start,
            25,
        )
        contours(
            ax,
            height,
            (goal[0] - reach[0], goal[0] + reach[0]),
            (goal[1] - reach[1], goal[1] + reach[1]),
            [0.02, 0.06, 0.15, 0.3, 0.6, 1.2],
        )
        ax.plot(path[:, 0], path[:, 1], color=pen.color, marker=pen.marker, ms=4, lw=1.2)
        ax.plot(*goal, "*", color=INK, ms=11)
        label(
            ax,
            "scaled: same spread" if scaled else "area in 100 m², age in years",
            "weight of the area",
            "weight of the age",
        )
    return figure


FIGURES = {"zig-zag.svg": zig_zag, "conditioning.svg": conditioning, "scaling.svg": scaling}


GIVEN = (
    "With $c = 20$ (bottom)",
    "With $\\eta = 0.1$ the new weights",
    "With $\\eta = 0.09$ the weight $w_1$",
    "With $\\mu = 1$ and $L = 100$ this is",
    "For $\\kappa = 100$ the best fixed rate",
    "years (numbers up to 40)",
    "the steep one 4, 16, 64 or 256",
)


def statements() -> Iterator[str]:
    w = np.array([1.0, 0.0])
    X, y = HOUSES
    g, errors = houses_gradient(w), X @ w - y
    (one, _), (other, _) = X
    yield fact(f"$x = {one:g}$ with the price $y = {y[0]:g}$, and $x = {other:g}$ with $y = {y[1]:g}$")
    yield fact(f"Begin at $w = ({w[0]:g}, {w[1]:g})$. The predictions are {(X @ w)[0]:g} and {(X @ w)[1]:g}")
    parts = [f"2 \\cdot ({error:g})" for error in errors]
    yield fact(
        f"w_1:\\quad \\tfrac{{1}}{{{len(y)}}}\\left({parts[0]} \\cdot {one:g} + {parts[1]} \\cdot {other:g}\\right) = {g[0]:g}$$"
    )
    yield fact(f"w_2:\\quad \\tfrac{{1}}{{{len(y)}}}\\left({parts[0]} + {parts[1]}\\right) = {g[1]:g}$$")
    nudged = np.array([houses_loss(w + step) - houses_loss(w - step) for step in 1e-6 * np.eye(2)]) / 2e-6
    yield fact(
        "is $2 (\\hat y - y)\\, x$ for $w_1$ and $2 (\\hat y - y)$ for $w_2$",
        holds=np.allclose(nudged, g, atol=1e-5),
    )
    new = w - 0.1 * g
    yield fact(f"both errors are ${errors[0]:g}$", holds=errors[0] == errors[1])
    yield fact(f"the loss is {houses_loss(w):g}")
    yield fact(
        f"$w_1 = 1 - 0.1 \\cdot ({g[0]:g}) = {new[0]:g}$ and $w_2 = 0 - 0.1 \\cdot ({g[1]:g}) = {new[1]:g}$"
    )
    predictions = X @ new
    yield fact(
        f"The predictions become {predictions[0]:g} and {predictions[1]:g}, the errors {number(predictions[0] - 3)} and {predictions[1] - 5:.1g}, the loss {houses_loss(new):.2f}"
    )

    yield fact("allows only rates below $2/20 = 0.1$", holds=2 / 20 == 0.1)
    factors = 1 - 0.09, 1 - 0.09 * 20
    yield fact(
        f"The {factors[0]:.2f} is the slowness: along the valley every step covers only a tenth of what is left"
    )
    yield fact(
        f"$w_1$ is multiplied by $1 - 0.09 = {factors[0]:.2f}$ in every step, $w_2$ by $1 - 1.8 = {factors[1]:.1f}$"
    )
    path = walk(plain(0.09), valley_gradient(1.0, 20.0), [10, 2], 25)
    yield fact("At the first point of the lower picture, $(10, 2)$, the gradient is $(10, 40)$")
    yield fact(
        "four times as much across the valley as along it", holds=np.all(np.diff(np.sign(path[:20, 1])) != 0)
    )

    for kappa in (1, 10, 100, 1000):
        yield fact(f"| {kappa:,} | {steps_needed(kappa):,} |")
    yield fact("about seven times $\\kappa$", holds=all(6.5 < steps_needed(k) / k < 7 for k in (100, 1000)))
    yield fact(f"natural logarithm of 1,000, which is {np.log(1000):.1f}")
    rate = 2 / 101
    factor = (100 - 1) / (100 + 1)
    yield fact(
        f"$\\eta = 2/101 = {rate:.4f}$, and both factors have the size $99/101 = {factor:.3f}$",
        holds=np.isclose(abs(1 - rate * 100), factor) and np.isclose(1 - rate, factor),
    )
    best = walk(plain(rate), valley_gradient(1.0, 100.0), [1, 1], 2000)
    heavy = walk(momentum(*polyak(100, 1)), valley_gradient(1.0, 100.0), [1, 1], 2000)
    yield fact(
        f"{steps_until(best, 1e-3)} steps to come a thousand times closer; with momentum it takes {steps_until(heavy, 1e-3)}"
    )
    yield fact("For the 60 made-up houses", holds=len(two_features(scaled=False)) == 60)
    raw, scaled = (np.linalg.cond(two_features(scaled=s).T @ two_features(scaled=s)) for s in (False, True))
    yield fact(f"condition number of {round(raw, -1):.0f} before scaling and {scaled:.1f} after it")
    yield fact(
        "1,000 steps on 1,000,000 rows need 1,000,000,000 row gradients",
        holds=1000 * 1_000_000 == 1_000_000_000,
    )

    saddle = walk(plain(0.1), valley_gradient(2.0, -2.0), [1, 0], 100)
    nudged = walk(plain(0.1), valley_gradient(2.0, -2.0), [1, 1e-6], 100)
    yield fact(
        "from $(1, 0)$ it walks to $(0, 0)$ and stays there", holds=np.allclose(saddle[-1], 0, atol=1e-8)
    )
    yield fact("From $(1, 0.000001)$ it gets away", holds=nudged[-1, 1] > 10)


def experiment(outputs: list[str]) -> Iterator[str]:
    """What the lesson says about the output of its own cell."""
    found = re.findall(r"condition number +(\d+): +(\d+) steps; after step 1: \((\S+), (\S+)\)", outputs[0])
    counts = [int(steps) for _, steps, _, _ in found]
    yield fact(
        "The steep direction is finished after a single step",
        holds=len(found) == 4 and all(float(steep) == 0 for *_, steep in found),
    )
    yield fact(
        f"from line to line: {counts[0]}, {counts[1]}, {counts[2]} and {counts[3]:,}",
        holds=all(3.8 < b / a < 4.5 for a, b in zip(counts, counts[1:], strict=False)),
    )
