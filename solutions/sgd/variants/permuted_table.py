"""Shuffles all orders at once, the rows of a table independently. Catches a check that compares with one fixed order, or wants random numbers to be drawn between two epochs."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    n = len(X)
    orders = rng.permuted(np.tile(np.arange(n), (n_epochs, 1)), axis=1)
    w = np.array(start, dtype=float)
    path = np.zeros((n_epochs + 1, w.size))
    path[0] = w
    for e in range(n_epochs):
        cuts = np.arange(batch_size, n, batch_size)
        for rows in np.split(orders[e], cuts):
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        path[e + 1] = w
    return path
