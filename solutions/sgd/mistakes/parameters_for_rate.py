"""You multiply the gradient by the parameters: it must be multiplied by the learning rate."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - w * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
