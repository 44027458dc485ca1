"""You lose a row when it is alone in the last batch, unless that batch is the only one: your loop ends one row before the end of the data."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        i = 0
        while i == 0 or i < len(X) - 1:
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            i += batch_size
        history.append(w)
    return np.array(history)
