"""You draw where each batch begins, and take the rows that stand there beside each other in the data: some rows come several times and others not at all. Cut a shuffled order into batches."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    size = min(batch_size, len(X))
    history = [w]
    for _ in range(n_epochs):
        for _ in range(-(-len(X) // size)):
            row = rng.integers(len(X) - size + 1)
            w = w - learning_rate * gradient(w, X[row : row + size], y[row : row + size])
        history.append(w)
    return np.array(history)
