"""You divide the gradient by the number of all rows: it is an average already, so your steps are far too short."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    m = len(y)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(m)
        for i in range(0, m, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * (1 / m) * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
