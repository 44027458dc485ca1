"""Your shuffle by hand never draws the first place: the row there can move to no other one."""

import numpy as np


def shuffled(n, rng):
    deck = list(range(n))
    for i in range(n - 1, 0, -1):
        j = int(rng.integers(1, i + 1))
        deck[i], deck[j] = deck[j], deck[i]
    return deck


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        deck = shuffled(len(X), rng)
        for i in range(0, len(deck), batch_size):
            w = w - learning_rate * gradient(w, X[deck[i : i + batch_size]], y[deck[i : i + batch_size]])
        history.append(w)
    return np.array(history)
