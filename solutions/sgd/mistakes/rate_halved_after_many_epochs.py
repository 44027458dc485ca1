"""Your learning rate becomes smaller after many epochs: it must stay the same to the end of the training."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for epoch in range(1, n_epochs + 1):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
        if epoch % 100 == 0:
            learning_rate *= 0.5
    return np.array(history)
