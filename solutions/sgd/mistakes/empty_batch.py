"""You ask for the gradient of an empty batch when the rows divide evenly: there is one batch more than there are rows for, and the average of nothing is nan."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for b in range(len(X) // batch_size + 1):
            rows = order[b * batch_size : (b + 1) * batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
