"""You shuffle the full batches, not the rows, and the last one stays the last: the same rows meet in a batch in every epoch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        firsts = np.arange(0, len(X), batch_size)
        for i in [*rng.permutation(firsts[:-1]), firsts[-1]]:
            w = w - learning_rate * gradient(w, X[i : i + batch_size], y[i : i + batch_size])
        history.append(w)
    return np.array(history)
