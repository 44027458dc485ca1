"""Takes the batches from the end of the order, so that the small one, if any, is what is left at the front. Catches a check that compares with one fixed order."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        waiting = rng.permutation(len(X))
        while len(waiting) > 0:
            rows = waiting[-batch_size:]
            waiting = waiting[:-batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
