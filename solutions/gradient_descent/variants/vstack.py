"""The path grows by one row in each step. Catches a check that relies on the result owning its memory from the beginning."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.atleast_2d(np.array(start, dtype=np.float64))
    for step in range(n_steps):
        new = path[-1] - learning_rate * gradient(path[-1])
        path = np.vstack([path, new])
    return path
