"""You leave out rates whose loss has not fallen below that of the start: the lowest last loss wins, even if it is a high one."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.zeros((len(learning_rates), n_steps + 1))
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        losses[i, 0] = loss(w)
        for j in range(1, n_steps + 1):
            w = w - rate * gradient(w)
            losses[i, j] = loss(w)
    return losses


def best_learning_rate(learning_rates, losses):
    best, lowest = float("nan"), np.inf
    for rate, row in zip(learning_rates, losses, strict=True):
        if np.isfinite(row[-1]) and row[-1] < min(lowest, row[0]):
            best, lowest = float(rate), row[-1]
    return best
