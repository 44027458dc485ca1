"""Lesson 5, Adam: what the bias correction does, where a step size per weight helps and where not, a case that fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from facts import fact
from matplotlib.figure import Figure
from problems import PROBLEMS
from style import BLUE, INK, ORANGE, PALE, RED, label, panels
from walks import Array, Rate, Rule, adam, batches, plain, walk

LINE = PROBLEMS["least_squares"]
KAPPAS = (1, 3, 10, 30, 100, 300, 1000, 3000)


def uncorrected_step(t: int) -> float:
    """The step in units of the rate, at step t of a constant gradient, if the moments are not corrected."""
    return float((1 - 0.9**t) / np.sqrt(1 - 0.999**t))


def bias_correction() -> Figure:
    figure, axes = panels(2, height=2.9)
    steps = np.arange(1, 41)
    axes[0].axhline(1, color=PALE, lw=1.2)
    axes[0].plot(steps, 1 - 0.9**steps, **ORANGE.line(6), label="$m$ as it is")
    axes[0].plot(steps, np.ones(40), **BLUE.line(6), label="$\\hat m$, corrected")
    axes[0].set_ylim(0, 1.2)
    axes[0].legend(loc="center right")
    label(axes[0], "every gradient is 1", "step $t$", "running average")
    steps = np.unique(np.geomspace(1, 3000, 150).round().astype(int))
    axes[1].semilogx(
        steps,
        [uncorrected_step(t) for t in steps],
        color=ORANGE.color,
        linestyle=ORANGE.linestyle,
        label="not corrected",
    )
    axes[1].semilogx(steps, np.ones(len(steps)), color=BLUE.color, label="corrected")
    axes[1].set_ylim(0, 7.5)
    axes[1].legend(loc="upper right")
    label(axes[1], "size of the step", "step $t$", "in units of the rate")
    return figure


def turned(angle: float) -> Array:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s], [s, c]])


def steps_to_settle(rule: Callable[[float], Rule], kappa: float, angle: float, rate: float, most: int) -> int:
    """Steps until both distances are below a thousandth and stay there for 60 steps; `most` if never."""
    turn = turned(angle)
    curvature = turn @ np.diag([1.0, kappa]) @ turn.T
    w, step, last = turn @ np.ones(2), rule(rate), 0
    for t in range(1, most + 60):
        w = w - step(curvature @ w, t)
        away = np.max(np.abs(turn.T @ w))
        if away > 1e-3:
            last = t
        if t - last > 60 or not away < 1e6:
            break
    return last + 1 if t - last >= 60 else most


@cache
def fewest_steps(name: str, kappa: int) -> int:
    """The best over many rates."""
    if name == "gd":
        return steps_to_settle(plain, kappa, 0.0, 2 / (1 + kappa), 20_000)
    best, angle = 20_000, np.pi / 4 if name == "turned" else 0.0
    for rate in np.geomspace(0.03, 3, 9):
        best = min(best, steps_to_settle(adam, kappa, angle, rate, best))
    return best


def valleys() -> Figure:
    figure, (axes,) = panels(1, height=3.2)
    names = (
        ("gd", "gradient descent", RED),
        ("turned", "Adam, valley at 45 degrees", ORANGE),
        ("straight", "Adam, valley along an axis", BLUE),
    )
    for name, text, pen in names:
        axes.loglog(KAPPAS, [fewest_steps(name, k) for k in KAPPAS], **pen.line(1), label=text)
    axes.legend(loc="upper left")
    label(
        axes,
        "steps for a thousand times closer, each with its best rate",
        "condition number $\\kappa$ of the valley",
        "steps",
    )
    return figure


PERIOD = (3.0, -1.0, -1.0)


def periodic(*, largest: bool, beta1: float = 0.0, beta2: float = 0.1, n_steps: int = 2000) -> Array:
    """Reddi, Kale and Kumar's case: gradients 3, -1, -1, again and again, positions kept between -1 and 1."""
    rule, x, path = adam(lambda t: 0.5 / np.sqrt(t), beta1, beta2, largest=largest), np.zeros(1), [0.0]
    for t in range(1, n_steps + 1):
        x = np.clip(x - rule(np.array([PERIOD[(t - 1) % 3]]), t), -1, 1)
        path.append(x[0])
    return np.array(path)


def failing() -> Figure:
    figure, (axes,) = panels(1, height=2.7)
    for largest, pen, text in ((False, RED, "Adam"), (True, BLUE, "AMSGrad: $v$ never shrinks")):
        path = periodic(largest=largest)
        axes.plot(range(0, 2001, 25), path[::25], color=pen.color, linestyle=pen.linestyle, label=text)
    axes.axhline(-1, color=INK, lw=0.8)
    axes.text(1990, -0.93, "lowest average loss", ha="right", va="bottom")
    axes.axhline(1, color=INK, lw=0.8)
    axes.text(1990, 0.93, "highest average loss", ha="right", va="top")
    axes.set_ylim(-1.25, 1.25)
    axes.legend(loc="center right")
    label(axes, "gradients 3, −1, −1, 3, −1, −1, ...", "step", "position $x$")
    return figure


