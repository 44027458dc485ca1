"""You draw from a random state that the whole program shares, that of `np.random` or of Python's `random`, instead of the `rng` that you were given: the same `rng` gives another result each time, and you disturb other code."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    indices = np.arange(len(X))
    history = [w]
    for _ in range(n_epochs):
        np.random.shuffle(indices)
        for i in range(0, len(X), batch_size):
            rows = indices[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
