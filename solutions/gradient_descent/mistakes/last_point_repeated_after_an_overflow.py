"""You stop as soon as one parameter is inf or nan and repeat that point in all rows that are left: the other parameters must go on."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    while len(history) <= n_steps:
        if np.all(np.isfinite(w)):
            w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
