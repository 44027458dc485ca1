"""All rows of your result but the first are the same: you put the one array w into the history, and not a copy, so every later step changes all those rows."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w -= learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
