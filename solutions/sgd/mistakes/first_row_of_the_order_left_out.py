"""You cut the first batch from place 1 of the order: the row at place 0 is left out, another one in each epoch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for i in range(1, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
