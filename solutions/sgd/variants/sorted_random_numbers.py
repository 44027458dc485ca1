"""Sorts one random number per row. Catches a check that compares with one fixed order, or counts what is drawn from `rng`."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = np.argsort(rng.random(len(X)))
        for k in range(-(-len(X) // batch_size)):
            rows = order[k * batch_size : (k + 1) * batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.vstack(history)
