"""Lesson 6, choosing an optimizer: five of them on one network, their rates, and a gallery of eight loss curves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import numpy as np
from facts import fact
from lesson_02 import line_losses
from matplotlib.figure import Figure
from network import Data, Run, first_weights, loans, train
from style import BLUE, GREEN, ORANGE, PURPLE, RED, label, panels
from walks import Array, Rate, Rule, adam, momentum, plain, rmsprop

OPTIMIZERS: dict[str, tuple[Callable[[Rate], Rule], int]] = {
    "gradient descent": (plain, 700),
    "SGD": (plain, 32),
    "SGD with momentum": (momentum, 32),
    "RMSprop": (rmsprop, 32),
    "Adam": (adam, 32),
}
PENS = dict(zip(OPTIMIZERS, (RED, ORANGE, GREEN, PURPLE, BLUE), strict=True))
RATES = tuple(10.0**power for power in np.arange(-4, 0.6, 0.5))
STEPS, EVERY, SEEDS = 880, 11, 3
UNEQUAL = 10 ** np.array(
    [0.0, -1.5, 1.0, -0.5, 1.5, 0.5, -1.0, 0.25]
)  # what the scaled columns are multiplied by


@cache
def data(*, unequal: bool) -> Data:
    equal = loans()
    return replace(equal, X=equal.X * UNEQUAL, X_new=equal.X_new * UNEQUAL) if unequal else equal


@cache
def runs(name: str, *, unequal: bool = False) -> tuple[Run, ...]:
    """Three runs that differ in their first weights and their shuffles; in each, one network for each rate."""
    rule, size = OPTIMIZERS[name]
    return tuple(
        train(
            rule(np.array(RATES)[:, None]),
            data(unequal=unequal),
            np.tile(first_weights(16, seed), (len(RATES), 1)),
            size=size,
            n_steps=STEPS,
            every=EVERY,
            seed=seed,
        )
        for seed in range(SEEDS)
    )


@cache
def end_losses(name: str, *, unequal: bool = False) -> Array:
    """The loss on new rows at the end for each rate, averaged over the last five measurements and the runs."""
    ends = np.mean([run.new_loss[-5:] for run in runs(name, unequal=unequal)], axis=(0, 1))
    return np.where(np.isfinite(ends), ends, np.inf)


def best(name: str, *, unequal: bool = False) -> int:
    """Which rate ends lowest."""
    return int(np.argmin(end_losses(name, unequal=unequal)))


def best_rate(name: str) -> float:
    return RATES[best(name)]


def mean(name: str, column: str) -> Array:
    """The average of the runs with the best rate."""
    return np.mean([getattr(run, column)[:, best(name)] for run in runs(name)], axis=0)


def rows_until_ninety(name: str) -> int:
    """Rows looked at until the mean accuracy on new rows reaches 90 % for the first time."""
    return int(runs(name)[0].rows[np.argmax(mean(name, "accuracy") >= 0.9)])


def five_optimizers() -> Figure:
    figure, axes = panels(2, height=3.3, sharey=True)
    for name, pen in PENS.items():
        loss = mean(name, "new_loss")
        axes[0].plot(runs(name)[0].steps, loss, **pen.line(12), label=name)
        axes[1].semilogx(runs(name)[0].rows[1:], loss[1:], **pen.line(10))
    axes[0].set_xlim(0, 500)
    axes[0].set_ylim(0.15, 0.75)
    axes[0].legend()
    label(axes[0], "counted in steps", "step", "loss on new rows")
    label(axes[1], "counted in work", "row gradients", "")
    return figure


def rates() -> Figure:
    figure, axes = panels(2, height=3.8, sharey=True)
    for ax, unequal, title in (
        (axes[0], False, "columns scaled"),
        (axes[1], True, "columns of very different scale"),
    ):
        for name, pen in PENS.items():
            ends = np.minimum(end_losses(name, unequal=unequal), 1.5)
            ax.semilogx(RATES, ends, **pen.line(1), label=name)
        label(ax, title, "learning rate", "")
    axes[0].set(ylim=(0.1, 0.75), ylabel="loss on new rows at the end")
    handles, names = axes[0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=3)
    return figure


def _gallery_run(
    rule: Rule, *, size: int = 32, start: float = 1.0, hidden: int = 16, n_train: int = 700
) -> Run:
    return train(rule, loans(n_train), first_weights(hidden, 1, start), size=size, n_steps=STEPS, every=EVERY)


@cache
def gallery_runs() -> dict[str, Run]:
    """Eight real runs; the letters are those of the lesson's table."""
    steps = np.arange(0, 23)
    diverging = line_losses(1.6, 22)
    return {
        "A": _gallery_run(adam(0.003)),
        "B": _gallery_run(plain(0.001)),
        "C": _gallery_run(plain(20.0)),
        "D": Run(steps, steps, diverging, diverging * np.nan, diverging * np.nan),
        "E": _gallery_run(plain(0.5), size=2),
        "F": _gallery_run(plain(0.1), start=0.0001),
        "G": _gallery_run(plain(lambda t: 0.03 * 0.5 ** (t / 30))),
        "H": _gallery_run(adam(0.01), size=20, hidden=64, n_train=60),
    }


