"""Begins with a table of inf and stops a run that has diverged. Catches a check that wants nan in a certain column."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.full((len(learning_rates), n_steps + 1), np.inf)
    for row, rate in zip(losses, learning_rates):
        w = np.array(start, dtype=np.float64)
        row[0] = loss(w)
        for j in range(1, n_steps + 1):
            with np.errstate(all="ignore"):
                w = w - np.multiply(rate, gradient(w))
                value = loss(w)
            if not np.isfinite(value):
                break
            row[j] = value
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
