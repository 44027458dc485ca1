"""You return only the last point: all the points before it, from the start on, belong to the result too."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    for _ in range(n_steps):
        w = w - learning_rate * gradient(w)
    return w
