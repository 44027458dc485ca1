"""Lesson 4, stochastic gradient descent: noisy paths, the noise ball, leaving a valley, and scaling for SGDClassifier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from facts import fact
from matplotlib.figure import Figure
from problems import HOUSING_COLUMNS, PROBLEMS, housing_customers
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler
from style import BLUE, INK, ORANGE, PALE, RED, contours, label, panels
from walks import Array, Rate, batches, plain, walk

LINE = PROBLEMS["least_squares"]
HOUSING = PROBLEMS["housing"]
RUNS = 400


def sgd_path(rate: Rate, size: int, n_steps: int, seed: int) -> Array:
    """The position after every step on the straight line's data."""
    rows = batches(len(LINE.X), size, np.random.default_rng(seed))

    def gradient(w: Array) -> Array:
        chosen = next(rows)
        return LINE.gradient(w, LINE.X[chosen], LINE.y[chosen])

    return walk(plain(rate), gradient, LINE.start, n_steps)


def two_paths() -> Figure:
    figure, axes = panels(2, height=3.0, sharex=True, sharey=True)
    best = np.linalg.lstsq(LINE.X, LINE.y, rcond=None)[0]
    full = walk(plain(0.2), LINE.gradient, LINE.start, 10)
    noisy = sgd_path(0.2, 5, 200, 4)
    for ax, pen, path, title in (
        (axes[0], BLUE, full, "10 steps with all 100 rows"),
        (axes[1], ORANGE, noisy, "200 steps with 5 rows each"),
    ):
        contours(ax, LINE.loss, (-0.2, 2.1), (-0.9, 0.25), [0.1, 0.2, 0.4, 0.7, 1.1, 1.5])
        ax.plot(path[:, 0], path[:, 1], color=pen.color, marker=pen.marker, ms=3.5, lw=1)
        ax.plot(*best, "*", color=INK, ms=11)
        label(ax, title, "slope", "intercept" if ax is axes[0] else "")
    return figure


def decaying(step: int) -> float:
    """0.4 at first, half of it after 50 steps, a third after 100, and so on."""
    return 0.4 / (1 + step / 50)


SCHEDULES: dict[str, Rate] = {"constant 0.4": 0.4, "constant 0.1": 0.1, "decaying from 0.4": decaying}


@cache
def mean_excess(schedule: str) -> Array:
    """The loss above the lowest after every step, averaged over 20 runs with batches of 5."""
    total = np.zeros(2001)
    best = np.linalg.lstsq(LINE.X, LINE.y, rcond=None)[0]
    curvature = LINE.X.T @ LINE.X / len(LINE.X)
    for seed in range(20):
        away = sgd_path(SCHEDULES[schedule], 5, 2000, seed) - best
        total += np.einsum("ti,ij,tj->t", away, curvature, away) / 2
    return total / 20


def noise_ball() -> Figure:
    figure, (axes,) = panels(1, height=3.1)
    for pen, name in zip((RED, ORANGE, BLUE), SCHEDULES, strict=True):
        per_epoch = mean_excess(name)[1:].reshape(-1, 20).mean(axis=1)
        axes.semilogy(range(1, 101), per_epoch, color=pen.color, linestyle=pen.linestyle, label=name)
    axes.legend()
    label(axes, "batches of 5 rows, average of 20 runs", "epoch (20 steps)", "loss above the lowest")
    return figure


# A loss with a shallow valley near w = 1 and a deeper one near w = -1. Each of the 1,024 rows tilts it a little to
# one side or the other; over all rows the tilts cancel.
VALLEY_RATE, VALLEY_STEPS, VALLEY_ROWS = 0.1, 1000, 1024


def two_valleys(w: Array) -> Array:
    return w**4 / 4 - w**2 / 2 + 0.08 * w


@cache
def valley_ends(start: float, size: int) -> Array:
    """Where 400 runs end that begin at *start* and use batches of *size* rows."""
    rng = np.random.default_rng(size)
    tilts = rng.normal(0, 4, VALLEY_ROWS)
    tilts -= tilts.mean()
    w = np.full(RUNS, start)
    per_epoch = VALLEY_ROWS // size
    for step in range(VALLEY_STEPS):
        if step % per_epoch == 0:
            orders = np.tile(tilts, (RUNS, 1))
            if per_epoch > 1:  # in a batch of all rows the order does not matter
                orders = rng.permuted(orders, axis=1)
            noise = orders.reshape(RUNS, per_epoch, size).mean(axis=2)
        w = w - VALLEY_RATE * (w**3 - w + 0.08 + noise[:, step % per_epoch])
    return w


