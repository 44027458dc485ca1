"""Works on deep copies of all arguments, the gradient among them. Catches a check that loses sight of a copied gradient function."""

import copy

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    gradient, X, y, start = copy.deepcopy((gradient, X, y, start))
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
