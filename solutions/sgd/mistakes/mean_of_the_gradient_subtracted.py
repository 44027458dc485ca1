"""You subtract from the gradient the mean of its entries, so that the parameters move as much up as down: use the gradient as it is."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            g = gradient(w, X[rows], y[rows])
            w = w - learning_rate * (g - g.mean())
        history.append(w)
    return np.array(history)