def changed_sides(start: float, size: int) -> float:
    """The share of the runs that end in the other valley, in percent."""
    return 100 * float(np.mean(np.sign(valley_ends(start, size)) != np.sign(start)))


def leaving_a_valley() -> Figure:
    figure, axes = panels(2, height=3.0)
    ws = np.linspace(-1.75, 1.7, 200)
    axes[0].plot(ws, two_valleys(ws), color=INK)
    axes[0].annotate(
        "deep", (-1.04, two_valleys(-1.04)), (-1.04, -0.1), ha="center", arrowprops={"arrowstyle": "->"}
    )
    axes[0].annotate(
        "shallow", (0.96, two_valleys(0.96)), (0.9, 0.2), ha="center", arrowprops={"arrowstyle": "->"}
    )
    label(axes[0], "the average over all rows", "weight $w$", "loss")
    sizes = [1024, 16, 8, 4, 2]
    places = np.arange(len(sizes))
    axes[1].bar(
        places - 0.2,
        [changed_sides(1.0, n) for n in sizes],
        0.38,
        color=BLUE.color,
        label="left the shallow valley",
    )
    axes[1].bar(
        places + 0.2,
        [changed_sides(-1.0, n) for n in sizes],
        0.38,
        color="white",
        edgecolor=RED.color,
        hatch="////",
        label="left the deep valley",
    )
    axes[1].set_xticks(places, ["all", "16", "8", "4", "2"])
    axes[1].set(ylim=(0, 130), yticks=range(0, 101, 25))
    axes[1].legend(loc="upper left")
    label(axes[1], "after 1,000 steps", "rows in a batch", "% of 400 runs")
    return figure


@cache
def accuracies(*, scaled: bool) -> Array:
    """Accuracy on 200 held-out customers of the course's data set, for 20 random splits."""
    X, y = housing_customers()
    got = []
    for seed in range(20):
        order = np.random.default_rng(seed).permutation(len(X))
        train, test = order[:800], order[800:]
        fill = np.nanmedian(X[train], axis=0)
        a, b = (np.where(np.isnan(X[rows]), fill, X[rows]) for rows in (train, test))
        if scaled:
            scaler = StandardScaler().fit(a)
            a, b = scaler.transform(a), scaler.transform(b)
        model = SGDClassifier(loss="log_loss", learning_rate="optimal", random_state=seed).fit(a, y[train])
        got.append(model.score(b, y[test]))
    return np.array(got)


def classifier() -> Figure:
    figure, (axes,) = panels(1, height=2.0)
    jitter = np.linspace(-0.16, 0.16, 20)
    for place, pen, scaled, name in ((1, RED, False, "as they are"), (0, BLUE, True, "scaled")):
        values = 100 * accuracies(scaled=scaled)
        axes.plot(values, place + jitter, pen.marker, color=pen.color, ms=5)
        axes.plot([values.mean()] * 2, [place - 0.3, place + 0.3], color=INK, lw=2)
        axes.text(20, place, name, va="center", ha="left")
    approved = housing_customers()[1].mean()
    axes.axvline(100 * max(approved, 1 - approved), color=PALE, lw=1.2, ls="--", zorder=0)
    axes.set(ylim=(-0.5, 1.5), xlim=(20, 100), yticks=[])
    axes.spines["left"].set_visible(False)
    label(axes, "", "right answers for 200 new customers, in percent", "")
    return figure


FIGURES = {
    "two-paths.svg": two_paths,
    "noise-ball.svg": noise_ball,
    "leaving-a-valley.svg": leaving_a_valley,
    "classifier.svg": classifier,
}


def spread(size: int) -> float:
    """How far the gradient of a batch is from the gradient of all rows: the root of the mean square, exactly.

    Drawing without putting back makes it smaller by the factor at the end.
    """
    w, n_rows = np.array(HOUSING.start), len(HOUSING.X)
    rows = np.array([HOUSING.gradient(w, HOUSING.X[[i]], HOUSING.y[[i]]) for i in range(n_rows)])
    one_row = np.mean(np.sum((rows - HOUSING.gradient(w)) ** 2, axis=1))
    return float(np.sqrt(one_row / size * (n_rows - size) / (n_rows - 1)))


GIVEN = (
    "With 1,000 rows and batches of",
    "What do you expect for 4, 16 and 64 rows?",
    "after 1,000 steps with the rate 0.1",
    '$\\alpha$ ("alpha") is the strength of a penalty on large weights, 0.0001 by default',
)


