"""You drop the last batch when it is smaller than the others: its rows are not used in this epoch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    n_batches = len(X) // batch_size
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for b in range(n_batches):
            rows = order[b * batch_size : (b + 1) * batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
