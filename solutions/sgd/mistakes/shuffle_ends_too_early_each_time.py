"""Your shuffle by hand goes on from the last order and leaves out its last swap: the first two places are never exchanged, so some orders come more often than others."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    order = np.arange(len(X))
    history = [w]
    for _ in range(n_epochs):
        for i in range(len(order) - 1, 1, -1):
            j = rng.integers(i + 1)
            order[i], order[j] = order[j], order[i]
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
