"""A start that is a tuple stops your code with an error: make an array of the start before you use it."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = start.copy()
    history = [start]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history, dtype=float)
