"""You shuffle the caller's own X and y: after the call the data have another order. Shuffle row numbers, or copies."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        X[:] = X[order]
        y[:] = y[order]
        for i in range(0, len(X), batch_size):
            w = w - learning_rate * gradient(w, X[i : i + batch_size], y[i : i + batch_size])
        history.append(w)
    return np.array(history)
