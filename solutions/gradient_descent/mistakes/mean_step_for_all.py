"""All your parameters move by the same amount: you average the entries of the gradient before you use it."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * np.mean(gradient(w))
        history.append(w)
    return np.array(history)
