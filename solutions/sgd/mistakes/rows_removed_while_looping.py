"""You take row numbers out of the list while your loop goes over it: the loop then skips every second row."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_epochs):
        waiting = list(rng.permutation(len(X)))
        rows = []
        for row in waiting:
            rows.append(row)
            waiting.remove(row)
            if len(rows) == batch_size:
                w = w - learning_rate * gradient(w, X[rows], y[rows])
                rows = []
        if rows:
            w = w - learning_rate * gradient(w, X[rows], y[rows])
        history.append(w)
    return np.array(history)
