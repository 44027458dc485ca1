"""Your shuffle swaps each row with any other row: some orders then come more often than others. Swap it only with the rows that are not settled yet, or use `rng.permutation`."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = np.arange(len(X))
        for i in range(len(X)):
            j = rng.integers(len(X))
            order[i], order[j] = order[j], order[i]
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
