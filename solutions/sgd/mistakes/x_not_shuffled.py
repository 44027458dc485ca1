"""You shuffle y but not X, so a row no longer stands beside its own target. Use the same order for both."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            w = w - learning_rate * gradient(w, X[i : i + batch_size], y[order[i : i + batch_size]])
        history.append(w)
    return np.array(history)
