"""You draw random rows anew for each batch: rows may come twice in an epoch or not at all, and the last batch is as large as the others."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    n = len(X)
    for _ in range(n_epochs):
        for _ in range(int(np.ceil(n / batch_size))):
            rows = rng.integers(0, n, size=batch_size)
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
