"""The last row of your result is never filled: it holds zeros, because your loop ends one step too early for the table."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(1, n_steps):
        path[k] = path[k - 1] - learning_rate * gradient(path[k - 1])
    return path
