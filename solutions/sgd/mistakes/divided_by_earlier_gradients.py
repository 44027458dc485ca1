"""You divide each entry of the gradient by the size of the earlier ones: that belongs to AdaGrad, RMSprop or Adam. Plain SGD uses the gradient as it is."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    squares = np.zeros_like(w)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            g = gradient(w, X[rows], y[rows])
            squares = squares + g**2
            w = w - learning_rate * g / (np.sqrt(squares) + 1e-8)
        history.append(w)
    return np.array(history)
