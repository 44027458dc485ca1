"""You let the rows that are left over at the end of an epoch wait for the next one: the last batch of an epoch is smaller, and holds them."""

import numpy as np


def rows_without_end(n, rng):
    while True:
        yield from rng.permutation(n)


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    size = min(batch_size, n)
    stream = rows_without_end(n, rng)
    history = [w]
    waiting = 0
    for _ in range(n_epochs):
        waiting += n
        while waiting >= size:
            rows = np.array([next(stream) for _ in range(size)])
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            waiting -= size
        history.append(w)
    return np.array(history)
