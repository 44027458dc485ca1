"""You shuffle the first and the second half of the rows apart: a row of one half never meets one of the other."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        half = len(X) // 2
        order = np.concatenate([rng.permutation(half), half + rng.permutation(len(X) - half)])
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