def gallery() -> Figure:
    figure, axes = panels(2, rows=4, height=7.6)
    for ax, (letter, run) in zip(axes, gallery_runs().items(), strict=True):
        ax.plot(run.steps, run.loss, **BLUE.line(), label="training rows")
        ax.plot(run.steps, run.new_loss, **RED.line(), label="new rows")
        label(ax, letter, "", "")
        ax.set_ylim(0, 1.05 * run.loss.max() if letter in "CD" else 0.75)
        ax.set_xticks([])
    for place in (0, 2, 4, 6):
        axes[place].set_ylabel("loss")
    for place in (6, 7):
        axes[place].set_xlabel("step")
    axes[0].legend()
    return figure


FIGURES = {"five-optimizers.svg": five_optimizers, "rates.svg": rates, "gallery.svg": gallery}


def _rounded(value: float) -> str:
    """Two or three digits are all that a sweep over rates can tell."""
    return f"{round(value / 50) * 50:,}" if value < 10_000 else f"{value:,}"


GIVEN = (
    "row gradients until 90 % of the new rows",
    "With 0.003, the network trained",
    'Its solver `"sgd"` is SGD with momentum 0.9',
    "Both are trained for 30 epochs with the rates 0.0003, 0.003, 0.03 and 0.3",
)


def statements() -> Iterator[str]:
    for name in OPTIMIZERS:
        right = 100 * mean(name, "accuracy")[-5:].mean()
        yield fact(
            f"| {name} | {best_rate(name):.1g} | {_rounded(rows_until_ninety(name))} | {right:.0f} % |"
        )
    yield from _work_by_hand()
    yield fact(
        "700 rows to train on, 300 **new rows**", holds=len(loans().y) == 700 and len(loans().y_new) == 300
    )

    units = (len(first_weights(16, 0)) - 1) // 10
    yield fact(f"a small neural network with {units} inner units")
    yield fact(
        "All but the first use batches of 32 rows",
        holds=[size for _, size in OPTIMIZERS.values()] == [700] + [32] * 4,
    )
    yield fact(
        f"the same ten rates, from {min(RATES):g} to {max(RATES):.0f}, and {STEPS} steps; each run is repeated with three starts",
        holds=len(RATES) == 10 and SEEDS == 3,
    )
    yield fact("a step of gradient descent looks at 700 rows, a step of the others at 32")
    yield fact("0.003 is Adam's best rate", holds=best("Adam") == 3)
    same = {name: end_losses(name)[3] for name in OPTIMIZERS}
    yield fact(
        f"Adam ends with a loss of {same['Adam']:.2f} on new rows, momentum with {same['SGD with momentum']:.2f}, and SGD with {same['SGD']:.2f}"
    )
    start = np.mean([run.new_loss[0, best("SGD")] for run in runs("SGD")])
    yield fact(
        "and SGD with 0.47: it is not yet halfway",
        holds=same["SGD"] > (start + same["Adam"]) / 2,
    )
    yield fact(
        "SGD's best is thirty times larger", holds=round(best_rate("SGD") / best_rate("Adam")) in (31, 32)
    )
    depths = {name: end_losses(name).min() for name in OPTIMIZERS}
    yield fact(
        "all five valleys have the same depth, 0.17",
        holds=all(abs(depth - 0.174) < 0.002 for depth in depths.values()),
    )
    yield fact(f"factors between {UNEQUAL.min():.2f} and {UNEQUAL.max():.0f}")
    unequal = {name: end_losses(name, unequal=True).min() for name in OPTIMIZERS}
    yield fact(f"Adam reaches {unequal.pop('Adam'):.2f} and RMSprop {unequal.pop('RMSprop'):.2f}")
    yield fact(f"end between {min(unequal.values()):.2f} and {max(unequal.values()):.2f}")

    yield from _gallery_statements()


