"""Your function returns nothing: the points are computed, but no `return` gives them to the caller."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
        history.append(w)
    history = np.array(history)
    print(history)
