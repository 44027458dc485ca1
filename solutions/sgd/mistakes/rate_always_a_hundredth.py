"""Your learning rate is always the same: a number of your own stands where the caller's learning rate belongs."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    lr = 0.01
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - lr * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
