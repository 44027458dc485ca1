"""You write each new point into the row above the present one: it belongs into the row below."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(n_steps):
        path[k - 1] = path[k] - learning_rate * gradient(path[k])
    return path
