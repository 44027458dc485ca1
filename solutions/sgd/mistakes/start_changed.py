"""You change the caller's array: your parameters are not a copy of the start but the start itself, and your steps move it. After the call the start is somewhere else."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.asarray(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w -= learning_rate * gradient(w, X[rows], y[rows])
        history.append(w.copy())
    return np.array(history)
