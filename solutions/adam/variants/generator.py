"""The points come from a generator. Catches a check that demands that all gradient calls are made with one and the same array."""

from itertools import count, islice

import numpy as np


def walk(gradient, w, rate, beta1, beta2, epsilon):
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t in count(1):
        yield w
        g = gradient(w)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        w = w - rate * (m / (1 - beta1**t)) / ((v / (1 - beta2**t)) ** 0.5 + epsilon)


def adam(gradient, start, learning_rate=0.001, n_steps=1000, beta1=0.9, beta2=0.999, epsilon=1e-8):
    points = walk(gradient, np.array(start, dtype=float), learning_rate, beta1, beta2, epsilon)
    return np.array(list(islice(points, n_steps + 1)))
