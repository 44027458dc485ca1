"""You take the rows in the order of the data and, in every second epoch, backwards: that is no shuffle."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for epoch in range(n_epochs):
        order = np.arange(n)
        if epoch % 2:
            order = order[::-1]
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
