"""You cut the rows into batches of nearly equal size: all must have exactly batch_size rows, and only the last one what is left."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    n_batches = int(np.ceil(len(X) / batch_size))
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for rows in np.array_split(order, n_batches):
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
