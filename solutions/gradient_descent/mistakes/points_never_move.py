"""Your points never move: the new parameters are computed but not kept, so every row is the start."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = w - 0 * gradient(w)
        history.append(w)
    return np.array(history)
