"""You only exchange two rows before each epoch: nearly all rows keep their place and their neighbours. Every order must be equally likely."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = np.arange(len(X))
        i, j = rng.integers(len(X), size=2)
        order[[i, j]] = order[[j, i]]
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
