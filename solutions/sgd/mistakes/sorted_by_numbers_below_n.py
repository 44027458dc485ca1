"""You sort the rows by whole random numbers below n, some of which are equal: rows with equal ones stay in the order of the data."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = np.argsort(rng.integers(n, size=n), kind="stable")
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
