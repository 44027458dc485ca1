"""You shuffle once and move the order on by one place in each epoch: the rows keep their neighbours. Draw a whole new order."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    order = rng.permutation(len(X))
    for _ in range(n_epochs):
        order = np.roll(order, 1)
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
