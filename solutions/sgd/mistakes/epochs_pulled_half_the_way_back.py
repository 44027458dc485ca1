"""At the end of each epoch you go only a part of the way: the next epoch must begin where this one has ended."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        w = 0.5 * (history[-1] + w)
        history.append(w)
    return np.array(history)
