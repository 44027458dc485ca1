"""You stop where the gradient is zero, and the rows that you prepared for the other steps stay zero: they must hold the point where the run is."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(n_steps):
        g = gradient(path[k])
        if np.all(g == 0):
            break
        path[k + 1] = path[k] - learning_rate * g
    return path
