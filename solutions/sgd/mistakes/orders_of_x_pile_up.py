"""You shuffle X again and again but take y in its original order: from the second epoch on a row no longer stands beside its own target."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        X, targets = X[order], y[order]
        for i in range(0, n, batch_size):
            w = w - learning_rate * gradient(w, X[i : i + batch_size], targets[i : i + batch_size])
        history.append(w)
    return np.array(history)
