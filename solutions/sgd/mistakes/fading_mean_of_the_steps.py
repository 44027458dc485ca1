"""You put an average of the parameters that changes slowly into the history: the parameters themselves belong there."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    mean = w
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            mean = 0.9 * mean + 0.1 * w
        history.append(mean)
    return np.array(history)
