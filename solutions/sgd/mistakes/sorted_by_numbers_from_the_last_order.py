"""You sort the rows of the last epoch by whole random numbers, some of which are equal: rows with equal ones stay in the order of the epoch before."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    order = np.arange(len(X))
    history = [w]
    for _ in range(n_epochs):
        order = order[np.argsort(rng.integers(len(X), size=len(X)), kind="stable")]
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
