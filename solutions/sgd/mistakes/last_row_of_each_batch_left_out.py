"""You leave out the last row of every batch that has more than one: the end of a slice is not part of it, so `- 1` there is one too many."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            last = min(first + batch_size, len(X)) - 1
            rows = order[first : max(last, first + 1)]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
