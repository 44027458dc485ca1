"""Draws row after row from those that are left, also within the epoch. Catches a check that wants the whole order before the first step."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        left = list(range(len(X)))
        while left:
            batch = []
            while left and len(batch) < batch_size:
                batch.append(left.pop(int(rng.integers(len(left)))))
            w = w - learning_rate * gradient(w, X[batch], y[batch])
        history.append(w)
    return np.array(history)
