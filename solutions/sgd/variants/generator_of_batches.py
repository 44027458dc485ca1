"""A generator yields the batches. Catches a check that allows nothing but one function in the file."""

import numpy as np


def batches(X, y, size, rng):
    order = rng.permutation(len(X))
    position = 0
    while position < len(order):
        chosen = order[position : position + size]
        yield X[chosen], y[chosen]
        position += size


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        for X_batch, y_batch in batches(X, y, batch_size, rng):
            w = w - learning_rate * gradient(w, X_batch, y_batch)
        history.append(w)
    return np.array(history)
