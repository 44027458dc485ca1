"""You make a generator in each epoch, with one of a few seeds: then only so many orders can come. Draw the order from `rng` itself."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = np.random.default_rng(rng.integers(100)).permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
