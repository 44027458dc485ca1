"""Your new point is the step alone: it must be the old point minus the step."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = learning_rate * gradient(w)
        history.append(w)
    return np.array(history)
