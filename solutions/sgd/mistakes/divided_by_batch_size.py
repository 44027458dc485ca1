"""You divide the gradient by batch_size: it is an average over the rows of the batch already, so your steps are too short, those of a smaller last batch too."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate / batch_size * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
