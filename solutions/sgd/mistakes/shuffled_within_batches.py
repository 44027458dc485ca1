"""You shuffle the rows only within their batch: the same rows meet in a batch in every epoch. Shuffle first, and cut into batches after that."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        for i in range(0, len(X), batch_size):
            rows = np.arange(i, min(i + batch_size, len(X)))
            rows = rng.permutation(rows)
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
