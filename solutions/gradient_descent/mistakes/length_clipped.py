"""You shorten gradients that are longer than a limit: steep steps become too short. The gradient is to be used as it is."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        g = gradient(w)
        length = np.sqrt(np.sum(g**2))
        if length > 1.0:
            g = g / length
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
