"""Your loops are nested the wrong way round: you take all the epochs' steps with one batch before you go on to the next."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = np.zeros((n_epochs + 1, len(w)))
    history[0] = w
    order = rng.permutation(len(X))
    for i in range(0, len(X), batch_size):
        rows = order[i : i + batch_size]
        for epoch in range(n_epochs):
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            history[epoch + 1] = w
    return history
