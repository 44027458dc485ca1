"""Your learning rate becomes smaller after some number of epochs: it must be the same in all steps."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for epoch in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rate = learning_rate * 0.5 ** (epoch // 10)
            rows = order[i : i + batch_size]
            w = w - rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
