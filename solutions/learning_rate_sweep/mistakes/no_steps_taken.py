"""You write down the loss at the start only: the loop over the steps is missing."""

import numpy as np


def learning_rate_sweep(loss, gradient, start, learning_rates, n_steps):
    table = []
    for rate in learning_rates:
        w = np.array(start, dtype=float)
        row = [float(loss(w))]
        table.append(row)
    return np.array(table)


def best_learning_rate(learning_rates, losses):
    best, lowest = float("nan"), float("inf")
    for rate, row in zip(learning_rates, losses):
        if np.isfinite(row[-1]) and row[-1] < lowest:
            best, lowest = float(rate), row[-1]
    return best
