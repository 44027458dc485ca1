"""Gives each row a random rank and picks a batch with a mask, so rows stay in file order within it. Catches a check that takes the order within a batch for important."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        batch_of_row = rng.permutation(len(X)) // batch_size
        for number in range(batch_of_row.max() + 1):
            mask = batch_of_row == number
            w = w - learning_rate * gradient(w, X[mask], y[mask])
        history.append(w)
    return np.array(history)
