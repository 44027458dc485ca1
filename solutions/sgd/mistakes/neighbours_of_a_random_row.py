"""You take a random row and its neighbours in the data, `X[row : row + batch_size]`: a batch must hold the rows whose numbers stand in its part of the order."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            row = order[first]
            w = w - learning_rate * gradient(w, X[row : row + batch_size], y[row : row + batch_size])
        history.append(w)
    return np.array(history)