def statements() -> Iterator[str]:
    rows = np.array([-8, -2, 4, -6])
    yield fact(
        "these gradients for one weight: −8, −2, 4 and −6. The gradient over all rows is their average, −3.",
        holds=rows.mean() == -3,
    )
    pairs = [(rows[i] + rows[j]) / 2 for i in range(4) for j in range(i + 1, 4)]
    yield fact("−5, −2, −7, 1, −4 and −1", holds=sorted(pairs) == [-7, -5, -4, -2, -1, 1])
    yield fact(f"the average of the six is again −{-np.mean(pairs):g}", holds=np.mean(pairs) == rows.mean())
    sizes = [
        len(list_of_rows)
        for list_of_rows, _ in zip(batches(1000, 32, np.random.default_rng(0)), range(32), strict=False)
    ]
    yield fact(
        f"batches of 32 an epoch has {len(sizes)} steps: {sizes.count(32)} full batches and a last one with {sizes[-1]} rows",
        holds=sum(sizes) == 1000,
    )
    yield fact(
        "looked at rows 1,000 times. Gradient descent made 10 steps of it, SGD with batches of 5 made 200"
    )

    yield fact(f"is typically about {spread(1):.2f} away")
    yield fact(
        "The third curve begins with 0.4 and lets the rate fall: it is $0.4 / (1 + k/50)$ in step $k$",
        holds=decaying(0) == 0.4 and decaying(50) == 0.2,
    )
    yield fact(f"Its {VALLEY_ROWS:,} rows disagree")
    yield fact(f"We start {RUNS} runs in each valley")
    yield fact(
        "With 256 rows it is even less than half of that, because", holds=spread(256) < 0.49 * spread(64)
    )

    ends = {name: mean_excess(name)[1001:].mean() for name in SCHEDULES}
    yield fact(
        f"with batches of 5, the rate 0.4 stays {ends['constant 0.4']:.4f} above the lowest loss on average, the rate 0.1 stays {ends['constant 0.1']:.4f} above it"
    )
    yield fact(f"to {mean_excess('decaying from 0.4')[-20:].mean():.6f} in the last epoch")

    yield fact(
        "**All rows**: nobody leaves either valley",
        holds=changed_sides(1.0, 1024) == changed_sides(-1.0, 1024) == 0,
    )
    yield fact(f"**Batches of 16**: {changed_sides(1.0, 16):.0f} % leave the shallow valley")
    yield fact(
        f"**Batches of 8**: {changed_sides(1.0, 8):.0f} % leave the shallow valley and {changed_sides(-1.0, 8):.0f} % the deep one"
    )
    yield fact(
        f"**Batches of 2**: {changed_sides(1.0, 2):.0f} % leave the shallow valley, but {changed_sides(-1.0, 2):.0f} % leave"
    )

    raw, scaled = 100 * accuracies(scaled=False), 100 * accuracies(scaled=True)
    X, y = housing_customers()
    income, debt = (
        np.nanmedian(X[:, HOUSING_COLUMNS.index("income")]),
        X[:, HOUSING_COLUMNS.index("debt_ratio")],
    )
    yield fact(f"holds {len(X):,} customers of a bank")
    yield fact(
        "incomes near 60,000 beside debt ratios below 1",
        holds=50_000 < income < 70_000 and np.nanmax(debt) < 1,
    )
    yield fact(f'always saying "yes" is right in {100 * y.mean():.0f} % of all cases')
    yield fact(f"({100 * housing_customers()[1].mean():.0f} % of all loans are approved")
    yield fact(f"right for {raw.mean():.0f} % of the new customers on average")
    yield fact(f"between {raw.min():.0f} % and {raw.max():.0f} % from split to split")
    yield fact(
        f"the same model is right for {scaled.mean():.0f} %, with every split above 87 %",
        holds=scaled.min() > 87,
    )
    yield fact(f"all of them lie between {scaled.min():.0f} and {scaled.max():.0f} percent")


def experiment(outputs: list[str]) -> Iterator[str]:
    """What the lesson says about the output of its own cells."""
    away = {int(n): float(far) for n, far in re.findall(r"(\d+): typical distance ([\d.]+)", outputs[0])}
    yield fact(
        f"About {away[4]:.1f}, {away[16]} and {away[64]}",
        holds=all(abs(far - spread(size)) < 0.05 * spread(size) for size, far in away.items()),
    )
    right = [int(share) for share in re.findall(r"split \d: (\d+)% of 200 new customers", outputs[1])]
    yield fact(
        "Over 20 such splits the unscaled model is right for",
        holds=right == [round(100 * accuracy) for accuracy in accuracies(scaled=False)[:5]],
    )
