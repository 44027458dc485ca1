"""You write the start into row 0 inside the loop, so that a later point stands there: write it once, before the loop."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = np.zeros((n_steps + 1, len(w)))
    path[0] = w
    for k in range(1, n_steps + 1):
        path[0] = w
        w = w - learning_rate * gradient(w)
        path[k] = w
    return path
