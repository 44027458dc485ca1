"""You draw the rows with replacement: in an epoch some rows are used twice and others not at all."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    n = len(X)
    for _ in range(n_epochs):
        order = rng.choice(n, size=n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
