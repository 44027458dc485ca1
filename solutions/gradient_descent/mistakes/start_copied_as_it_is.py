"""You copy the start as it is: a tuple has no `copy`, and whole numbers stay whole and cannot take a step. `np.array(start, dtype=float)` does both."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = start.copy()
    history = [np.array(w, dtype=float)]
    for _ in range(n_steps):
        w -= learning_rate * gradient(w)
        history.append(np.array(w, dtype=float))
    return np.array(history)
