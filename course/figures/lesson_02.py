"""Lesson 2, the learning rate: five rates on one parabola, and the loss after training against the rate."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from facts import fact
from matplotlib.figure import Figure
from problems import PROBLEMS
from style import BLUE, GREEN, INK, ORANGE, PALE, PURPLE, RED, label, panels
from walks import plain, walk

CURVATURE = 4.0
RATES = {0.05: "crawls", 0.25: "one step", 0.4: "overshoots", 0.5: "bounces", 0.6: "diverges"}
LINE = PROBLEMS["least_squares"]
SWEEP = [0.01, 0.03, 0.1, 0.3, 1.0, 1.5]
SWEEP_STEPS = 40


def parabola(w: float) -> float:
    return CURVATURE * w**2 / 2


def parabola_path(rate: float, n_steps: int) -> np.ndarray:
    return walk(plain(rate), lambda w: CURVATURE * w, [1.0], n_steps)[:, 0]


def line_curvatures() -> np.ndarray:
    """Smallest and largest curvature of the straight line's loss."""
    return np.linalg.eigvalsh(LINE.X.T @ LINE.X / len(LINE.X))


def line_losses(rate: float, n_steps: int) -> np.ndarray:
    return np.array([LINE.loss(w) for w in walk(plain(rate), LINE.gradient, LINE.start, n_steps)])


def five_rates() -> Figure:
    figure, axes = panels(3, rows=2, height=4.6, sharey=True)
    ws = np.linspace(-3, 3, 121)
    for ax, pen, (rate, word) in zip(axes, (ORANGE, BLUE, GREEN, PURPLE, RED), RATES.items(), strict=False):
        path = parabola_path(rate, 4)
        ax.plot(ws, parabola(ws), color=PALE)
        ax.plot(path, parabola(path), color=pen.color, marker=pen.marker, lw=1.2, clip_on=True)
        ax.plot(path[0], parabola(path[0]), "o", ms=10, mfc="none", mec=INK)
        label(ax, f"$\\eta$ = {rate:g}\n{word}", "$w$", "")
        ax.set(xlim=(-2.3, 2.3), ylim=(-0.5, 9))
    for place in (0, 3):
        axes[place].set_ylabel("loss $2w^2$")
    axes[5].axis("off")
    axes[5].plot(-1.9, 5, "o", ms=10, mfc="none", mec=INK)
    axes[5].text(-1.4, 5, "the start, $w$ = 1", va="center")
    axes[5].text(-1.4, 3.4, "4 steps in each", va="center")
    axes[5].set_xlim(-2.3, 2.3)
    return figure


def loss_against_rate() -> Figure:
    figure, axes = panels(2, height=3.1)
    rates = np.geomspace(0.003, 3, 240)
    limit = 2 / line_curvatures()[1]
    for pen, n_steps in ((ORANGE, 5), (BLUE, 20), (GREEN, 100)):
        ends = [line_losses(rate, n_steps)[-1] - LINE.minimum for rate in rates]
        axes[0].loglog(rates, np.clip(ends, 1e-12, 1e12), **pen.line(30), label=f"after {n_steps} steps")
    axes[0].axvline(limit, color=INK, lw=1)
    axes[0].text(limit * 0.85, 1e8, "$2/L$", ha="right")
    axes[0].set(ylim=(1e-8, 1e10))
    axes[0].legend(loc="upper left")
    label(axes[0], "where the training ends", "learning rate $\\eta$", "loss above the lowest")
    for pen, rate in zip((ORANGE, GREEN, BLUE, RED), (0.01, 0.05, 0.5, 1.45), strict=True):
        axes[1].semilogy(line_losses(rate, 40) - LINE.minimum, **pen.line(8), label=f"$\\eta$ = {rate:g}")
    axes[1].set(ylim=(1e-8, 1e10))
    axes[1].legend(loc="upper right")
    label(axes[1], "how it gets there", "step", "")
    return figure


FIGURES = {"five-rates.svg": five_rates, "loss-against-rate.svg": loss_against_rate}


GIVEN = (
    "distance from 0 after 10 steps",
    "come within 0.001 of the lowest loss",
    "with $\\eta = 0.1$: from",
    "A parabola with the curvature $L = 10$",
    "the factor $1 - 10\\,\\eta$",
    "each about three times the one before: 0.001, 0.003, 0.01, 0.03",
    "such as 0.1, 0.2, 0.3",
)


def number(value: float, digits: int = 4) -> str:
    return f"{value:.{digits}g}".replace("-", "−")


