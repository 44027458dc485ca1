"""You take one step for each single row: batch_size is not used."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        for i in rng.permutation(len(X)):
            w = w - learning_rate * gradient(w, X[i : i + 1], y[i : i + 1])
        history.append(w)
    return np.array(history)
