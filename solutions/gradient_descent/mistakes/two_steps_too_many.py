"""You take more steps than asked for: your result has more than n_steps + 1 rows."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps + 2):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
