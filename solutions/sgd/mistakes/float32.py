"""You calculate with float32, which keeps only seven digits: your parameters and their type are off. Use NumPy's normal decimal numbers."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=np.float32)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = (w - learning_rate * gradient(w, X[rows], y[rows])).astype(np.float32)
        history.append(w)
    return np.array(history)
