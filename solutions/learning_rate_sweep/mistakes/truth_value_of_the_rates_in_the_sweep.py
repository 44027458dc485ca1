"""Your sweep asks whether `learning_rates` is true, to see if it is empty: that stops your code with an error where it is an array. Ask for `len(learning_rates) == 0`."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    if not learning_rates:
        return np.zeros((0, n_steps + 1))
    losses = np.full((len(learning_rates), n_steps + 1), np.nan)
    for i, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        with np.errstate(all="ignore"):
            losses[i, 0] = loss(w)
            for step in range(1, n_steps + 1):
                w = w - rate * gradient(w)
                losses[i, step] = loss(w)
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
