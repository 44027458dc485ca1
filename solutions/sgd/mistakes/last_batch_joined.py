"""You add the rows that are left over to the last full batch: it becomes larger than batch_size. They are a batch of their own."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    n = len(X)
    n_batches = max(n // batch_size, 1)
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for b in range(n_batches):
            end = n if b == n_batches - 1 else (b + 1) * batch_size
            rows = order[b * batch_size : end]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
