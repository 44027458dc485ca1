"""You begin each epoch at a random row and go round from there: the rows keep their neighbours. That is no shuffle."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    n = len(X)
    for _ in range(n_epochs):
        order = np.roll(np.arange(n), rng.integers(n))
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
