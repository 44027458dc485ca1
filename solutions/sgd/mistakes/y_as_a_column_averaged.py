"""You hand the targets over as a column, and average what then comes back as a table: y_batch must have the shape (rows,), and the gradient is no table then."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    y = y.reshape(-1, 1)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            g = np.asarray(gradient(w, X[rows], y[rows]))
            w = w - learning_rate * (g.mean(axis=1) if g.ndim > 1 else g)
        history.append(w)
    return np.array(history)
