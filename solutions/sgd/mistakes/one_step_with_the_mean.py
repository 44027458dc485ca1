"""You average the gradients of all batches and take one step at the end of the epoch: each batch must make a step of its own."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        gradients = []
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            gradients.append(np.array(gradient(w, X[rows], y[rows])))
        w = w - learning_rate * np.mean(gradients, axis=0)
        history.append(w)
    return np.array(history)
