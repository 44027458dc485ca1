"""Your learning rate shrinks from epoch to epoch, for example because you divide it by the number of the epoch: it must be the same in all steps."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for epoch in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate / (epoch + 1) * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
