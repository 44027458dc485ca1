"""Your rows stand one place too early: the first step overwrites the start in row 0, and the last row stays empty."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = np.zeros((n_steps + 1, len(w)))
    history[0] = w
    for step in range(n_steps):
        w = w - learning_rate * gradient(w)
        history[step] = w
    return history
