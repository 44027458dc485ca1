"""Your steps carry the earlier ones along: that is momentum. Each step must use the gradient of its own batch alone."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    velocity = np.zeros_like(w)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            velocity = 0.9 * velocity - learning_rate * gradient(w, X[rows], y[rows])
            w = w + velocity
        history.append(w)
    return np.array(history)
