"""A start of whole numbers makes your parameters whole: each of your steps writes into an array of whole numbers, which cuts off everything behind the decimal point."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start)
    history = [w.astype(float)]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w[:] = w - learning_rate * gradient(w.astype(float), X[rows], y[rows])
        history.append(w.astype(float))
    return np.array(history)
