"""A start of whole numbers makes your results whole: your history takes over the kind of numbers of the start and cuts off everything behind the decimal point."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    history = np.tile(start, (n_epochs + 1, 1))
    for epoch in range(n_epochs):
        w = history[epoch].astype(float)
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history[epoch + 1] = w
    return history
