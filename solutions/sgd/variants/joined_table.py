"""Glues y to X as a last column, shuffles the rows of this table, and cuts it apart again. Catches a check that wants the batches to be contiguous arrays."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    data = np.column_stack([X, y])
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        rng.shuffle(data, axis=0)
        for i in range(0, len(data), batch_size):
            batch = data[i : i + batch_size]
            w = w - learning_rate * gradient(w, batch[:, :-1], batch[:, -1])
        history.append(w)
    return np.array(history)
