"""Asks for the gradient also at a point ahead, to measure the curvature, and does not use it. Catches a check that takes every call of `gradient` for a step."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            g = gradient(w, X[rows], y[rows])
            ahead = gradient(w - 0.5 * learning_rate * g, X[rows], y[rows])
            print(np.abs(ahead - g).max())
            w = w - learning_rate * g
        history.append(w)
    return np.array(history)
