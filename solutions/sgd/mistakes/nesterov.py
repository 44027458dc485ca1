"""You ask for the gradient at a point ahead of w and keep a part of the last step: that is Nesterov's method. Plain steps are asked for."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    moved = np.zeros(len(w))
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            moved = 0.9 * moved - learning_rate * gradient(w + 0.9 * moved, X[rows], y[rows])
            w = w + moved
        history.append(w)
    return np.array(history)
