"""Row 0 of your result holds something else than the start: put a copy of the start there."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = np.zeros((n_steps + 1, len(w)))
    path[0] = learning_rate
    for k in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        path[k] = w
    return path
