"""Calls `gradient` with its arguments by name. Catches a check whose functions name them in another way."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w=w, X_batch=X[rows], y_batch=y[rows])
        history.append(w)
    return np.array(history)
