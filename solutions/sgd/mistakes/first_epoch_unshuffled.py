"""Your first epoch takes the rows in the order of the data: you shuffle at the end of an epoch, not at its beginning."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    order = np.arange(len(X))
    for _ in range(n_epochs):
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
        rng.shuffle(order)
    return np.array(history)
