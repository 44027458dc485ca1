"""Shuffles with a child of the generator. Catches a check that wants all numbers to come from `rng` itself."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    own = rng.spawn(1)[0]
    for _ in range(n_epochs):
        order = own.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
