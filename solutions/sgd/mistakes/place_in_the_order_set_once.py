"""You set the place in the order to 0 only once, before the first epoch: in all later epochs it already stands at the end, and no batch is left."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    first = 0
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        while first < len(X):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            first += batch_size
        history.append(w)
    return np.array(history)
