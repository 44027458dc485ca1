"""Your points are columns of shape (n, 1): the gradient needs an array of n plain numbers, and the result has one dimension too many."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float).reshape(-1, 1)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
