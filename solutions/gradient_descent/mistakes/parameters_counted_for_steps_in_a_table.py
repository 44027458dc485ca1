"""You take as many steps as there are parameters, and the other rows of your table stay empty: `n_steps` says how many steps there must be."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(len(start)):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path
