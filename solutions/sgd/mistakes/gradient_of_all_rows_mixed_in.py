"""You correct the gradient of each batch with that of all rows at the start of the epoch (SVRG): each step must use the gradient of its own batch alone."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        far, whole = w, gradient(w, X, y)
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            g = gradient(w, X[rows], y[rows]) - gradient(far, X[rows], y[rows]) + whole
            w = w - learning_rate * g
        history.append(w)
    return np.array(history)
