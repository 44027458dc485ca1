"""You ask for the gradient of a large batch in several pieces and average them: ask once for the whole batch, however many rows it has."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            batch = order[first : first + batch_size]
            slope = np.zeros_like(w)
            for begin in range(0, len(batch), 32):
                rows = batch[begin : begin + 32]
                slope = slope + len(rows) * gradient(w, X[rows], y[rows])
            w = w - learning_rate * slope / len(batch)
        history.append(w)
    return np.array(history)
