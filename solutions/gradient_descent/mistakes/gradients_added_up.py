"""You add up all the gradients and step along their sum: the steps keep growing, and the path swings around the lowest point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    total = np.zeros(len(w))
    path = [w]
    for _ in range(n_steps):
        total += gradient(w)
        w = w - learning_rate * total
        path.append(w)
    return np.array(path)
