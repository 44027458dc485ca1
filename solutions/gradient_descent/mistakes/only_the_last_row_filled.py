"""Only the first and the last row of your result are filled: write the point into its row after each step, inside the loop."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    path = np.zeros((n_steps + 1, len(w)))
    path[0] = w
    for k in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
    path[-1] = w
    return path