def statements() -> Iterator[str]:
    c = f"{CURVATURE:g}"
    yield fact(f"Take the loss $f(w) = {CURVATURE / 2:g}w^2$.", holds=parabola(3.0) == CURVATURE / 2 * 9)
    yield fact(f"Its lowest point is at $w = 0$, its gradient is ${c}w$.", holds=parabola(0.0) == 0)
    yield fact(
        f"$$w_{{\\text{{new}}}} = w - \\eta \\cdot {c}w = (1 - {c}\\eta)\\, w$$",
        holds=np.isclose(parabola_path(0.1, 1)[1], 1 - CURVATURE * 0.1),
    )
    yield fact(f"multiplies $w$ by the same factor, $1 - {c}\\eta$. Everything")
    yield fact(f"We begin at $w = {parabola_path(0.1, 0)[0]:g}$:")
    yield fact(f"(Above, $L$ was {c}.)")
    for rate in RATES:
        path = parabola_path(rate, 10)
        first = ", ".join(number(w) for w in path[:4])
        yield fact(f"| {rate:g} | {number(1 - rate * CURVATURE)} | {first} | {number(abs(path[10]), 2)} |")
    yield fact("$2/4 = 0.5$", holds=2 / CURVATURE == 0.5)
    below, above = (abs(parabola_path(share * 2 / CURVATURE, 500)[-1]) for share in (0.99, 1.01))
    yield fact(
        "$$-1 < 1 - \\eta L < 1 \\qquad\\Longleftrightarrow\\qquad 0 < \\eta < \\frac{2}{L}$$",
        holds=below < 1e-4 and above > 1e4,
    )
    yield fact(
        "half of the limit, $1/L$: it makes the factor zero", holds=parabola_path(1 / CURVATURE, 1)[1] == 0
    )

    smallest, largest = line_curvatures()
    yield fact(
        f"the curvature of this loss is {smallest:.2f} in its flattest direction and {largest:.2f} in its steepest"
    )
    yield fact(
        f"$2/L = 2/{largest:.2f} = {2 / round(largest, 2):.2f}$",
        holds=abs(2 / largest - 2 / round(largest, 2)) < 0.005,
    )
    below, above = line_losses(1.4, 300)[-1], line_losses(1.43, 300)[-1]
    yield fact(
        "At $\\eta = 1.40$ the loss still reaches its lowest value; at $\\eta = 1.43$ it grows",
        holds=below - LINE.minimum < 1e-3 and above > 10,
    )

    def quartic(w: float, n: int) -> np.ndarray:
        return walk(plain(0.1), lambda v: 4 * v**3, [w], n)[:, 0]

    slope = ((3 + 1e-5) ** 4 - (3 - 1e-5) ** 4) / 2e-5
    yield fact("Take $f(w) = w^4$, whose gradient is $4w^3$", holds=np.isclose(slope, 4 * 3**3))
    near, far = quartic(1.0, 3), quartic(3.0, 3)
    yield fact(f"from $w = 1$ it goes to {near[1]:.1f}, {near[2]:.2f} and {near[3]:.2f}")
    yield fact(
        f"from $w = 3$ it goes to {number(far[1])} and then to {far[2]:.0f}",
        holds=not np.isfinite(quartic(3.0, 10)[-1]),
    )

    ends = {rate: line_losses(rate, SWEEP_STEPS)[-1] for rate in SWEEP}
    slow = next(n for n, loss in enumerate(line_losses(0.01, 2000)) if loss - LINE.minimum < 0.001)
    quick = next(n for n, loss in enumerate(line_losses(0.5, 2000)) if loss - LINE.minimum < 0.001)
    yield fact(
        f"$\\eta = 0.01$ needs {slow} steps, $\\eta = 0.5$ needs {quick}",
        holds=min(ends, key=ends.get) == 1.0,
    )
    yield fact("on which everything is merely slow", holds=ends[0.01] > ends[0.1] > ends[0.3])


def experiment(outputs: list[str]) -> Iterator[str]:
    """What the lesson says about the output of its own cell."""
    numbers = re.findall(r"rate +([\d.]+): +(\S+) +(\S+) +(\S+) \.\.\. (\S+)", outputs[0])
    tried = {float(rate): [float(w) for w in found] for rate, *found in numbers}
    yield fact("$2/10 = 0.2$. ", holds=len(tried) == 6)
    yield fact(
        f"The rates 0.05 and 0.15 have the factors {number(tried[0.05][0])} and {number(tried[0.15][0])}",
        holds=tried[0.05][3] == tried[0.15][3],
    )
    yield fact("At 0.2 the walk bounces between 1 and −1", holds=tried[0.2] == [-1, 1, -1, 1])
    yield fact(
        f"0.21, hardly larger, has the factor {number(tried[0.21][0])} and diverges: after 30 steps the distance is {tried[0.21][3]:g}"
    )
    yield fact(f"The rate 0.001 is perfectly safe and still at {tried[0.001][3]:g} after 30 steps")
