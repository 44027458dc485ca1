"""Your learning rate shrinks: you divide it by the square root of the number of the step. It must be the same in all steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for k in range(n_steps):
        eta = learning_rate / np.sqrt(k + 1)
        w = w - eta * gradient(w)
        history.append(w)
    return np.array(history)
