"""You put the mean of the parameters at the end of all epochs so far into the history: the parameters themselves belong there."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    mean = np.zeros_like(w)
    history = [w]
    for epoch in range(1, n_epochs + 1):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        mean = mean + (w - mean) / epoch
        history.append(mean)
    return np.array(history)
