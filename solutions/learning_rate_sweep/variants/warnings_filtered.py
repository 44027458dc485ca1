"""Quietens NumPy with the `warnings` module. Catches a check that looks for `np.errstate`."""

import warnings

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    losses = np.full((len(learning_rates), n_steps + 1), np.nan)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for i, rate in enumerate(np.asarray(learning_rates, dtype=float)):
            w = np.array(start, dtype=float).copy()
            for j in range(n_steps + 1):
                losses[i, j] = loss(w)
                if j < n_steps:
                    w = w - rate * gradient(w)
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
