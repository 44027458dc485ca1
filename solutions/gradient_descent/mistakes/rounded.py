"""You round your points to a few decimals: small steps disappear, and the others are off. Round only what you print."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    history = [w]
    for _ in range(n_steps):
        w = np.round(w - learning_rate * gradient(w), 4)
        history.append(w)
    return np.array(history)