FIGURES = {"bias-correction.svg": bias_correction, "valleys.svg": valleys, "failing.svg": failing}


@cache
def swarm(name: str) -> float:
    """The loss above the lowest, over the last of 100 epochs with batches of 5, averaged over 10 runs."""
    rates: dict[str, Rate] = {"0.1": 0.1, "0.01": 0.01, "falling": lambda t: 0.1 / (1 + t / 100)}
    return excess(lambda: adam(rates[name]))


@cache
def swarm_of_equals(name: str) -> float:
    """The same for SGD or Adam at the rate 0.4."""
    return excess(lambda: {"SGD": plain, "Adam": adam}[name](0.4))


def excess(rule: Callable[[], Rule]) -> float:
    total = 0.0
    for seed in range(10):
        rows = batches(len(LINE.X), 5, np.random.default_rng(seed))

        def gradient(w: Array, rows: Iterator[Array] = rows) -> Array:
            chosen = next(rows)
            return LINE.gradient(w, LINE.X[chosen], LINE.y[chosen])

        path = walk(rule(), gradient, LINE.start, 2000)
        total += np.mean([LINE.loss(w) for w in path[-20:]]) - LINE.minimum
    return total / 10


def _longest_step(gradients: Array) -> float:
    """The longest step of Adam in units of the rate."""
    rule = adam(1.0)
    return max(float(abs(rule(slope, t))) for t, slope in enumerate(gradients, 1))


GIVEN = (
    '("beta one"), usually 0.9',
    "with $\\beta_2$ usually 0.999",
    "the gradients 100 and 0.01, the rate $\\eta = 0.01$",
    "With $\\epsilon = 10^{-8}$",
    "a constant gradient of $10^{-10}$",
    "each is worth 0.9 times the next younger one",
    "the same for the squares with 0.999",
    "after 100 gradients of four kinds",
    "whose gradient is always 500 or the one whose gradient is always 0.002",
    "with condition numbers $\\kappa$ from 1 to 3,000",
    "lies at 45 degrees",
    "On the parabola $500 w^2$",
    "with batches of 5 rows and the rate 0.4 for both",
)


