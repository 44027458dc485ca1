"""You never use the first row of the data: the row numbers begin at 0, yours begin at 1."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = np.arange(1, len(X))
        rng.shuffle(order)
        for i in range(0, len(order), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
