"""You add a column of ones to X where there are more parameters than columns: hand the rows over as they stand, the gradient knows what to do with them."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    table = np.hstack([X, np.ones((len(X), 1))]) if len(w) > X.shape[1] else X
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(table))
        for i in range(0, len(table), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, table[rows], y[rows])
        history.append(w)
    return np.array(history)
