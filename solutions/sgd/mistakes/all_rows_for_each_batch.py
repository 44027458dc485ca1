"""You ask for the gradient of all rows in each step: the batch is cut, but then not used."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            X_batch, y_batch = X[rows], y[rows]
            w = w - learning_rate * gradient(w, X, y)
        history.append(w)
    return np.array(history)
