"""You make the steps as long as a part of the parameters themselves (a "trust ratio", as in LARS): a step is the learning rate times the gradient."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            g = gradient(w, X[rows], y[rows])
            size, slope = np.linalg.norm(w), np.linalg.norm(g)
            ratio = size / slope if size > 0 and slope > 0 else 1.0
            w = w - learning_rate * ratio * g
        history.append(w)
    return np.array(history)
