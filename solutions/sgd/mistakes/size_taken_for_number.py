"""You take batch_size for the number of batches: your batches have another size than asked for."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for rows in np.array_split(order, batch_size):
            if len(rows):
                w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
