"""You change the array that `gradient` gives back. Where that is always the same array, as on a slope, all later steps go wrong: it is not yours."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            g = gradient(w.copy(), X[rows], y[rows])
            g *= learning_rate
            w = w - g
        history.append(w)
    return np.array(history)
