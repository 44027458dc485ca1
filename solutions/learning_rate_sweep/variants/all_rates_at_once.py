"""Moves all the runs on together, step by step. Catches a check that wants one run to end before the next begins."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    rates = np.asarray(learning_rates, dtype=float)
    points = np.tile(np.array(start, dtype=float), (len(rates), 1))
    losses = np.empty((len(rates), n_steps + 1))
    losses[:, 0] = [loss(w) for w in points]
    with np.errstate(all="ignore"):
        for step in range(1, n_steps + 1):
            slopes = np.array([gradient(w) for w in points])
            points = points - rates[:, None] * slopes
            losses[:, step] = [loss(w) for w in points]
    return losses


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
