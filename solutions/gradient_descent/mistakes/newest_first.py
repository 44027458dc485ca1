"""Your rows are in the wrong order: the newest point stands at the top, but row 0 must be the start."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.insert(0, w)
    return np.array(history)
