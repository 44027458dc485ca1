"""Your table has one row too many, and the last one is never filled: n_steps steps and the start need n_steps + 1 rows."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 2, len(start)))
    path[0] = start
    for k in range(n_steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path
