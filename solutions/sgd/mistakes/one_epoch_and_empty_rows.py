"""Your loop ends after its first epoch, because of a `return` or `break` that is indented too far: the rows of all later epochs stay empty."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = np.zeros((n_epochs + 1, len(w)))
    history[0] = w
    for epoch in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history[epoch + 1] = w
        break
    return history
