"""Your learning rate becomes smaller from epoch to epoch, by a schedule of your own: it must be the same in all steps."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for epoch in range(n_epochs):
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * (1 - epoch / n_epochs) * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
