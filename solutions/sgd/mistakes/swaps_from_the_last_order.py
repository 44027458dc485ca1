"""You only swap some rows of the last order: most of the rows that have met in one epoch meet again in the next. Draw a whole new order."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    order = rng.permutation(len(X))
    for _ in range(n_epochs):
        for _ in range(len(X) // 3):
            i, j = rng.integers(len(X), size=2)
            order[i], order[j] = order[j], order[i]
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
