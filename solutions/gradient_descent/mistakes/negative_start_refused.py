"""A start with a negative number stops your code with an error: parameters may be any numbers."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    if np.any(w < 0):
        raise ValueError("start must not be negative")
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
