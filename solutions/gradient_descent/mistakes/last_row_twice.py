"""The last point stands in your result twice: there is one row for the start and one for each step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 2, len(start)))
    w = np.array(start, dtype=float)
    for k in range(n_steps + 2):
        path[k] = w
        if k < n_steps:
            w = w - learning_rate * gradient(w)
    return path
