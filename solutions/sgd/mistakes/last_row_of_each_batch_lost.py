"""You lose the last row of every batch: a slice ends before its second number, so that `- 1` there is one too many."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size - 1]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w.copy())
    return np.array(history)
