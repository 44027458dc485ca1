"""You store the average of the parameters over the epoch: the row must hold the parameters at its end."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        seen = []
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            seen.append(w)
        history.append(np.mean(seen, axis=0))
    return np.array(history)
