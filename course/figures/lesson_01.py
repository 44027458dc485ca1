"""Lesson 1, what an optimizer is: the training loop, three walks down the same slope, a model with and without one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from facts import fact
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from problems import PROBLEMS
from style import BLUE, INK, ORANGE, PALE, RED, label, panels
from walks import plain, walk

LINE = PROBLEMS["least_squares"]
AREA, PRICE, RATE = 2.0, 6.0, 0.05
OPTIMIZERS = {"no optimizer": 0.0, "small steps": 0.01, "good steps": 0.2, "huge steps": 1.5, "uphill": -0.2}


def training_loop() -> Figure:
    figure, (axes,) = panels(1, height=2.9)
    axes.set(xlim=(0, 10), ylim=(0, 4.5))
    axes.axis("off")
    boxes = [
        (1.2, 2.9, "1  predict", "the model computes\nan answer"),
        (5.8, 2.9, "2  measure", "the loss says\nhow wrong it is"),
        (5.8, 0.2, "3  ask the slope", "the gradient says\nwhich way is uphill"),
        (1.2, 0.2, "4  update", "the optimizer\nmoves the weights"),
    ]
    for i, (left, low, title, text) in enumerate(boxes):
        last = i == 3
        look = {"fc": "#cfe8f5" if last else "white", "ec": INK, "lw": 2.2 if last else 1}
        axes.add_patch(FancyBboxPatch((left, low), 3.0, 1.35, boxstyle="round,pad=0.1", **look))
        axes.text(left + 1.5, low + 1.13, title, ha="center", va="center", weight="bold")
        axes.text(left + 1.5, low + 0.42, text, ha="center", va="center")
    ways = [((4.35, 3.55), (5.65, 3.55)), ((7.3, 2.75), (7.3, 1.7)), ((5.65, 0.9), (4.35, 0.9))]
    for begin, end in [*ways, ((2.7, 1.7), (2.7, 2.75))]:
        axes.add_patch(FancyArrowPatch(begin, end, arrowstyle="-|>", mutation_scale=16, color=INK))
    axes.text(2.9, 2.22, "again, with the new weights", va="center")
    return figure


def slope_loss(w: float) -> float:
    return (w - 3) ** 2 / 2 + 0.5


WALKS = {"steps too small": (0.08, 8), "steps that fit": (0.5, 8), "steps too large": (2.15, 8)}


def three_walks() -> Figure:
    figure, axes = panels(3, height=2.7, sharex=True, sharey=True)
    ws = np.linspace(-4.5, 10.5, 200)
    for ax, pen, (title, (rate, steps)) in zip(axes, (ORANGE, BLUE, RED), WALKS.items(), strict=True):
        path = walk(plain(rate), lambda w: w - 3, [-0.5], steps)[:, 0]
        ax.plot(ws, slope_loss(ws), color=PALE)
        ax.plot(path, slope_loss(path), color=pen.color, lw=1.1, marker=pen.marker)
        ax.plot(path[0], slope_loss(path[0]), "o", ms=10, mfc="none", mec=INK)
        label(ax, title, "weight $w$", "")
        ax.set_ylim(0, 31)
        ax.set_xlim(-5, 11)
    axes[0].set_ylabel("loss")
    return figure


def with_and_without() -> Figure:
    figure, axes = panels(2, height=3.0)
    x = LINE.X[:, 0]
    trained = walk(plain(0.2), LINE.gradient, LINE.start, 30)[-1]
    axes[0].plot(x, LINE.y, "o", color=PALE, ms=3.5)
    ends = np.array([-2, 2])
    axes[0].plot(ends, 0 * ends, **ORANGE.line())
    axes[0].plot(ends, trained[0] * ends + trained[1], **BLUE.line())
    axes[0].text(-2, 0.25, "before training", color=INK)
    axes[0].text(0.2, 2.4, "after 30\ngood steps", color=INK, ha="right")
    label(axes[0], "the model", "$x$", "$y$")
    for pen, name in ((ORANGE, "no optimizer"), (BLUE, "good steps"), (RED, "huge steps")):
        path = walk(plain(OPTIMIZERS[name]), LINE.gradient, LINE.start, 30)
        axes[1].plot([LINE.loss(w) for w in path], **pen.line(5), label=name)
    axes[1].set_ylim(0, 4.2)
    axes[1].legend(loc="center right", bbox_to_anchor=(1, 0.62))
    label(axes[1], "its loss", "step", "loss")
    return figure


FIGURES = {
    "training-loop.svg": training_loop,
    "three-walks.svg": three_walks,
    "with-and-without.svg": with_and_without,
}


GIVEN = (
    "in units of 100 square metres",
    "in units of 100,000 euros",
    "Take $\\eta = 0.05$ and begin with $w = 1$",
)


def by_hand(w: float) -> tuple[float, float, float]:
    """Prediction, loss and gradient of the one house."""
    prediction = w * AREA
    return prediction, (prediction - PRICE) ** 2, 2 * (prediction - PRICE) * AREA


def statements() -> Iterator[str]:
    yield fact(f"One house has $x = {AREA:g}$, and its true price is $y = {PRICE:g}$. As the loss we take")
    yield fact("squared error, $(\\hat y - y)^2$. How", holds=by_hand(1.0)[1] == (AREA - PRICE) ** 2)
    slope = (by_hand(1 + 1e-6)[1] - by_hand(1 - 1e-6)[1]) / 2e-6
    yield fact("$$2\\,(\\hat y - y)\\,x$$", holds=abs(slope - by_hand(1.0)[2]) < 1e-5)
    w = [1.0]
    for _ in range(3):
        w.append(w[-1] - RATE * by_hand(w[-1])[2])
    for i in range(3):
        prediction, loss, gradient = by_hand(w[i])
        yield fact(
            f"| {i + 1} | {w[i]:g} | {prediction:.4g} | {loss:.4g} | {gradient:.4g} | {w[i + 1]:.4g} |".replace(
                "-", "−"
            )
        )
    yield fact(f"The loss has fallen from {by_hand(w[0])[1]:g} to {by_hand(w[3])[1]:.2f} in three updates")
    yield fact(f"The best weight here is {PRICE / AREA:g}", holds=by_hand(PRICE / AREA)[1] == 0)
    yield fact(f"Nobody told the optimizer the answer {PRICE / AREA:g}.")

    new = w[0] - RATE * by_hand(w[0])[2]
    yield fact(f"$1 - 0.05 \\cdot (-16) = 1 + 0.8 = {new:g}$", holds=RATE * 16 == 0.8)
    yield fact("through 100 points", holds=LINE.X.shape == (100, 2))
    yield fact("lowest point is at $w = 3$", holds=slope_loss(3) < min(slope_loss(2.9), slope_loss(3.1)))


def experiment(outputs: list[str]) -> Iterator[str]:
    """What the lesson says about the output of its own cell."""
    start = float(re.findall(r"at the start: ([\d.]+)", outputs[0])[0])
    ends = {
        name: float(loss)
        for name, loss in re.findall(r"(\S+(?: \S+)*) +loss after 30 steps: ([\d.]+)", outputs[0])
    }
    yield fact(f"*no optimizer* ends where it began, at {start:.3f}", holds=ends["no optimizer"] == start)
    yield fact(f"*small steps* ends at {ends['small steps']:.3f}")
    yield fact(f"*good steps* ends at {ends['good steps']:.3f}")
    yield fact(
        f"the lowest loss that any straight line can reach on these points: {LINE.minimum:.3f}",
        holds=abs(ends["good steps"] - LINE.minimum) < 5e-4,
    )
    yield fact(f"*huge steps* ends at about {ends['huge steps']:.0f}")
    yield fact(f"*uphill* ends above {np.floor(ends['uphill'] / 10_000) * 10_000:,.0f}")
