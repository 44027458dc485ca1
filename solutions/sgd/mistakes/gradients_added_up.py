"""You add the gradients of the batches up and step along the sum so far: each step must use the gradient of its own batch alone."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        total = np.zeros(len(w))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            total += gradient(w, X[rows], y[rows])
            w = w - learning_rate * total
        history.append(w)
    return np.array(history)
