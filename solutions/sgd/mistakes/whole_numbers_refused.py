"""A start of whole numbers stops your code with an error: your array keeps the kind of numbers of the start, and whole numbers cannot hold a fraction of a step."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start)
    history = [w.copy()]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w -= learning_rate * gradient(w, X[rows], y[rows])
        history.append(w.copy())
    return np.array(history)
