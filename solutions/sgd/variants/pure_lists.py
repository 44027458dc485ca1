"""Plain Python numbers for the parameters, and one parameter after another with one gradient. Catches a check that compares to the last bit."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = [float(value) for value in start]
    history = [list(w)]
    for _ in range(n_epochs):
        order = [int(row) for row in rng.permutation(len(X))]
        for first in range(0, len(order), batch_size):
            rows = order[first : first + batch_size]
            g = gradient(np.array(w), X[rows], y[rows])
            for j in range(len(w)):
                w[j] = w[j] - learning_rate * float(g[j])
        history.append(list(w))
    return np.array(history, dtype=float)
