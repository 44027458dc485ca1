"""You shorten gradients that are longer than 5: the step is the learning rate times the gradient, however steep it is."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            g = gradient(w, X[rows], y[rows])
            w = w - learning_rate * g / max(1, np.linalg.norm(g) / 5)
        history.append(w)
    return np.array(history)
