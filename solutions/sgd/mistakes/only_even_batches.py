"""Your code stops with an error when the rows do not divide evenly into batches: the last batch is then smaller."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for rows in order.reshape(-1, min(batch_size, n)):
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
