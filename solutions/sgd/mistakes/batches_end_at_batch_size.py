"""Your slices end at `batch_size` instead of `i + batch_size`: after the first batch there is nothing left in them, and most rows are never used."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i:batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
