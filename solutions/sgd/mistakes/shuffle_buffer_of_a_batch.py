"""You shuffle with a buffer that holds as many as a batch has rows, as pipelines for large files do: a row can come earlier by no more than that, and the first rows of the data nearly always stand in front. Shuffle all row numbers at once."""

import numpy as np


def shuffled(n, size, rng):
    waiting, order = [], []
    for row in range(n):
        if len(waiting) < size:
            waiting.append(row)
            continue
        k = rng.integers(size)
        order.append(waiting[k])
        waiting[k] = row
    return np.array(order + list(rng.permutation(waiting)), dtype=int)


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = shuffled(len(X), batch_size, rng)
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
