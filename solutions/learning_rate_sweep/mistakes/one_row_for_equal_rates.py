"""You keep the rows under their rate: a rate that is given twice then has only one row."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    runs = {}
    for rate in learning_rates:
        w = np.array(start, dtype=float)
        row = [loss(w)]
        for _ in range(n_steps):
            w = w - rate * gradient(w)
            row.append(loss(w))
        runs[float(rate)] = row
    return np.array(list(runs.values()), dtype=float)


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
