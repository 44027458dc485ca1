"""You use all rows for every step, one step in each epoch: that is plain gradient descent. The rows must be cut into batches."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        w = w - learning_rate * gradient(w, X[order], y[order])
        history.append(w)
    return np.array(history)
