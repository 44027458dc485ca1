"""Shuffles copies of X and y one after the other, with the generator set back to the same state in between. Catches a check that counts what is drawn from `rng`, or replaces it by a stand-in without a state."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        state = rng.bit_generator.state
        X_now = X[rng.permutation(len(X))]
        rng.bit_generator.state = state
        y_now = y[rng.permutation(len(y))]
        for i in range(0, len(X), batch_size):
            w = w - learning_rate * gradient(w, X_now[i : i + batch_size], y_now[i : i + batch_size])
        history.append(w)
    return np.array(history)
