"""You take one step less than asked for: the start is not a step, so there must be n_steps + 1 rows."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for k in range(1, n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
