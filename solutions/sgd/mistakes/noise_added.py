"""You add random noise to the gradient: the order of the rows is all that is random here."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * (gradient(w, X[rows], y[rows]) + 0.01 * rng.normal(size=len(w)))
        history.append(w)
    return np.array(history)
