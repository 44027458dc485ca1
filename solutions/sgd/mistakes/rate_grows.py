"""Your learning rate becomes larger from epoch to epoch: it must be the same in all steps."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for epoch in range(n_epochs):
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - min(1, (epoch + 1) / 4) * learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
