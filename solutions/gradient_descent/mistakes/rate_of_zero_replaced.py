"""You put a number of your own in the place of a learning rate of 0, as `learning_rate or ...` does: with a rate of 0 nothing may move."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    learning_rate = learning_rate or 0.01
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
