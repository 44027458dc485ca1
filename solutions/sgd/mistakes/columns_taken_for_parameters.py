"""You take the number of columns of X for the number of parameters: with an intercept there is one parameter more, and your table has no room for it."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    n, d = X.shape
    history = np.zeros((n_epochs + 1, d))
    history[0] = start
    for epoch in range(n_epochs):
        w = history[epoch].copy()
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history[epoch + 1] = w
    return history
