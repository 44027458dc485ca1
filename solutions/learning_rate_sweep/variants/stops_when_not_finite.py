"""Leaves the rest of a row as nan once the loss is not finite. Catches a check that wants inf in a certain column."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.full((len(learning_rates), n_steps + 1), np.nan)
    for i in range(len(learning_rates)):
        w = np.array(start, dtype=float)
        losses[i, 0] = loss(w)
        with np.errstate(all="ignore"):
            for j in range(n_steps):
                w -= learning_rates[i] * gradient(w)
                losses[i, j + 1] = loss(w)
                if not np.isfinite(losses[i, j + 1]):
                    break
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
