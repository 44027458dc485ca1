"""A start of whole numbers makes the rows of your history whole: to make decimal numbers of them at the end does not bring back what was cut off behind the decimal point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.tile(start, (n_steps + 1, 1))
    w = np.array(start, dtype=float)
    for k in range(n_steps):
        w = w - learning_rate * gradient(w)
        path[k + 1] = w
    return path.astype(float)
