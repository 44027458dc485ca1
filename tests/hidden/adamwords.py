"""Which settings an `adam` seems to have used, told from the points that it went through.

Many slips put a number of the student's own in the place of a setting, or of a part of it. Nobody can list those numbers, but
Algorithm 1 with the right number leads along the same points: about a thousand candidates are replayed at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from expect import Array

_FINE = np.array([*np.arange(100) / 100, 0.995, 0.998, 0.999, 0.9995, 0.9999])
_USUAL = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
_PAIRS = np.array(list(product(_USUAL, _USUAL)))
_EPSILONS = np.array([0.0, *(digit * 10.0**power for power in range(-12, 1) for digit in (1, 2, 5))])
_LATE = np.arange(1, 21)
_CLOSE = 1e-5


@dataclass(frozen=True)
class _Candidates:
    """Settings to try, one row each: the betas of the averages, those of the corrections, epsilon, and how far ahead t is."""

    words: Sequence[str]
    table: Array


def _candidates(beta1: float, beta2: float, epsilon: float) -> _Candidates:
    usual = np.array([beta1, beta2, beta1, beta2, epsilon, 0])
    words: list[str] = []
    tables = []

    def add(word: str, columns: tuple[int, ...], values: Array) -> None:
        rows = np.tile(usual, (len(values), 1))
        rows[:, columns] = values
        tables.append(rows)
        words.extend([word] * len(values))

    add("", (0,), np.array([[beta1]]))
    add("epsilon", (4,), _EPSILONS[:, None])
    add("t", (5,), _LATE[:, None])
    add("beta1", (0, 2), np.column_stack([_FINE, _FINE]))
    add("beta2", (1, 3), np.column_stack([_FINE, _FINE]))
    add("correction of m", (2,), _FINE[:, None])
    add("correction of v", (3,), _FINE[:, None])
    add("average m", (0,), _FINE[:, None])
    add("average v", (1,), _FINE[:, None])
    add("betas", (0, 1, 2, 3), np.hstack([_PAIRS, _PAIRS]))
    add("corrections", (2, 3), _PAIRS)
    return _Candidates(words, np.vstack(tables))


@dataclass(frozen=True)
class Found:
    """The setting that is another one than was asked for and what stands in its place; or, where it is the length of the steps
    that is wrong, the steps in proportion to what they should be."""

    setting: str = ""
    instead: str = ""
    factors: tuple[float, ...] = ()


def settings_of(points: Array, slopes: Array, rate: float, settings: Sequence[float]) -> Found | None:
    """What is wrong with the steps of one run, None if no other setting and no factor in each step explains them."""
    candidates = _candidates(*settings)
    with np.errstate(all="ignore"):
        steps = _steps(slopes[: len(points) - 1], candidates.table)
        taken = (points[:-1] - points[1:]) / rate
        parts = taken / steps  # candidates, steps, parameters
        even = np.all(np.abs(parts - parts[:, :, :1]) <= _CLOSE * np.abs(parts[:, :, :1]), axis=(1, 2))
        whole = even & np.all(np.abs(parts - 1) <= _CLOSE, axis=(1, 2))
    if whole.any():
        number = int(np.argmax(whole))
        word = candidates.words[number]
        return Found(word, _instead(candidates.table[number], settings) if word else "")
    return Found(factors=tuple(parts[0, :, 0].tolist())) if even[0] else None


def in_words(found: Sequence[Found | None], sizes: str, factor: str) -> list[Any]:
    """What several runs say together, constants left out: other settings, or other lengths; nothing if they do not agree.

    *sizes* and *factor* say how the lengths go on where they should be the same, and what they depend on. Steps whose lengths
    do not depend on the betas differ from those in which a weight or a correction is wrong.
    """
    known = [one for one in found if one is not None]
    words = {one.setting for one in known} - {""}
    factors = [one.factors for one in known if one.factors]
    if len(known) < len(found) or bool(words) == bool(factors):
        return []
    if words:
        instead = {one.instead for one in known if one.setting and one.setting != "epsilon"} or {""}
        return ["settings", sorted(words), instead.pop() if len(instead) == 1 else "a number"]
    each = min(map(len, factors))
    alike = len(factors) == len(found) and all(
        np.allclose(one[:each], factors[0][:each], rtol=1e-4) for one in factors
    )
    return ["rate", sizes, factor, "whatever the betas" if alike else "by the betas"]


def _instead(used: Array, settings: Sequence[float]) -> str:
    """What stands in the place of a setting: 0, the other beta, or a number of the student's own."""
    beta1, beta2, epsilon = settings
    asked = np.array([beta1, beta2, beta1, beta2, epsilon, 0])
    others = np.array([beta2, beta1, beta2, beta1, 0, 1])
    changed = used != asked
    if np.all(used[changed] == others[changed]):
        return "the other"
    return "nothing" if not np.any(used[changed]) else "a number"


def _steps(slopes: Array, table: Array) -> Array:
    """The steps in proportion to the learning rate, for each row of *table*."""
    beta1, beta2, power1, power2, epsilon, ahead = (column[:, None] for column in table.T)
    m = v = np.zeros((len(table), slopes.shape[1]))
    steps = np.empty((len(table), *slopes.shape))
    for k, g in enumerate(slopes):
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        t = k + 1 + ahead
        steps[:, k] = m / (1 - power1**t) / (np.sqrt(v / (1 - power2**t)) + epsilon)
    return steps
