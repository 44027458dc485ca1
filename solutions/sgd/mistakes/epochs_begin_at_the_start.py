"""Every one of your epochs begins at the start again: what the epoch before has learned is lost."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    history = [np.array(start, dtype=float)]
    for _ in range(n_epochs):
        w = np.array(start, dtype=float)
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
