"""Shuffles copies of the data with one order for both, and cuts slices from them. Catches a check that takes every shuffle of data for a change of the caller's arrays."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_epochs):
        order = rng.permutation(len(y))
        X_shuffled, y_shuffled = X[order], y[order]
        for i in range(0, len(y), batch_size):
            g = gradient(w, X_shuffled[i : i + batch_size], y_shuffled[i : i + batch_size])
            w = w - learning_rate * g
        history.append(w.copy())
    return np.array(history)
