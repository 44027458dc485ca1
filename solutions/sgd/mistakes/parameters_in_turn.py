"""You move the parameters one after another, each with a new gradient of the batch: the second already sees where the first has moved. All must move at once, from one gradient."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i : i + batch_size]
            for j in range(len(w)):
                w[j] -= learning_rate * gradient(w, X[rows], y[rows])[j]
        history.append(w.copy())
    return np.array(history)
