"""You shuffle X but not y, so a row no longer stands beside its own target. Use the same order for both."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        X_shuffled = X[rng.permutation(len(X))]
        for i in range(0, len(X), batch_size):
            w = w - learning_rate * gradient(w, X_shuffled[i : i + batch_size], y[i : i + batch_size])
        history.append(w)
    return np.array(history)
