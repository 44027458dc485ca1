"""Only row 0 of your result is filled: write the point into its row after each step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = np.zeros((n_steps + 1, len(w)))
    path[0] = w
    for k in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
    return path
