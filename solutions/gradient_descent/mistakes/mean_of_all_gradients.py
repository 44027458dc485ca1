"""Your step uses the mean of all gradients so far: it must use the one at the present point alone."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    total = np.zeros_like(w)
    history = [w]
    for k in range(1, n_steps + 1):
        total = total + gradient(w)
        w = w - learning_rate * total / k
        history.append(w)
    return np.array(history)
