"""You shuffle blocks of neighbouring rows: rows that stand beside each other in the data nearly always meet in a batch. Shuffle the single rows."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        firsts = rng.permutation(np.arange(0, len(X), batch_size))
        order = np.concatenate([np.arange(first, min(first + batch_size, len(X))) for first in firsts])
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
