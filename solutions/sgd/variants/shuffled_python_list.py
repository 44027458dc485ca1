"""The row numbers are a Python list, and the batches are made row by row. Catches a check that compares with one fixed order, or wants batches that are views."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        rows = list(range(len(y)))
        rng.shuffle(rows)
        while rows:
            now, rows = rows[:batch_size], rows[batch_size:]
            X_batch = np.array([X[r] for r in now])
            y_batch = np.array([y[r] for r in now])
            w = w - learning_rate * gradient(w, X_batch, y_batch)
        history.append(w)
    return np.array(history)
