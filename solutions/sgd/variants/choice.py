"""Draws the order with `choice` without replacement. Catches a check that compares with one fixed order."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    n_rows = len(X)
    params = np.empty((n_epochs + 1, len(start)))
    params[0] = start
    for epoch in range(1, n_epochs + 1):
        w = params[epoch - 1].copy()
        order = rng.choice(n_rows, size=n_rows, replace=False)
        start_of_batch = 0
        while start_of_batch < n_rows:
            rows = order[start_of_batch : start_of_batch + batch_size]
            w -= learning_rate * gradient(w, X[rows], y[rows])
            start_of_batch += batch_size
        params[epoch] = w
    return params
