"""You multiply by a power of the learning rate, such as its square: it is to be multiplied by the rate itself, once."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate**2 * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