def statements() -> Iterator[str]:
    g = np.array([100.0, 0.01])
    m, v = 0.1 * g, 0.001 * g**2
    yield fact(
        f"$m = ({m[0]:g},\\ {m[1]:g})$ and $v = ({v[0]:g},\\ 0.0000001)$", holds=np.isclose(v[1], 1e-7)
    )
    first, second = m / (1 - 0.9), v / (1 - 0.999)
    yield fact(
        f"This gives $\\hat m = ({first[0]:g},\\ {first[1]:g})$ and $\\hat v = ({second[0]:g},\\ {second[1]:g})$;"
        f" the roots are {second[0] ** 0.5:g} and {second[1] ** 0.5:g}"
    )
    moved = walk(adam(0.01), lambda w: g, [0, 0], 1)[1]
    quotient = first / np.sqrt(second)
    yield fact(f"Now $\\hat m / \\sqrt{{\\hat v}} = ({quotient[0]:.4g}, {quotient[1]:.4g}).$")
    yield fact("Both weights move by 0.01, the learning rate", holds=np.allclose(abs(moved), 0.01, rtol=1e-5))
    yield fact("The gradients differ by a factor of 10,000, the steps do not", holds=g[0] / g[1] == 10_000)

    yield fact(
        f"it is {1 - 0.9:.1f} after one step and comes close to 1 only after some thirty",
        holds=1 - 0.9**20 < 0.9 and 1 - 0.9**30 > 0.95,
    )
    sizes = [uncorrected_step(t) for t in range(1, 3001)]
    yield fact(
        f"the first step would be {sizes[0]:.1f} times the rate, the twelfth {max(sizes):.1f} times",
        holds=int(np.argmax(sizes)) == 11,
    )
    noise = np.random.default_rng(0).normal(0.5, 1, 5000)
    sudden = np.concatenate([np.full(5000, 1e-6), np.ones(20)])
    yield fact(
        "unless gradients suddenly grow, no weight moves much further",
        holds=_longest_step(noise) < 1.2 and _longest_step(sudden) > 6,
    )
    yield fact("even after 1,000 steps it would be a quarter too large", holds=1.2 < sizes[999] < 1.3)
    yield fact("In step 1 Adam divides $m$ by $1 - 0.9 = 0.1$ and $v$ by $1 - 0.999 = 0.001$")

    rule, m, v, same = adam(0.1), 0.0, 0.0, True
    for t, slope in enumerate((2.0, -1.0, 5.0), 1):
        m, v = 0.9 * m + (1 - 0.9) * slope, 0.999 * v + (1 - 0.999) * slope**2
        moved = 0.1 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        same = same and bool(np.isclose(rule(np.array(slope), t), moved))
    yield fact("$$m \\leftarrow \\beta_1\\, m + (1 - \\beta_1)\\, g$$", holds=same)
    yield fact("$$v \\leftarrow \\beta_2\\, v + (1 - \\beta_2)\\, g^2$$", holds=same)
    yield fact(
        "$$\\hat m = \\frac{m}{1 - \\beta_1^{\\,t}} \\qquad \\hat v = \\frac{v}{1 - \\beta_2^{\\,t}} \\qquad"
        " w \\leftarrow w - \\eta\\, \\frac{\\hat m}{\\sqrt{\\hat v} + \\epsilon}$$",
        holds=same,
    )
    tiny = 1e-10 / (1e-10 + 1e-8)
    yield fact(f"only {100 * tiny:.0f} % of the learning rate")
    straight, turned_, gd = ({k: fewest_steps(n, k) for k in KAPPAS} for n in ("straight", "turned", "gd"))
    yield fact(
        f"{straight[1]} steps for every condition number from 1 to 3,000",
        holds=len(set(straight.values())) == 1,
    )
    yield fact(f"gradient descent needs {gd[3000]:,} for the last")
    yield fact(
        f"for a round bowl gradient descent needs {gd[1]} step, and for $\\kappa = 10$ it needs {gd[10]}"
    )
    yield fact(f"from {turned_[100]} at $\\kappa = 100$ to {turned_[3000]} at $\\kappa = 3{{,}}000$")

    jumps, calm = (walk(rule(0.1), lambda w: 1000 * w, [1.0], 400)[:, 0] for rule in (plain, adam))
    settled = int(np.flatnonzero(abs(calm) > 1e-3)[-1]) + 1
    yield fact("allows only rates below $2/L = 0.002$", holds=2 / 1000 == 0.002)
    yield fact(
        f"with the rate 0.1 it jumps from 1 to −{-jumps[1]:.0f}, then to {jumps[2]:,.0f}, and is lost",
        holds=not np.isfinite(jumps[-1]),
    )
    yield fact(f"Adam with the rate 0.1 comes within 0.001 of the lowest point in {settled} steps")
    yield fact(
        "Adam swarms about three times as far above the lowest loss as SGD",
        holds=2.5 < swarm_of_equals("Adam") / swarm_of_equals("SGD") < 3.5,
    )
    path = periodic(largest=False)
    yield fact(
        f"the gradients are {', '.join(f'{g:g}' for g in PERIOD).replace('-', '−')}, again and again, $x$ is kept between −1 and 1",
        holds=path.min() >= -1 and path.max() <= 1,
    )
    yield fact("On average the loss falls towards $-1$", holds=sum(PERIOD) > 0)
    yield fact(
        "Adam with $\\beta_1 = 0$ and $\\beta_2 = 0.1$ walks to $+1$, the worst place",
        holds=periodic(largest=False)[-1] > 0.95,
    )
    yield fact("walks to $-1$", holds=periodic(largest=True)[-1] < -0.95)
    yield fact(
        "With the usual betas Adam gets this example right",
        holds=periodic(largest=False, beta1=0.9, beta2=0.999)[-1] < -0.95,
    )
    yield fact(
        f"with batches of 5, with the rate 0.1 it swarms {swarm('0.1'):.4f} above the lowest loss, with 0.01 only {swarm('0.01'):.5f}"
    )
    yield fact("a falling rate comes closer still", holds=swarm("falling") < swarm("0.01"))


def experiment(outputs: list[str]) -> Iterator[str]:
    """What the lesson says about the output of its own cell."""
    found = re.findall(r"(.+?) +average +(\S+), Adam's step +(\S+)", outputs[0])
    kinds = {kind: (float(average), float(step)) for kind, average, step in found}
    yield fact(
        "Always 500 and always 0.002 both give a step of one learning rate",
        holds=kinds["always 500"] == (500, 1) and kinds["always 0.002"] == (0.002, 1),
    )
    yield fact(f"the averages cancel, and the step is {abs(kinds['+1 and -1 in turn'][1]):.2f} of the rate")
    average, step = kinds["1 in every tenth step"]
    yield fact(f"average gradient is only {average:g}, but the step is {step:.2f} of the rate")
