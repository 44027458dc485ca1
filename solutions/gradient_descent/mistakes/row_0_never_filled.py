"""Row 0 of your table is never filled and holds zeros: it must be the start."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    table = np.zeros((n_steps + 1, len(w)))
    for k in range(n_steps):
        w = w - learning_rate * gradient(w)
        table[k + 1] = w
    return table
