"""Your learning rate grows during the first steps: it must be the same in all steps."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    t = 0
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            t += 1
            w = w - min(1.0, t / 10) * learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
