"""You sort the rows with a comparison that throws a coin: not every order is then equally likely. Use `rng.permutation`."""

from functools import cmp_to_key

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        coin = cmp_to_key(lambda a, b: 1 if rng.random() < 0.5 else -1)
        order = sorted(range(n), key=coin)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
