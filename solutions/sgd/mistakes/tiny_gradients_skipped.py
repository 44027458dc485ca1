"""You take no step when the gradient is small: a small gradient makes a small step, and that one counts."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            g = gradient(w, X[rows], y[rows])
            if np.linalg.norm(g) > 1e-6:
                w = w - learning_rate * g
        history.append(w)
    return np.array(history)
