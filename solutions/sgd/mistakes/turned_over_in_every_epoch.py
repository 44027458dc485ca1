"""You draw one order and turn it over after each epoch: the same rows go on meeting. Draw a new order."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    order = rng.permutation(len(X))
    for _ in range(n_epochs):
        order = order[::-1]
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
