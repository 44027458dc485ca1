"""Draws the orders of all epochs before the first step. Catches a check that wants random numbers to be drawn between two epochs."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    orders = [rng.permutation(len(X)) for _ in range(n_epochs)]
    history = [w]
    for order in orders:
        for i in range(0, len(order), batch_size):
            w = w - learning_rate * gradient(w, X[order[i : i + batch_size]], y[order[i : i + batch_size]])
        history.append(w)
    return np.array(history)
