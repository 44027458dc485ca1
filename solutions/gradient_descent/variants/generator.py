"""The points come from a generator. Catches a check that demands that all gradient calls are made with one and the same array."""

import numpy as np


def points(gradient, w, learning_rate):
    while True:
        yield w
        w = w - learning_rate * gradient(w)


def gradient_descent(gradient, start, learning_rate, n_steps):
    walk = points(gradient, np.array(start, dtype=float), learning_rate)
    return np.array([next(walk) for _ in range(n_steps + 1)])
