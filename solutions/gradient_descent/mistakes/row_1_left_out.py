"""Row 1 of your result is never filled: the loop begins one row too late, and the first step stands in row 2."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = np.zeros((n_steps + 1, len(w)))
    path[0] = w
    for k in range(2, n_steps + 1):
        w = w - learning_rate * gradient(w)
        path[k] = w
    return path
