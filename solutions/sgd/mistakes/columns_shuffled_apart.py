"""You shuffle each column of the data on its own, as `rng.permuted` with an axis does: the rows are mixed up. Shuffle whole rows."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    data = np.column_stack([X, y])
    history = [w]
    for _ in range(n_epochs):
        mixed = rng.permuted(data, axis=0)
        for first in range(0, len(mixed), batch_size):
            batch = mixed[first : first + batch_size]
            w = w - learning_rate * gradient(w, batch[:, :-1], batch[:, -1])
        history.append(w)
    return np.array(history)
