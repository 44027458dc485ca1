"""You ask for the gradient of each row of a batch alone and average them: ask once for the whole batch."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            w = w - learning_rate * np.mean([gradient(w, X[[r]], y[[r]]) for r in rows], axis=0)
        history.append(w)
    return np.array(history)
