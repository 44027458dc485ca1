"""You cut the entries of the gradient off at a limit: steep steps become too short, and their direction changes."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * np.clip(gradient(w, X[rows], y[rows]), -1, 1)
        history.append(w)
    return np.array(history)
