"""Calls the gradient once with a single row to learn how many parameters there are. Catches a check that takes the first call for the first step."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(gradient(w, X[:1], y[:1]))
    history = np.full((n_epochs + 1, n), np.nan)
    history[0] = w
    for epoch in range(1, n_epochs + 1):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - gradient(w, X[rows], y[rows]) * learning_rate
        history[epoch] = w
    return history
