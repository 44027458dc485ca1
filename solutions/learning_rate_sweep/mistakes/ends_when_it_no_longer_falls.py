"""You end a run as soon as its loss no longer falls, and fill the rest of the row with the last loss: n_steps steps are asked for with each rate."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.zeros((len(learning_rates), n_steps + 1))
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        losses[i, 0] = loss(w)
        for j in range(1, n_steps + 1):
            w = w - rate * gradient(w)
            losses[i, j] = loss(w)
            if not losses[i, j] < losses[i, j - 1]:
                losses[i, j:] = losses[i, j]
                break
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
