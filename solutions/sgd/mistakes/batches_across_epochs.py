"""Your batches run across the ends of the epochs: the last one of an epoch is filled up with the first rows of the next order. It must hold only what is left."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    stream = [row for _ in range(n_epochs) for row in rng.permutation(n)]
    history = [w]
    for first in range(0, len(stream), batch_size):
        rows = stream[first : first + batch_size]
        w = w - learning_rate * gradient(w, X[rows], y[rows])
        while len(history) <= (first + len(rows)) // n:
            history.append(w)
    return np.array(history)
