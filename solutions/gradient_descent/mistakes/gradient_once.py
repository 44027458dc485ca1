"""All your steps are the same: the gradient is only asked for at the start, not anew at each point."""

import numpy as np


def gradient_descent(gradient, start, learning_rate, n_steps):
    w = np.array(start, dtype=float)
    g = gradient(w)
    history = [w]
    for _ in range(n_steps):
        w = w - learning_rate * g
        history.append(w)
    return np.array(history)
