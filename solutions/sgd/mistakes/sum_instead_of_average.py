"""You multiply the gradient by the number of rows in the batch: it is the average that counts, so your steps are too long."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * len(rows) * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
