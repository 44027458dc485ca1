"""A small network for the loan data, and one training run of it with any rule: the material of lesson 6.

8 columns, one layer of tanh units, one output that becomes a probability. All weights lie in one vector, so that
the same rules move a network and a straight line. Several networks can be trained side by side on the same batches,
one row of weights each, which is much faster than one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from problems import housing_customers
from walks import Array, Rule, batches


@dataclass(frozen=True)
class Data:
    X: Array
    y: Array
    X_new: Array
    y_new: Array


@dataclass(frozen=True)
class Run:
    """What was measured every so many steps: rows looked at, loss on the training rows and on new rows, accuracy on new rows.

    The last three have a second axis if several networks were trained side by side.
    """

    steps: Array
    rows: Array
    loss: Array
    new_loss: Array
    accuracy: Array


@cache
def loans(n_train: int = 700) -> Data:
    """The course's data set, split; holes and scales are learned from the training rows alone."""
    X, y = housing_customers()
    order = np.random.default_rng(6).permutation(len(X))
    train, new = order[:n_train], order[700:]
    X = np.where(np.isnan(X), np.nanmedian(X[train], axis=0), X)
    X = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    return Data(X[train], y[train], X[new], y[new])


def first_weights(hidden: int, seed: int, size: float = 1.0) -> Array:
    rng = np.random.default_rng(seed)
    inner = rng.normal(0, size / np.sqrt(8), (9, hidden))
    inner[8] = 0
    outer = rng.normal(0, size / np.sqrt(hidden), hidden + 1)
    outer[hidden] = 0
    return np.concatenate([inner.ravel(), outer])


def _layers(w: Array) -> tuple[Array, Array]:
    hidden = (w.shape[-1] - 1) // 10
    return w[..., : 9 * hidden].reshape(*w.shape[:-1], 9, hidden), w[..., 9 * hidden :]


def _units(inner: Array, X: Array) -> Array:
    return np.tanh(X @ inner[..., :8, :] + inner[..., 8:, :])


def output(w: Array, X: Array) -> Array:
    inner, outer = _layers(w)
    return (_units(inner, X) @ outer[..., :-1, None])[..., 0] + outer[..., -1:]


def loss(w: Array, X: Array, y: Array) -> Array:
    z = output(w, X)
    return np.mean(np.logaddexp(0, z) - y * z, axis=-1)


def gradient(w: Array, X: Array, y: Array) -> Array:
    inner, outer = _layers(w)
    units = _units(inner, X)
    z = (units @ outer[..., :-1, None])[..., 0] + outer[..., -1:]
    wrong = (1 / (1 + np.exp(-np.clip(z, -500, 500))) - y) / len(y)
    back = wrong[..., None] * outer[..., None, :-1] * (1 - units**2)
    of_inner = np.concatenate([X.T @ back, back.sum(axis=-2, keepdims=True)], axis=-2)
    of_outer = (wrong[..., None, :] @ units)[..., 0, :]
    flat = of_inner.reshape(*w.shape[:-1], -1)
    return np.concatenate([flat, of_outer, wrong.sum(axis=-1, keepdims=True)], axis=-1)


def train(rule: Rule, data: Data, w: Array, *, size: int, n_steps: int, every: int, seed: int = 0) -> Run:
    """Train from *w* with batches of *size* rows, measuring every so many steps.

    The weights are kept in single precision, as is usual for networks. Here the reason is another one: the last digits of
    double precision differ from processor to processor, and in a wild run they would grow into another curve.
    """
    rows = batches(len(data.X), size, np.random.default_rng(seed))
    steps, measured, seen, counts = [], [], 0, []
    with np.errstate(all="ignore"):
        for t in range(n_steps + 1):
            if t % every == 0:
                right = np.mean((output(w, data.X_new) > 0) == data.y_new, axis=-1)
                steps.append(t)
                counts.append(seen)
                measured.append((loss(w, data.X, data.y), loss(w, data.X_new, data.y_new), right))
            chosen = next(rows)
            seen += len(chosen)
            moved = w - rule(gradient(w, data.X[chosen], data.y[chosen]), t + 1)
            w = moved.astype(np.float32).astype(float)
    return Run(
        np.array(steps), np.array(counts), *(np.array(column) for column in zip(*measured, strict=True))
    )
