"""You stop as soon as one parameter is inf or nan and leave nan in all other rows: the other parameters must go on."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = np.full((n_steps + 1, len(w)), np.nan)
    history[0] = w
    for step in range(1, n_steps + 1):
        w = w - learning_rate * gradient(w)
        history[step] = w
        if not np.all(np.isfinite(w)):
            break
    return history
