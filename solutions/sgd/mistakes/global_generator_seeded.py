"""You seed a random state that the whole program shares, that of `np.random` or of Python's `random`, and draw from it: the orders are always the same, whatever `rng` you are given, and you disturb other code."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    np.random.seed(0)
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = np.random.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
