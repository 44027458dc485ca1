"""No row of your result is ever filled: write the start into row 0, and the point into its row after each step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = np.zeros((n_steps + 1, len(w)))
    for k in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
    return path
