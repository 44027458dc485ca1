"""Shuffles a list of row numbers, which goes on from the order of the epoch before. Catches a check that compares with the order of `rng.permutation`."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    indices = np.arange(X.shape[0])
    history = [w.copy()]
    for epoch in range(n_epochs):
        rng.shuffle(indices)
        for i in range(0, X.shape[0], batch_size):
            batch = indices[i : i + batch_size]
            w -= learning_rate * gradient(w, X[batch], y[batch])
        history.append(w.copy())
    return np.array(history)
