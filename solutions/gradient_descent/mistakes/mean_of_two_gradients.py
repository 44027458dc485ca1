"""Your step uses the mean of the present gradient and the one before: it must use the one at the present point alone."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    before = None
    for _ in range(n_steps):
        g = np.array(gradient(w))
        w = w - learning_rate * (g if before is None else (g + before) / 2)
        before = g
        history.append(w)
    return np.array(history)
