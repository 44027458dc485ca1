"""A lowest loss of exactly 0 counts as "none so far" with you, because 0 is false: the next rate then replaces the best one. Compare with `is None`."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    rows = []
    for rate in learning_rates:
        w = np.array(start, dtype=float)
        row = [loss(w)]
        with np.errstate(all="ignore"):
            for _ in range(n_steps):
                w = w - rate * gradient(w)
                row.append(loss(w))
        rows.append(row)
    return np.array(rows, dtype=float)


def best_learning_rate(learning_rates, losses):
    best, lowest = float("nan"), None
    for rate, row in zip(learning_rates, losses):
        if np.isfinite(row[-1]) and (not lowest or row[-1] < lowest):
            best, lowest = float(rate), row[-1]
    return best
