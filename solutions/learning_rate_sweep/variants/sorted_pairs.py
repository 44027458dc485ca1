"""Sorts pairs of last loss and position. Catches a check that looks for `argmin`, or a wrong order of equals."""

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
    pairs = sorted((float(row[-1]), i) for i, row in enumerate(losses) if np.isfinite(row[-1]))
    return float(learning_rates[pairs[0][1]]) if pairs else float("nan")
