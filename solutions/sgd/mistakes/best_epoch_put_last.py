"""Your last row is not where the last epoch led, but the best of all epochs: each row must hold the parameters after its epoch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    history[-1] = min(history, key=lambda point: np.linalg.norm(gradient(point, X, y)))
    return np.array(history)
