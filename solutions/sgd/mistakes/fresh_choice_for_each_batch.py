"""You choose each batch from all rows again: within a batch no row comes twice, but over the epoch some are used several times and others not at all."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    n = len(X)
    for _ in range(n_epochs):
        for _ in range(0, n, batch_size):
            rows = rng.choice(n, size=min(batch_size, n), replace=False)
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
