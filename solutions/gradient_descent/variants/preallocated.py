"""The path is an array that exists before the first step; each row is made from the one above it. Catches a check that wants the points to be objects of their own."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    path = np.zeros((n_steps + 1, len(start)))
    path[0] = start
    for k in range(n_steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path
