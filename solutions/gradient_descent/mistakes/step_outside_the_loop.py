"""Your step stands before the loop, so that it is taken once and all rows are the same: take a step in each turn."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    w = w - learning_rate * gradient(w)
    history = []
    for _ in range(n_steps + 1):
        history.append(w)
    return np.array(history)
