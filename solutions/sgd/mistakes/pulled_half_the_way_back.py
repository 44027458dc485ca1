"""After every few steps you pull the parameters back to earlier ones: that is Lookahead. Each step must begin where the one before has ended."""

import numpy as np


def sgd(gradient, X, y, start, learning_rate, batch_size, n_epochs, rng):
    w = np.array(start, dtype=float)
    slow, t = w, 0
    history = [w]
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            w = w - learning_rate * gradient(w, X[rows], y[rows])
            t += 1
            if t % 5 == 0:
                slow = slow + 0.5 * (w - slow)
                w = slow
        history.append(w)
    return np.array(history)
