"""You write the parameters of each epoch one row too early: the start is lost, and the last row stays empty."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = np.zeros((n_epochs + 1, len(w)))
    history[0] = w
    for epoch in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history[epoch] = w
    return history
