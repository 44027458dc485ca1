"""You draw an order of as many numbers as there are columns or parameters, not rows: most rows are never used."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(w))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
