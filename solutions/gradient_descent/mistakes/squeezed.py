"""Your table loses a dimension when it has one row or one column: with one parameter it must still have a column."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.squeeze(np.array(history))
