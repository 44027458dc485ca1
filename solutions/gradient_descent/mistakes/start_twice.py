"""The start stands twice at the top of your result: you put it into the history before the loop, and once more."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [np.array(start, dtype=float), w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
