"""You shuffle X and y separately, so a row no longer stands beside its own target. Draw one order and use it for both."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        X_s = rng.permutation(X)
        y_s = rng.permutation(y)
        for i in range(0, len(X), batch_size):
            w = w - learning_rate * gradient(w, X_s[i : i + batch_size], y_s[i : i + batch_size])
        history.append(w)
    return np.array(history)
