"""Asks for the gradient over all rows before and after each epoch, to print it. Catches a check that takes every call of `gradient` for a step."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    print("before:", np.linalg.norm(gradient(w, X, y)))
    for epoch in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
        print(f"epoch {epoch + 1}: gradient {np.linalg.norm(gradient(w, X, y)):.4f}, w {w}")
    return np.array(history)
