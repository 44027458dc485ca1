"""You shuffle once, before the first epoch: all epochs take the rows in the same order. Draw a new order at the beginning of each epoch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    order = rng.permutation(len(X))
    for _ in range(n_epochs):
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
