"""Your table has two columns, however many parameters there are: it must be as wide as the start is long."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    table = np.empty((n_steps + 1, 2))
    table[0, 0], table[0, 1] = w[0], w[-1]
    for step in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        table[step, 0], table[step, 1] = w[0], w[-1]
    return table
