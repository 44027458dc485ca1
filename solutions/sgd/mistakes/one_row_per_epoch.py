"""You use one random row in each epoch and leave out all the others: an epoch must visit every row."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        i = rng.integers(len(X))
        w = w - learning_rate * gradient(w, X[i : i + 1], y[i : i + 1])
        history.append(w)
    return np.array(history)
