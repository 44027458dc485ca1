"""Your loops are nested the wrong way round: each batch is used for all epochs before the next one comes, and there is a row for each batch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    order = rng.permutation(len(X))
    for first in range(0, len(X), batch_size):
        rows = order[first : first + batch_size]
        for _ in range(n_epochs):
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
