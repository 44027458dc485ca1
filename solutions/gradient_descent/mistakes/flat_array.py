"""All your numbers stand in one long row: the result must be a table with a row for each point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.concatenate(history)
