"""Your shuffle by hand leaves out its last swap: the first two places are never exchanged, so some orders cannot appear."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = np.arange(n)
        for i in range(n - 1, 1, -1):
            j = rng.integers(i + 1)
            order[i], order[j] = order[j], order[i]
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
