"""You cut the entries of the gradient off at a limit: steep steps become too short, and their direction changes."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = np.clip(gradient(w), -1.0, 1.0)
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
