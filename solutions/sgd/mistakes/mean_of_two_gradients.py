"""Your step uses the mean of the present gradient and the one before: each step must use the gradient of its own batch alone."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    before = None
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            g = np.array(gradient(w, X[rows], y[rows]))
            w = w - learning_rate * (g if before is None else (g + before) / 2)
            before = g
        history.append(w)
    return np.array(history)
