"""Keeps the runs in a dictionary by their number and puts them together at the end. Catches a check that cannot stand the same rate twice."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    runs = {}
    for number, rate in enumerate(learning_rates):
        w = np.array(start, dtype=float)
        runs[number] = [loss(w)]
        while len(runs[number]) < n_steps + 1:
            w = w - rate * gradient(w)
            runs[number].append(loss(w))
    return np.vstack([runs[number] for number in sorted(runs)]).astype(float)


def best_learning_rate(learning_rates, losses):
    last = np.where(np.isfinite(losses[:, -1]), losses[:, -1], np.inf)
    if np.all(last == np.inf):
        return float("nan")
    return float(learning_rates[np.argmin(last)])
