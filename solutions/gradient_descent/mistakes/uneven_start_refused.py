"""You compare the start as a whole with a number, which stops your code with an error: an array of several truth values is neither true nor false."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    if w == 0:
        w = w + 1e-8
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
