"""The first parameter never moves: your loop over the parameters begins at 1, but their numbers begin at 0."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w.copy()]
    for _ in range(n_steps):
        g = gradient(w)
        for i in range(1, len(w)):
            w[i] -= learning_rate * g[i]
        history.append(w.copy())
    return np.array(history)
