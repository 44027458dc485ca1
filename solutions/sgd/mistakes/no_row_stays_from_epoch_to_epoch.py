"""Your shuffle goes on from the last order and never leaves a row in its place, because it swaps each row only with those before it: some orders cannot come. It must be able to swap a row with itself, `rng.integers(0, i + 1)`, or use `rng.permutation`."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    order = np.arange(len(X))
    for _ in range(n_epochs):
        for i in range(len(X) - 1, 0, -1):
            j = rng.integers(0, i)
            order[i], order[j] = order[j], order[i]
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
