"""You never shuffle: every epoch takes the rows in the order of the data, so the same rows always meet in a batch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        for i in range(0, len(X), batch_size):
            w = w - learning_rate * gradient(w, X[i : i + batch_size], y[i : i + batch_size])
        history.append(w)
    return np.array(history)
