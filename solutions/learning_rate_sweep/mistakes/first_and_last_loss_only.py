"""You write down only the loss at the start and that after the last step: there must be one for each step, so it belongs into the loop."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    table = []
    for rate in learning_rates:
        w = np.array(start, dtype=float)
        row = [float(loss(w))]
        for _ in range(n_steps):
            w = w - rate * gradient(w)
        row.append(float(loss(w)))
        table.append(row)
    return np.array(table)


def best_learning_rate(learning_rates, losses):
    best, lowest = float("nan"), float("inf")
    for rate, row in zip(learning_rates, losses):
        if np.isfinite(row[-1]) and row[-1] < lowest:
            best, lowest = float(rate), row[-1]
    return best
