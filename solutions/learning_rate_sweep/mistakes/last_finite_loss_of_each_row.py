"""For a rate that has diverged you take the last loss that was still finite: the last column counts, and a rate with inf or nan there is out."""

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
    best, lowest = float("nan"), np.inf
    for rate, row in zip(learning_rates, losses):
        finite = row[np.isfinite(row)]
        if len(finite) and finite[-1] < lowest:
            best, lowest = float(rate), finite[-1]
    return best
