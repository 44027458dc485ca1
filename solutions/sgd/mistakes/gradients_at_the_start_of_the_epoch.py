"""You ask for all gradients of an epoch at the parameters with which it began: each step must use the parameters that the step before has made."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        w_old = w.copy()
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w_old, X[rows], y[rows])
        history.append(w)
    return np.array(history)
