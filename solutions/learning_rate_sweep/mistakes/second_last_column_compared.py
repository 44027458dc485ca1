"""You look at the second last column: the last loss of each row counts."""

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
    last = np.array(losses, dtype=float)[:, max(len(losses[0]) - 2, 0)]
    last = np.where(np.isfinite(last), last, np.inf)
    return float(learning_rates[int(np.argmin(last))]) if np.isfinite(last).any() else float("nan")
