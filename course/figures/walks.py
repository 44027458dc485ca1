"""Optimizers for the figures: a rule says how far to move for a gradient, `walk` applies it step by step.

Every rule is made fresh for each walk, because it may remember earlier gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

Array = np.ndarray
Rule = Callable[[Array, int], Array]  # (gradient, number of the step from 1) -> what to subtract
Rate = float | Array | Callable[[int], float]  # an array holds one rate for each of several walks


def _at(rate: Rate, step: int) -> float | Array:
    return rate(step) if callable(rate) else rate


def plain(rate: Rate) -> Rule:
    return lambda g, t: _at(rate, t) * g


def momentum(rate: Rate, keep: float = 0.9) -> Rule:
    """Polyak's heavy ball: the step is the rate times a fading sum of all gradients so far."""
    speed: Array | float = 0.0

    def rule(g: Array, t: int) -> Array:
        nonlocal speed
        speed = keep * speed + g
        return _at(rate, t) * speed

    return rule


def rmsprop(rate: Rate, keep: float = 0.9, epsilon: float = 1e-8) -> Rule:
    squares: Array | float = 0.0

    def rule(g: Array, t: int) -> Array:
        nonlocal squares
        squares = keep * squares + (1 - keep) * g * g
        return _at(rate, t) * g / (np.sqrt(squares) + epsilon)

    return rule


def adam(
    rate: Rate,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
    *,
    correct: bool = True,
    largest: bool = False,
) -> Rule:
    """Adam; without its bias correction if `correct` is off; AMSGrad's running maximum if `largest` is on."""
    first: Array | float = 0.0
    second: Array | float = 0.0
    ceiling: Array | float = 0.0

    def rule(g: Array, t: int) -> Array:
        nonlocal first, second, ceiling
        first = beta1 * first + (1 - beta1) * g
        second = beta2 * second + (1 - beta2) * g * g
        ceiling = np.maximum(ceiling, second) if largest else second
        shares = (1 - beta1**t, 1 - beta2**t) if correct else (1.0, 1.0)
        return _at(rate, t) * (first / shares[0]) / (np.sqrt(ceiling / shares[1]) + epsilon)

    return rule


def walk(rule: Rule, gradient: Callable[[Array], Array], start: Array | list[float], n_steps: int) -> Array:
    """All positions, the start first."""
    w = np.array(start, dtype=float)
    path = [w]
    with np.errstate(all="ignore"):
        for t in range(1, n_steps + 1):
            w = w - rule(gradient(w), t)
            path.append(w)
    return np.array(path)


def batches(n_rows: int, size: int, rng: np.random.Generator) -> Iterator[Array]:
    """Row numbers of one batch after the other, without end; each epoch in a new order."""
    while True:
        order = rng.permutation(n_rows)
        for first in range(0, n_rows, size):
            yield order[first : first + size]
