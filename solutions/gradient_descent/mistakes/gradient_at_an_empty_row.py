"""You ask for the gradient at a row of the table that is not filled yet, where there are only zeros: ask at the present point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(n_steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k + 1])
    return path
