"""You make a generator of your own without a seed: nobody can repeat your run, the same `rng` gives another result each time."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    generator = np.random.default_rng()
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = generator.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
