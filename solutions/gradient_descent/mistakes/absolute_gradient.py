"""You use the gradient without its signs: a parameter can then only become smaller, also where it must grow."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    points = np.zeros((n_steps + 1, w.size))
    points[0] = w
    for k in range(n_steps):
        w = w - learning_rate * np.abs(gradient(w))
        points[k + 1] = w
    return points
