"""You go through the last order backwards in every second epoch instead of drawing a new one: each epoch needs an order of its own."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    n = len(X)
    history = [w]
    order = np.arange(n)
    for epoch in range(n_epochs):
        order = order[::-1] if epoch % 2 else rng.permutation(n)
        for i in range(0, n, batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
