"""Your steps are those of Adam, with averages of the gradient and its square: plain SGD uses the gradient of the present batch alone."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    m, v, t = np.zeros_like(w), np.zeros_like(w), 0
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            g = gradient(w, X[rows], y[rows])
            t += 1
            m = 0.9 * m + 0.1 * g
            v = 0.999 * v + 0.001 * g**2
            w = w - learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        history.append(w)
    return np.array(history)
