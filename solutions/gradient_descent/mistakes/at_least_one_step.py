"""You take a step even when n_steps is 0: then the result must be the start alone."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    i = 0
    while True:
        w = w - learning_rate * gradient(w)
        history.append(w)
        i += 1
        if i >= n_steps:
            break
    return np.array(history)