def _work_by_hand() -> Iterator[str]:
    """The arithmetic below the table, and how much its numbers vary between the three starts."""
    until = {name: int(np.argmax(mean(name, "accuracy") >= 0.9)) * EVERY for name in OPTIMIZERS}
    plain_steps, sgd_steps, epoch = until["gradient descent"], until["SGD"], -(-700 // 32)
    yield fact(f"needed {plain_steps} steps, and ${plain_steps} \\cdot 700 = {_braced(plain_steps * 700)}$")
    yield fact(
        f"SGD needed {sgd_steps} steps. An epoch has {epoch} of them ({epoch - 1} batches of 32 rows and one of"
        f" {700 - 32 * (epoch - 1)}), so {sgd_steps} steps are {sgd_steps // epoch} epochs,"
        f" and $5 \\cdot 700 = {_braced(sgd_steps // epoch * 700)}$",
        holds=sgd_steps % epoch == 0,
    )
    work = [int(runs(name)[0].rows[-1]) for name in OPTIMIZERS]
    yield fact(
        f"Our table gave gradient descent {work[0] // work[1]} times as much",
        holds=work == [22 * work[1], *work[1:2] * 4],
    )
    first, *others = ([_rows_until_ninety(run, best(name)) for run in runs(name)] for name in OPTIMIZERS)
    spread = min(max(rows) - min(rows) for rows in others)
    yield fact(f"each varies by {spread // 1000},000 or more from start to start")
    yield fact("The first row stands out at every start", holds=min(first) > 5 * max(map(max, others)))


def _braced(number: int) -> str:
    return f"{number:,}".replace(",", "{,}")


def _rows_until_ninety(run: Run, rate: int) -> int:
    return int(run.rows[np.argmax(run.accuracy[:, rate] >= 0.9)])


def experiment(outputs: list[str]) -> Iterator[str]:
    """What the lesson says about the output of its own cells."""
    found = re.findall(r"(sgd|adam) +with rate +([\d.]+): training loss ([\d.]+)", outputs[0])
    ends = {(solver, float(rate)): loss for solver, rate, loss in found}
    adam, sgd = (
        {rate: loss for (name, rate), loss in ends.items() if name == solver} for solver in ("adam", "sgd")
    )
    yield fact(
        f"With 0.0003 Adam is ahead ({adam[0.0003]} against {sgd[0.0003]})", holds=adam[0.0003] < sgd[0.0003]
    )
    yield fact(
        f"With 0.003 Adam is still ahead ({adam[0.003]} against {sgd[0.003]})", holds=adam[0.003] < sgd[0.003]
    )
    yield fact(f"with 0.03 barely ({adam[0.03]} against {sgd[0.03]})", holds=adam[0.03] < sgd[0.03])
    yield fact(
        f"With 0.3 it is the other way round: Adam ends at {adam[0.3]}, worse than with a hundredth of that rate, and SGD at {sgd[0.3]}",
        holds=adam[0.3] > adam[0.003] and adam[0.3] > sgd[0.3],
    )
    yield fact("SGD's run is the highest of all", holds=max(ends.values()) == sgd[0.0003])


def _gallery_statements() -> Iterator[str]:
    curves = gallery_runs()
    a, b, c, d, e, f, g, h = (run.loss for run in curves.values())
    yield fact(
        "| A | quick fall, then level, both lines together |",
        holds=a[-1] < 0.2 and abs(a[-1] - curves["A"].new_loss[-1]) < 0.03,
    )
    yield fact(
        "| B | slow and still falling at the end |", holds=bool(np.all(np.diff(b[::8]) < 0)) and b[-1] > 0.6
    )
    yield fact("| C | wild jumps, no lasting progress |", holds=c[5:].min() > 0.4 and c.max() > 4)
    yield fact("| D | grows from step to step", holds=bool(np.all(np.diff(d) > 0)))
    yield fact(
        "| E | falls, then jitters around a level |",
        holds=e[-20:].std() > 10 * a[-20:].std() and e[-20:].mean() < 0.4,
    )
    yield fact("| F | flat at first, then a sudden fall |", holds=f[10] > 0.67 and f[-1] < 0.22)
    yield fact("| G | level too early, at a high loss |", holds=g[-1] > 0.55 and abs(g[-1] - g[40]) < 0.001)
    yield fact(
        "| H | training loss low, loss on new rows rises |",
        holds=h[-1] < 0.01 and curves["H"].new_loss[-1] > curves["H"].new_loss.min() + 0.15,
    )
