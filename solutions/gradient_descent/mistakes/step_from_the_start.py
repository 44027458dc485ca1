"""Every one of your steps begins at the start again, instead of where the last one ended. Your points jump around the start."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    start = np.array(start, dtype=float)
    w = start
    history = [start]
    for _ in range(n_steps):
        w = start - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
