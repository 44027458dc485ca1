"""A start of whole numbers makes all your points whole: everything behind the decimal point is cut off."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.zeros((len(learning_rates), n_steps + 1))
    for i, rate in enumerate(learning_rates):
        w = np.array(start)
        losses[i, 0] = loss(w)
        for j in range(1, n_steps + 1):
            w = (w - rate * gradient(w)).astype(w.dtype)
            losses[i, j] = loss(w)
    return losses


def best_learning_rate(learning_rates, losses):
    best, lowest = float("nan"), np.inf
    for rate, row in zip(learning_rates, losses, strict=True):
        if np.isfinite(row[-1]) and row[-1] < lowest:
            best, lowest = rate, row[-1]
    return best
