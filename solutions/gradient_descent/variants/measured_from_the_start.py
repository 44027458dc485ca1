"""Keeps how far it has come, and adds that to the start. Catches a check that expects rounding as small as the last point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    start = np.array(start, dtype=float)
    way = np.zeros((n_steps + 1, len(start)))
    for k in range(n_steps):
        way[k + 1] = way[k] - learning_rate * gradient(start + way[k])
    return start + way
