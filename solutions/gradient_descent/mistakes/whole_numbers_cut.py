"""A start of whole numbers makes all your points whole: your history takes over the kind of numbers of the start and cuts off everything behind the decimal point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.tile(start, (n_steps + 1, 1))
    for k in range(n_steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path
