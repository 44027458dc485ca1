"""You draw each batch from the rows that are left, but with replacement: a row may come twice into a batch. Say `replace=False`."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        rest = np.arange(len(X))
        while rest.size:
            rows = rng.choice(rest, size=min(batch_size, rest.size))
            rest = np.setdiff1d(rest, rows)
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
