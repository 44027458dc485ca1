"""You shuffle once and begin each epoch at another place of that order: the rows keep their neighbours. Draw a whole new order."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    first = rng.permutation(n)
    history = [w]
    for _ in range(n_epochs):
        order = np.roll(first, rng.integers(n))
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
