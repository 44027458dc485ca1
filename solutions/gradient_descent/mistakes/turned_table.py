"""Your table lies on its side: it has a column for each point, but each point must be a row."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = np.zeros((len(w), n_steps + 1))
    path[:, 0] = w
    for k in range(n_steps):
        path[:, k + 1] = path[:, k] - learning_rate * gradient(path[:, k])
    return path
