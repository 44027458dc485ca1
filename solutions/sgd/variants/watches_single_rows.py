"""Asks for the gradient of a few single rows at each step, for a plot. Catches a check that takes every call of `gradient` for a step."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            noise = [gradient(w, X[r : r + 1], y[r : r + 1]) for r in range(min(3, len(X)))]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
