"""You take half as many steps as asked for: `n_steps` says how many there must be."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps // 2):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
