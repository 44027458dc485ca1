"""Your learning rate becomes larger from step to step: it must be the same in all steps."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for k in range(n_steps):
        warm = min(1.0, (k + 1) / 4)
        w = w - warm * learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
