"""Your steps are too short by a fixed factor, such as one half: the step is the learning rate times the gradient and nothing else."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - 0.5 * learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
