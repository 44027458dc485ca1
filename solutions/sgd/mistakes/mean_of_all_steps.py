"""You put the mean of the parameters after all steps so far into the history (averaged SGD): the parameters themselves belong there."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    mean, t = w, 0
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            t += 1
            mean = mean + (w - mean) / t
        history.append(mean)
    return np.array(history)
