"""You stop a run when its loss hardly changes any more, and fill the rest of the row with the last loss: n_steps steps are asked for."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.zeros((len(learning_rates), n_steps + 1))
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        losses[i, 0] = loss(w)
        for j in range(1, n_steps + 1):
            w = w - rate * gradient(w)
            losses[i, j] = loss(w)
            if abs(losses[i, j] - losses[i, j - 1]) < 1e-8:
                losses[i, j:] = losses[i, j]
                break
    return losses


def best_learning_rate(learning_rates, losses):
    best, lowest = float("nan"), np.inf
    for rate, row in zip(learning_rates, losses, strict=True):
        if np.isfinite(row[-1]) and row[-1] < lowest:
            best, lowest = rate, row[-1]
    return best
