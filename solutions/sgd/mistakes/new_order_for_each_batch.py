"""You draw a new order before each batch: the batch is cut from another order each time, so some rows are used several times in an epoch and others not at all."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        for i in range(0, len(X), batch_size):
            order = rng.permutation(len(X))
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
